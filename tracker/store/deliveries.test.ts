import { describe, expect, it } from "vitest";
import type { CardMove, DeletedName } from "../core/model/delivery.ts";
import type { IssueEvent } from "../core/model/event.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { deliveries, deliveryMigrations } from "./deliveries.ts";

const table = () => deliveries(memoryTables(...deliveryMigrations).db);
const event = (id: number, at: number, more: Partial<IssueEvent> = {}): IssueEvent => ({
  id,
  issue: 4,
  at,
  actor: "ana",
  kind: "labeled",
  label: "bug",
  ...more,
});
const move = (eventId: number, change: CardMove["change"], more: Partial<CardMove> = {}): CardMove => ({
  issueNode: "I_4",
  projectNode: "P_1",
  at: 1000 + eventId,
  actor: null,
  eventId,
  change,
  ...more,
});
const nodes = [
  { id: "I_4", means: { issue: 4 } },
  { id: "P_1", means: { project: { id: 77, number: 3, title: "Roadmap" } } },
];
const ids = (events: readonly IssueEvent[]) => events.map(({ id }) => id);

describe("deliveries", () => {
  it("are new once, by their id", () => {
    const known = table();
    expect([known.isNew("a", 1), known.isNew("b", 1), known.isNew("a", 2)]).toEqual([true, true, false]);
  });

  it("are told among GitHub's own events in order, until GitHub tells the same", () => {
    const known = table();
    known.keep({ events: [event(900, 5000), event(901, 9000, { label: "size: M" })], moves: [] });
    known.keep({ events: [event(901, 1, { label: "another telling" })], moves: [] });
    known.keep({ events: [event(902, 9000, { issue: 5 })], moves: [] });
    const own = [event(1, 100, { label: "old" }), event(2, 9000, { kind: "closed", label: undefined })];
    expect(ids(known.among(own, 4, "acme/shop"))).toEqual([1, 900, 2, 901]);
    const told = [...own, event(3, 9500, { label: "size: M" })];
    expect(ids(known.among(told, 4, "acme/shop"))).toEqual([1, 900, 2, 3]);
    // The same change an hour later is another one.
    const later = [...own, event(3, 9000 + 3_600_000, { label: "size: M" })];
    expect(ids(known.among(later, 4, "acme/shop"))).toEqual([1, 900, 2, 901, 3]);
    expect(ids(known.among(own, 6, null))).toEqual([1, 2]);
    expect(ids(known.among([event(905, 9000, { label: "old" })], 4, null))).toEqual([900, 901, 905]);
  });
});

describe("a move of a card", () => {
  it("waits until both its ends are known, and is placed once", () => {
    const known = table();
    expect(known.areWaiting()).toBe(false);
    known.keep({ events: [], moves: [move(1, { kind: "added" })] });
    expect([known.areWaiting(), known.placeMoves()]).toEqual([true, []]);
    known.learn(nodes.slice(0, 1));
    expect(known.placeMoves()).toEqual([]);
    known.learn(nodes.slice(1));
    expect([known.placeMoves(), known.areWaiting(), known.placeMoves()]).toEqual([[4], false, []]);
    expect(known.among([], 4, null)).toHaveLength(1);
  });

  it("becomes the event that GitHub would tell, with the project's present name", () => {
    const known = table();
    known.learn([{ id: "P_1", means: { project: { id: 77, number: 3, title: "Before" } } }, ...nodes]);
    const iteration = { id: "x", field: "Sprint", title: "Sprint 2", start: "2026-01-05", days: 14 };
    known.keep({
      events: [],
      moves: [
        move(1, { kind: "added" }),
        move(2, { kind: "status", from: null, to: "Doing" }),
        move(3, { kind: "iteration", field: "Sprint", from: null, to: iteration }),
        move(4, { kind: "removed" }),
      ],
    });
    expect(known.placeMoves()).toEqual([4, 4, 4, 4]);
    const project = { project: "Roadmap", id: 77, number: 3 };
    expect(known.among([], 4, null)).toEqual([
      {
        id: 1,
        issue: 4,
        at: 1001,
        actor: null,
        kind: "added_to_project_v2",
        status: { ...project, from: null, to: null },
      },
      {
        id: 2,
        issue: 4,
        at: 1002,
        actor: null,
        kind: "project_v2_item_status_changed",
        status: { ...project, from: null, to: "Doing" },
      },
      {
        id: 3,
        issue: 4,
        at: 1003,
        actor: null,
        kind: "project_v2_item_iteration_changed",
        iteration: { project: 77, field: "Sprint", from: null, to: iteration },
      },
      {
        id: 4,
        issue: 4,
        at: 1004,
        actor: null,
        kind: "removed_from_project_v2",
        status: { ...project, from: null, to: null },
      },
    ]);
  });

  it("whose card turns out to be no issue of ours stays waiting", () => {
    const known = table();
    known.learn([...nodes, { id: "I_4", means: { project: { id: 1, number: 1, title: "" } } }]);
    known.keep({ events: [], moves: [move(1, { kind: "added" })] });
    expect([known.placeMoves(), known.areWaiting()]).toEqual([[], true]);
  });
});

it("names that were deleted are told oldest first, each once", () => {
  const known = table();
  const label: DeletedName = { kind: "label", name: "bug", at: 20, bornAt: null };
  const milestone: DeletedName = { kind: "milestone", name: "Sprint 1", at: 10, bornAt: 5 };
  known.noteDeleted([label, milestone]);
  known.noteDeleted([label, { ...label, at: 30 }]);
  expect(known.deletedNames()).toEqual([milestone, label, { ...label, at: 30 }]);
});

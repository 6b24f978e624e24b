import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day } from "../../testing/history-builder.ts";
import type { IssueEvent } from "../model/event.ts";
import type { Attribute } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { Placement, PlacementObservation, ProjectChoice } from "../model/project.ts";
import { foldProjects } from "./fold-projects.ts";
import type { Draft } from "./fold-sets.ts";

const project = { id: 70, number: 7, title: "Roadmap" };
const other = { id: 30, number: 3, title: "Elsewhere" };

type Change = [on: number, from: string | null, to: string | null];

const eventsOf = (changes: Change[], named = project): IssueEvent[] =>
  changes.map(([on, from, to], index) => ({
    id: named.id * 1000 + index,
    issue: 1,
    at: day(on),
    actor: null,
    kind: "project_v2_item_status_changed",
    status: { project: named.title, id: named.id, number: named.number, from, to },
  }));

const card = (status: string | null, iteration?: string, named = project): Placement => ({
  project: named,
  status,
  iterations:
    iteration === undefined
      ? []
      : [{ id: iteration.slice(0, 3), field: "Sprint", title: iteration, start: "2024-01-01", days: 14 }],
});

const look = (since: number, until: number, ...placements: Placement[]): PlacementObservation => ({
  number: 1,
  since: day(since),
  observedAt: day(until),
  placements,
});

function fold(
  events: IssueEvent[],
  placements: PlacementObservation[] = [],
  choice: ProjectChoice | null = null,
): Draft {
  const draft: Draft = { intervals: [], doubts: [] };
  foldProjects({ events, placements, choice, createdAt: day(0) }, draft);
  return draft;
}

const at = ({ intervals }: Draft, t: number, attribute: Attribute = "status") =>
  intervals.filter((i) => i.attribute === attribute && i.from <= t && t < i.to).map((i) => i.value);

describe("statuses", () => {
  test("an event that is missing leaves a doubt about both statuses, from the one before to the one after", () => {
    const { doubts } = fold(
      eventsOf([
        [1, null, "Todo"],
        [5, "Doing", "Done"],
      ]),
    );
    expect(doubts.map(({ from, to, provenance, about }) => [from, to, provenance, about?.value])).toEqual([
      [day(1) + 1, day(5), "unknown", "Todo"],
      [day(1) + 1, day(5), "unknown", "Doing"],
    ]);
  });

  test("what GitHub showed wins from the look on, and events after it win again", () => {
    const draft = fold(
      eventsOf([
        [1, null, "Todo"],
        [9, "Doing", "Done"],
      ]),
      [look(4, 6, card("Doing")), look(10, 12, card("Done"))],
    );
    expect([2, 5, 8, 11].map((on) => at(draft, day(on)))).toEqual([["Todo"], ["Doing"], ["Doing"], ["Done"]]);
    expect(draft.intervals.map(({ provenance }) => provenance)).toEqual(["replayed", "observed", "replayed"]);
    expect(draft.doubts.map(({ from, to, about }) => [from, to, present(about).value])).toEqual([
      [day(1) + 1, day(4), "Todo"],
      [day(1) + 1, day(4), "Doing"],
    ]);
  });

  test("a look that events explain adds nothing", () => {
    const events = eventsOf([
      [1, null, "Todo"],
      [5, "Todo", "Done"],
    ]);
    expect(fold(events, [look(3, 4, card("Todo")), look(6, 9, card("Done"))])).toEqual(fold(events));
  });

  test("a look that went on while events came and went is held against them at both ends", () => {
    const draft = fold(eventsOf([[5, "Todo", "Doing"]]), [look(3, 9, card("Todo"))]);
    expect([4, 6, 9].map((on) => at(draft, day(on)))).toEqual([["Todo"], ["Doing"], ["Todo"]]);
    expect(draft.doubts.map(({ from, to }) => [from, to])).toEqual([
      [day(5) + 1, day(9)],
      [day(5) + 1, day(9)],
    ]);
  });

  test("two projects have a status each; the chosen one counts alone, by number or title", () => {
    const events = [...eventsOf([[1, null, "Todo"]]), ...eventsOf([[2, null, "Inbox"]], other)];
    expect(at(fold(events), day(3))).toEqual(["Todo", "Inbox"]);
    expect(at(fold(events, [], 3), day(3))).toEqual(["Inbox"]);
    expect(at(fold(events, [], "ROADMAP"), day(3))).toEqual(["Todo"]);
    expect(at(fold(events, [], 8), day(3))).toEqual([]);
  });
});

describe("iterations", () => {
  test("the first look tells nothing of before; a look without the field ends it", () => {
    const draft = fold([], [look(4, 6, card(null, "One")), look(8, 9, card(null)), look(11, 12)]);
    expect([3, 4, 7, 8].map((on) => at(draft, day(on), "iteration"))).toEqual([[], ["One"], ["One"], []]);
    expect(draft.doubts.map(({ from, to, provenance }) => [from, to, provenance])).toEqual([
      [day(0), day(4), "unknown"],
      [day(6) + 1, day(8), "inferred"],
    ]);
  });
});

test("an iteration that is renamed stays what it is, under its newest title", () => {
  const draft = fold([], [look(4, 6, card(null, "Sprint 1")), look(8, 9, card(null, "Sprint one"))]);
  expect([5, 8].map((on) => at(draft, day(on), "iteration"))).toEqual([["Sprint one"], ["Sprint one"]]);
  expect(draft.intervals).toHaveLength(1);
  expect(draft.doubts.map(({ about }) => present(about).value)).toEqual(["Sprint one"]);
});

const names = fc.constantFrom("Todo", "Doing", "Done", null);
/** A card's true life in one project: from which day on it had which status. */
const life = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), names), {
  selector: ([on]) => on,
  maxLength: 12,
});

describe("laws", () => {
  test("with every event at hand, each instant shows what was true, however often GitHub was looked at", () => {
    fc.assert(
      fc.property(life, fc.uniqueArray(fc.integer({ min: 0, max: 50 })), (told, days) => {
        const ordered = told.toSorted(([a], [b]) => a - b);
        const truth = (on: number) => ordered.findLast(([since]) => since <= on)?.[1] ?? null;
        const changes = ordered.map(([on, to]): Change => [on, truth(on - 1), to]);
        const looks = days.toSorted((a, b) => a - b).map((on) => look(on, on, card(truth(on))));
        const draft = fold(eventsOf(changes), looks);
        for (let on = 0; on <= 50; on += 1)
          expect(at(draft, day(on))).toEqual(truth(on) === null ? [] : [truth(on)]);
        expect(draft.doubts).toEqual([]);
      }),
    );
  });

  test("whatever is missing: one status at a time, and every look is right", () => {
    fc.assert(
      fc.property(
        life,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1 }),
        (told, kept, days) => {
          const ordered = told.toSorted(([a], [b]) => a - b);
          const truth = (on: number) => ordered.findLast(([since]) => since <= on)?.[1] ?? null;
          const changes = ordered
            .map(([on, to]): Change => [on, truth(on - 1), to])
            .filter((_, index) => kept[index]);
          const seen = days.toSorted((a, b) => a - b);
          const draft = fold(
            eventsOf(changes),
            seen.map((on) => look(on, on, card(truth(on)))),
          );
          for (let on = 0; on <= 50; on += 1) expect(at(draft, day(on)).length).toBeLessThanOrEqual(1);
          for (const on of seen) expect(at(draft, day(on))[0] ?? null).toBe(truth(on));
        },
      ),
    );
  });
});

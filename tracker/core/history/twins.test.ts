import { describe, expect, it } from "vitest";
import type { IssueEvent } from "../model/event.ts";
import { withoutTwins } from "./twins.ts";

const minute = 60_000;
let id = 0;
const event = (at: number, more: Partial<IssueEvent>): IssueEvent => {
  id += 1;
  return { id, issue: 1, at, actor: null, kind: "labeled", ...more };
};
const left = (delivered: IssueEvent[], own: IssueEvent[], repository: string | null = "acme/shop") =>
  withoutTwins(delivered, own, repository).map((one) => delivered.indexOf(one));

describe("a delivered event", () => {
  it("is left out where GitHub tells of the same within a minute, before or after", () => {
    const delivered = [event(10 * minute, { label: "bug" })];
    for (const [at, isTwin] of [
      [9 * minute, true],
      [11 * minute, true],
      [9 * minute - 1, false],
      [11 * minute + 1, false],
    ] as const)
      expect(left(delivered, [event(at, { label: "bug" })])).toEqual(isTwin ? [] : [0]);
  });

  it("has one twin at most: two changes of the same are two", () => {
    const delivered = [event(0, { label: "bug" }), event(1000, { label: "bug" })];
    expect(left(delivered, [event(500, { label: "bug" })])).toEqual([1]);
    expect(left(delivered, [event(0, { label: "bug" }), event(1, { label: "bug" })])).toEqual([]);
  });

  it("is another where what changed, or to what, is another", () => {
    const own = [
      event(0, { label: "bug" }),
      event(0, { kind: "closed" }),
      event(0, { kind: "renamed", rename: { from: "a", to: "b" } }),
      event(0, { kind: "milestoned", milestone: "Sprint 1" }),
    ];
    const delivered = [
      event(0, { label: "bugs" }),
      event(0, { kind: "unlabeled", label: "bug" }),
      event(0, { kind: "reopened" }),
      event(0, { kind: "renamed", rename: { from: "a", to: "c" } }),
      event(0, { kind: "demilestoned", milestone: "Sprint 1" }),
      event(0, { kind: "assigned", assignee: "bug" }),
    ];
    expect(left(delivered, own)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(
      left(
        own.map((one) => ({ ...one, id: one.id + 900 })),
        own,
      ),
    ).toEqual([]);
  });

  it("of a type is the same, whether it says added or changed", () => {
    const own = [event(0, { kind: "issue_type_changed", type: { from: "Task", to: "Bug" } })];
    expect(left([event(0, { kind: "issue_type_added", type: { from: null, to: "Bug" } })], own)).toEqual([]);
    expect(left([event(0, { kind: "issue_type_added", type: { from: null, to: "Task" } })], own)).toEqual([
      0,
    ]);
  });

  it("of a relation is the same, whether the issue is named by number or with our repository", () => {
    const own = [event(0, { kind: "parent_issue_added", relation: 7 })];
    const delivered = [event(0, { kind: "parent_issue_added", relation: "Acme/Shop#7" })];
    expect(left(delivered, own)).toEqual([]);
    expect(left(delivered, own, "acme/infra")).toEqual([0]);
    expect(left(delivered, own, null)).toEqual([0]);
  });

  it("of a card is the same in the same project and between the same statuses alone", () => {
    const kind = "project_v2_item_status_changed";
    const card = (project: string, to: string, projectId?: number) =>
      event(0, { kind, status: { project, from: "Todo", to, ...(projectId ? { id: projectId } : {}) } });
    const own = [card("Roadmap", "Done", 7)];
    expect(left([card("Renamed", "Done", 7)], own)).toEqual([]);
    expect(left([card("Roadmap", "Done", 8)], own)).toEqual([0]);
    expect(left([card("Roadmap", "Doing", 7)], own)).toEqual([0]);
  });
});

import { describe, expect, it, test } from "vitest";
import { adopt, type EventSpec, on, orphan, rules, timelineOf } from "../../testing/timelines.ts";
import type { IssueEvent } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { compileRules, viewAt } from "../report/issue-view.ts";
import { nameResolver, noNames } from "./names/resolver.ts";
import { parentAt, parentsOf } from "./parents.ts";
import { foldTimeline } from "./timeline.ts";

/** [day of May, parent] whenever it changes, and how each span is known. */
const story = (timeline: IssueTimeline) =>
  timeline.intervals
    .filter(({ attribute }) => attribute === "parent")
    .map((i) => [new Date(i.from).getUTCDate(), i.value, i.provenance]);

describe("events tell it", () => {
  it("is nobody's sub-issue before the event and after the one that takes it away", () => {
    const timeline = timelineOf(2, "01", [adopt("05", 1), orphan("09", 1)]);
    expect(["04", "05", "08", "09"].map((day) => parentAt(timeline, on(day)))).toEqual([null, 1, 1, null]);
    expect(timeline.doubts).toBeUndefined();
  });

  it("moves from one parent to another, whichever of both events has the lower id", () => {
    const move = [orphan("09", 1), adopt("09", 7)];
    for (const both of [move, move.toReversed()])
      expect(story(timelineOf(2, "01", [adopt("05", 1), ...both], { parent: null }))).toEqual([
        [5, "1", "replayed"],
        [9, "7", "replayed"],
      ]);
  });

  it("has been there since creation, or since a silent event, where only its end is told", () => {
    expect(story(timelineOf(2, "01", [orphan("09", 1)]))).toEqual([[1, "1", "inferred"]]);
    const silent = { at: "05", kind: "parent_issue_added" };
    expect(story(timelineOf(2, "01", [silent, orphan("09", 1)], { parent: null }))).toEqual([
      [5, "1", "inferred"],
    ]);
  });

  test("is in doubt where an event is missing: of being given up by one, or of being taken on by another", () => {
    const gaps = ({ doubts = [] }: IssueTimeline) =>
      doubts.map(({ about, from, to }) => [
        about?.value,
        new Date(from).getUTCDate(),
        new Date(to).getUTCDate(),
      ]);
    const swapped = timelineOf(2, "01", [adopt("05", 1), orphan("09", 7)]);
    expect(["05", "09"].map((day) => parentAt(swapped, on(day)))).toEqual([1, null]);
    expect(gaps(swapped)).toEqual([
      ["1", 5, 9],
      ["7", 5, 9],
    ]);
    const twice = timelineOf(2, "01", [adopt("03", 1), orphan("05", 1), orphan("09", 7)]);
    expect(gaps(twice)).toEqual([["7", 5, 9]]);
  });

  test("is no doubt where both ends tell of one move, some seconds apart", () => {
    const later = (event: EventSpec) => ({ ...event, at: on(String(event.at)) + 2000 });
    const told = [orphan("09", 1), adopt("09", 7), later(orphan("09", 1)), later(adopt("09", 7))];
    const timeline = timelineOf(2, "01", [adopt("05", 1), ...told, orphan("12", 7), later(orphan("12", 7))]);
    expect(["06", "10", "12"].map((day) => parentAt(timeline, on(day)))).toEqual([1, 7, null]);
    expect(timeline.doubts).toBeUndefined();
  });

  test("another repository's issue is recorded as that, and is none of ours", () => {
    const timeline = timelineOf(2, "01", [adopt("05", "acme/platform#1")]);
    expect(story(timeline)).toEqual([[5, "acme/platform#1", "replayed"]]);
    expect(parentsOf(timeline)).toEqual([]);
    expect(parentAt(timeline, on("06"))).toBeNull();
  });
});

const bare = {
  number: 2,
  observedAt: on("20"),
  firstSeenAt: on("20"),
  createdAt: on("01"),
  updatedAt: on("01"),
  closedAt: null,
  title: "Task 2",
  state: "open" as const,
  stateReason: null,
  labels: [],
  milestone: null,
  assignees: [],
  author: null,
  pullRequest: false,
  url: "",
  body: null,
  parent: null,
};
const resolver = nameResolver(noNames);
const look = (since: string, until: string, parent: number | string | null) => ({
  since: on(since),
  until: on(until),
  parent,
});
const byParent = (id: number, issue: number, day: string, kind: string): IssueEvent => ({
  id,
  issue,
  at: on(day),
  actor: "ann",
  kind,
  relation: 2,
});

describe("the parent's own events tell it", () => {
  const folded = (toldByParents: IssueEvent[]) =>
    foldTimeline({ observation: bare, events: [], resolver, toldByParents });

  it("is told by either end", () => {
    const told = [byParent(1, 9, "05", "sub_issue_added"), byParent(2, 9, "07", "sub_issue_removed")];
    expect(parentsOf(folded(told))).toMatchObject([
      { parent: 9, from: on("05"), to: on("07"), startEvent: 1, endEvent: 2 },
    ]);
  });

  it("does not lose its new parent to a late word of the old one", () => {
    const told = [
      byParent(1, 9, "05", "sub_issue_added"),
      byParent(2, 8, "07", "sub_issue_added"),
      byParent(3, 9, "08", "sub_issue_removed"),
    ];
    expect(story(folded(told))).toEqual([
      [5, "9", "replayed"],
      [7, "8", "replayed"],
    ]);
  });
});

describe("only what GitHub showed is known", () => {
  const folded = (parentLooks: ReturnType<typeof look>[], events: IssueEvent[] = []) =>
    foldTimeline({ observation: bare, events, resolver, parentLooks, repository: "acme/shop" });

  it("holds from when it was first shown", () => {
    const timeline = folded([look("10", "12", null), look("14", "20", 1)]);
    expect(story(timeline)).toEqual([[14, "1", "observed"]]);
    expect(timeline.doubts).toMatchObject([{ attribute: "parent", from: on("12") + 1, to: on("14") }]);
  });

  it("casts no doubt on our figures where the parent is another repository's", () => {
    const timeline = folded([look("14", "20", "acme/platform#1")]);
    expect(story(timeline)).toEqual([[14, "acme/platform#1", "observed"]]);
    expect(timeline.doubts).toMatchObject([{ attribute: "parent", about: { key: "acme/platform#1" } }]);
    const boardRules = compileRules(rules, () => false);
    const known = (one: IssueTimeline) => viewAt(one, on("12"), boardRules)?.provenance;
    expect(known(timeline)).toBe("replayed");
    // One of the team's own repositories matters like the same one.
    expect(known(folded([look("14", "20", 1)]))).toBe("inferred");
  });

  it("is dated by an event that keeps silent about the parent", () => {
    const silent: IssueEvent = { id: 1, issue: 2, at: on("05"), actor: null, kind: "parent_issue_added" };
    expect(story(folded([look("14", "20", 1)], [silent]))).toEqual([[5, "1", "inferred"]]);
  });

  it("knows its own repository's issue under the full name, too", () => {
    expect(parentAt(folded([look("14", "20", "Acme/Shop#1")]), on("15"))).toBe(1);
  });
});

test("types and blockers have a past as well", () => {
  const timeline = timelineOf(2, "01", [
    { at: "03", kind: "issue_type_added", type: { from: null, to: "Bug" } },
    { at: "05", kind: "issue_type_changed", type: { from: "Bug", to: "Task" } },
    { at: "04", kind: "blocked_by_added", relation: 7 },
    { at: "06", kind: "blocked_by_removed", relation: 7 },
    { at: "06", kind: "blocked_by_added", relation: "acme/platform#7" },
  ]);
  const told = timeline.intervals
    .filter(({ attribute }) => attribute === "type" || attribute === "blockedBy")
    .map(({ value, from, to }) => [
      value,
      new Date(from).getUTCDate(),
      to < on("31") ? new Date(to).getUTCDate() : 0,
    ]);
  expect(told).toEqual([
    ["Bug", 3, 5],
    ["Task", 5, 0],
    ["7", 4, 6],
    ["acme/platform#7", 6, 0],
  ]);
});

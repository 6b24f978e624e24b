import { describe, expect, it, test } from "vitest";
import {
  assign,
  close,
  type EventSpec,
  label,
  on,
  reopen,
  rules,
  sprintOf,
  timelineOf,
  unassign,
  unlabel,
} from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { compileRules } from "./issue-view.ts";
import { promiseIssuesUpTo } from "./promise-issues.ts";

// Sprint 1 is 6 to 10 May, sprint 2 is 13 to 17 May.
const sprints = [sprintOf(1), sprintOf(2)] as const;
const nothing = { promises: [], answers: [] };
const linking = (...numbers: number[]) => ({
  promises: numbers.map((issue) => ({ kind: "add" as const, text: `Do #${issue}`, issue })),
  answers: [],
});

function issuesOf(
  timelines: IssueTimeline[],
  { texts = [nothing, nothing], until = sprints[1].end, links = false } = {} as {
    texts?: ReturnType<typeof linking>[];
    until?: number;
    links?: boolean;
  },
) {
  const reviews = sprints.map((sprint, index) => ({ sprint, text: { ...nothing, ...texts[index] } }));
  return promiseIssuesUpTo(
    { reviews, timelines, links },
    sprints[1],
    until,
    compileRules(rules, () => false),
  );
}
const issue = (...events: EventSpec[]) => timelineOf(7, "01", events);
const answers = (...events: EventSpec[]) =>
  issuesOf([issue(...events)], { texts: [linking(7), nothing] }).map((list) => list.map(({ kept }) => kept));

describe("an issue that a review links", () => {
  it("answers from the next sprint's end on: done keeps the promise, dropped breaks it, open leaves it", () => {
    expect(answers()).toEqual([[], [null]]);
    expect(answers(close("14"))).toEqual([[], [true]]);
    expect(answers(close("14", "not_planned"))).toEqual([[], [false]]);
    expect(answers(label("14", "freezebox"))).toEqual([[], [false]]);
    expect(answers(close("14"), reopen("16"))).toEqual([[], [null]]);
  });

  it("answers as it stood just before the sprint's end", () => {
    expect(answers(close("17T23:59"))).toEqual([[], [true]]);
    expect(answers(close("18"))).toEqual([[], [null]]);
  });

  it("of a running sprint answers as it stands now", () => {
    const one = issue(close("15"));
    const at = (until: string) =>
      issuesOf([one], { texts: [linking(7), nothing], until: on(until) })[1]?.map(({ kept }) => kept);
    expect([at("15"), at("15T00:01")]).toEqual([[null], [true]]);
  });

  it("that is gone gave its last answer before, and none where it was open", () => {
    const gone = (...events: EventSpec[]) =>
      issuesOf([timelineOf(7, "01", events, {}, [{ at: on("16"), found: "deleted" }])], {
        texts: [linking(7), nothing],
      })[1];
    expect(gone(close("14"))).toEqual([{ number: 7, kept: true, made: [] }]);
    expect(gone(close("14", "not_planned"))).toEqual([{ number: 7, kept: false, made: [] }]);
    expect(gone()).toEqual([]);
  });

  it("is told by number, and no other is", () => {
    const all = [9, 3, 7].map((number) => timelineOf(number, "01", []));
    expect(issuesOf(all, { texts: [linking(9, 3), nothing] })[1]?.map(({ number }) => number)).toEqual([
      3, 9,
    ]);
    const pull = timelineOf(7, "01", [], { pullRequest: true });
    expect(issuesOf([pull], { texts: [linking(7), nothing] })).toEqual([[], []]);
  });
});

describe("a promise by label", () => {
  const madeOf = (...events: EventSpec[]) =>
    issuesOf([issue(...events)]).map((list) => list.flatMap(({ made }) => made.map(({ kind }) => kind)));

  test.each([
    ["kalm: keep", "keep"],
    ["KALM: Keep", "keep"],
    ["kalm:add", "add"],
    ["kalm:  less ", "less"],
    ["kalm: more", "more"],
  ])("%j is %s", (name, kind) => {
    expect(madeOf(label("07", name))).toEqual([[kind], []]);
  });

  test.each(["kalm", "calm: keep", "kalm: keeping", "kalm: ", "my kalm: keep", "keep", "kalm: toString"])(
    "%j is none",
    (name) => {
      expect(madeOf(label("07", name))).toEqual([[], []]);
    },
  );

  it("belongs to the newest sprint that had begun, in the days after it, too", () => {
    expect(madeOf(label("06", "kalm: add"))).toEqual([["add"], []]);
    expect(madeOf(label("12T23:59", "kalm: add"))).toEqual([["add"], []]);
    expect(madeOf(label("13", "kalm: add"))).toEqual([[], ["add"]]);
    expect(madeOf(label("05T23:59", "kalm: add"))).toEqual([[], []]);
  });

  it("taken off before that sprint's end was a slip; later it stands", () => {
    expect(madeOf(label("07", "kalm: add"), unlabel("11", "kalm: add"))).toEqual([[], []]);
    expect(madeOf(label("07", "kalm: add"), unlabel("11T00:01", "kalm: add"))).toEqual([["add"], []]);
    expect(madeOf(label("07", "kalm: add"), unlabel("08", "kalm: add"), label("09", "kalm: less"))).toEqual([
      ["less"],
      [],
    ]);
  });

  it("says the title of then and who was assigned for longest, and links where links are asked for", () => {
    const renamed: EventSpec = { at: "09", kind: "renamed", rename: { from: "Task 7", to: "Later" } };
    const one = issue(label("07", "kalm: add"), assign("08", "ann"), assign("09", "ben"), renamed);
    expect(issuesOf([one], { links: true })[0]).toMatchObject([
      { made: [{ kind: "add", owner: "ann", link: "https://github.com/a/b/issues/7" }] },
    ]);
    const left = issue(
      assign("06", "ann"),
      label("07", "kalm: add"),
      assign("08", "ben"),
      unassign("09", "ann"),
    );
    const [promise] = issuesOf([left])[0]?.[0]?.made ?? [];
    expect(promise).toEqual({ kind: "add", text: "Task 7", owner: "ben" });
  });

  it("has no link unless asked, and the title and assignee of then", () => {
    const renamed = (at: string, from: string, to: string): EventSpec => ({
      at,
      kind: "renamed",
      rename: { from, to },
    });
    const one = timelineOf(
      7,
      "01",
      [renamed("04", "First", "Second"), label("07", "kalm: add"), renamed("09", "Second", "Third")],
      { title: "Third" },
    );
    expect(issuesOf([one])[0]?.[0]?.made).toEqual([{ kind: "add", text: "Second" }]);
    const late = issue(label("07", "kalm: add"), assign("11", "ann"));
    expect(issuesOf([late])[0]?.[0]?.made).toEqual([{ kind: "add", text: "Task 7" }]);
  });

  it("answers each sprint as it stood at that sprint's own end", () => {
    const lists = issuesOf([issue(label("07", "kalm: add"), close("14"))]);
    expect(lists.map((list) => list.map(({ kept }) => kept))).toEqual([[null], [true]]);
  });
});

it("sprints after the one that is asked of say nothing", () => {
  const reviews = sprints.map((sprint) => ({ sprint, text: nothing }));
  const timelines = [issue(label("07", "kalm: add"), label("14", "kalm: keep"))];
  const boardRules = compileRules(rules, () => false);
  const lists = promiseIssuesUpTo({ reviews, timelines }, sprints[0], sprints[0].end, boardRules);
  expect(lists.map((list) => list.flatMap(({ made }) => made.map(({ kind }) => kind)))).toEqual([["add"]]);
});

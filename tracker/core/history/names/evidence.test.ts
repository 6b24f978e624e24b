import { describe, expect, it } from "vitest";
import { type BuiltIssue, day, history } from "../../../testing/history-builder.ts";
import { type Evidence, evidenceOf, isOdd, suspects } from "./evidence.ts";
import type { NameKind } from "./resolver.ts";

/** What one issue tells about names; GitHub showed it on day 100, or as a backup kept it, as of `asOf`. */
function told(
  kind: NameKind,
  events: BuiltIssue["events"] = [],
  more: Partial<BuiltIssue> = {},
  asOf?: number,
) {
  const page = history([{ number: 7, events, ...more }], { seenOn: 100 });
  const [issue] = page.issues;
  if (issue === undefined) throw new Error("the page has one issue");
  const seen = { ...issue, firstSeenAt: issue.observedAt };
  return evidenceOf(kind, page.events, asOf === undefined ? seen : { ...seen, asOf });
}

const use = (name: string, on: number) => ({ name, at: day(on) });
const nothing = { open: [], held: [], again: [], loose: [], shown: [] };

describe("what an issue tells about labels", () => {
  it("is nothing where it never had any", () => {
    expect(told("label")).toEqual({ issue: 7, kind: "label", ...nothing });
  });

  it("has what was taken on and not put off, and what was held under one name", () => {
    expect(
      told("label", [
        [1, "labeled", "bug"],
        [2, "labeled", "ui"],
        [4, "unlabeled", "bug"],
      ]),
    ).toMatchObject({ open: [use("ui", 2)], held: [{ ...use("bug", 1), to: day(4) }], again: [], loose: [] });
  });

  it("ties what was put off under a name never taken on to all that it may have been", () => {
    expect(
      told("label", [
        [1, "labeled", "bug"],
        [2, "labeled", "ui"],
        [4, "unlabeled", "defect"],
      ]),
    ).toMatchObject({
      open: [use("bug", 1), use("ui", 2)],
      held: [],
      loose: [{ ...use("defect", 4), candidates: [use("bug", 1), use("ui", 2)] }],
    });
  });

  it("has no candidate for what is put off before anything was taken on", () => {
    expect(told("label", [[4, "unlabeled", "bug"]]).loose).toEqual([{ ...use("bug", 4), candidates: [] }]);
  });

  it("marks what was taken on while it was on, from when it counts anew", () => {
    const twice = told("label", [
      [1, "labeled", "bug"],
      [3, "labeled", "bug"],
      [5, "unlabeled", "bug"],
    ]);
    expect(twice).toMatchObject({
      again: [use("bug", 3)],
      held: [{ ...use("bug", 3), to: day(5) }],
      open: [],
    });
  });

  it("does not mark what was put off in between", () => {
    const twice = told("label", [
      [1, "labeled", "bug"],
      [2, "unlabeled", "bug"],
      [3, "labeled", "bug"],
    ]);
    expect(twice).toMatchObject({ again: [], open: [use("bug", 3)] });
  });

  it("leaves out what came after GitHub was seen, and counts what came in that instant", () => {
    const events: BuiltIssue["events"] = [
      [5, "labeled", "bug"],
      [6, "labeled", "ui"],
    ];
    expect(told("label", events, {}, day(5)).open).toEqual([use("bug", 5)]);
    expect(told("label", [[101, "labeled", "late"]]).open).toEqual([]);
  });

  it("heeds no event of another kind of name", () => {
    const events: BuiltIssue["events"] = [
      [1, "milestoned", "bug"],
      [2, "assigned", "bug"],
    ];
    expect(told("label", events)).toEqual({ issue: 7, kind: "label", ...nothing });
    expect(told("assignee", events).open).toEqual([use("bug", 2)]);
  });
});

describe("what an issue tells about milestones", () => {
  it("has one at a time: the next one takes the place of the one before", () => {
    const next = told("milestone", [
      [1, "milestoned", "One"],
      [2, "milestoned", "Two"],
    ]);
    expect(next).toMatchObject({ open: [use("Two", 2)], again: [], loose: [] });
  });

  it("has none after one was put off, under whatever title", () => {
    const none = told("milestone", [
      [1, "milestoned", "One"],
      [2, "demilestoned", "Uno"],
    ]);
    expect(none).toMatchObject({ open: [], loose: [{ ...use("Uno", 2), candidates: [use("One", 1)] }] });
  });
});

describe("what GitHub shows in the end", () => {
  it("is told by the names of labels and people, and by the number of a milestone", () => {
    const more = { labels: ["bug"], assignees: ["ann", "bob"], milestone: { number: 3, title: "Three" } };
    const shown = (kind: NameKind) => told(kind, [], more).shown;
    expect([shown("label"), shown("assignee"), shown("milestone")]).toEqual([["bug"], ["ann", "bob"], ["3"]]);
    expect(told("milestone").shown).toEqual([]);
  });
});

describe("odd evidence", () => {
  const evidence = (more: Partial<Evidence>): Evidence => ({ issue: 7, kind: "label", ...nothing, ...more });
  const asNow = (name: string) => name;

  it("is none where all names explain what is shown", () => {
    expect(isOdd(evidence({}), asNow)).toBe(false);
    const plain = { open: [use("a", 1)], held: [{ ...use("b", 1), to: day(2) }], shown: ["a"] };
    expect(isOdd(evidence(plain), asNow)).toBe(false);
  });

  it("is what shows more, less or something else than was taken on", () => {
    expect(isOdd(evidence({ shown: ["a"] }), asNow)).toBe(true);
    expect(isOdd(evidence({ open: [use("a", 1)] }), asNow)).toBe(true);
    expect(isOdd(evidence({ open: [use("a", 1)], shown: ["b"] }), asNow)).toBe(true);
    expect(isOdd(evidence({ open: [use("a", 1)], shown: ["a"] }), () => undefined)).toBe(true);
  });

  it("is what was put off as something else, but not what nobody had taken on", () => {
    const loose = (...candidates: Evidence["open"]) => evidence({ loose: [{ ...use("b", 2), candidates }] });
    expect(isOdd(loose(), asNow)).toBe(false);
    expect(isOdd(loose(use("a", 1)), asNow)).toBe(true);
  });

  it("is a name held by another bearer than today's", () => {
    const held = evidence({ held: [{ ...use("a", 1), to: day(2) }] });
    expect(isOdd(held, (name, at) => (at < day(50) ? `old ${name}` : name))).toBe(true);
  });

  it("casts doubt on every name that it mentions, and on what is shown by its name", () => {
    const odd = evidence({
      open: [use("a", 1)],
      held: [{ ...use("b", 1), to: day(2) }],
      loose: [{ ...use("c", 3), candidates: [use("d", 1)] }],
      shown: ["5"],
    });
    expect(suspects(odd, (key) => `name of ${key}`)).toEqual(new Set(["a", "b", "c", "d", "name of 5"]));
  });
});

describe("what an issue tells that arrived from another repository", () => {
  const arrived = [10, "transferred"] as const;
  const before: BuiltIssue["events"] = [
    [1, "labeled", "bug"],
    [2, "unlabeled", "ui"],
    [3, "labeled", "bug"],
    [4, "labeled", "held"],
    [5, "unlabeled", "held"],
  ];

  it("is nothing of what its labels were called before: those were the other repository's", () => {
    const found = told("label", [...before, [...arrived]], { labels: ["defect"] });
    expect(found).toEqual({ issue: 7, kind: "label", ...nothing });
    expect(isOdd(found, (name) => name)).toBe(false);
  });

  it("is nothing of what it shows or puts off under another name since: it may have come with it", () => {
    const since: BuiltIssue["events"] = [
      [11, "labeled", "ui"],
      [12, "unlabeled", "error"],
      [13, "labeled", "gone"],
    ];
    const found = told("label", [...before, [...arrived], ...since], { labels: ["defect", "ui"] });
    expect(found).toEqual({ issue: 7, kind: "label", ...nothing, open: [use("ui", 11)], shown: ["ui"] });
  });

  it("has what was taken on and put off since under one name, after the last arrival alone", () => {
    const since: BuiltIssue["events"] = [
      [11, "labeled", "ui"],
      [12, "unlabeled", "ui"],
    ];
    const held = [{ ...use("ui", 11), to: day(12) }];
    expect(told("label", [...before, [...arrived], ...since])).toMatchObject({ held });
    expect(told("label", [...since, [14, "transferred"]])).toMatchObject({ held: [] });
    // Known of only after what GitHub showed.
    expect(told("label", [...since, [14, "transferred"]], {}, day(13))).toMatchObject({ held });
  });

  it("is of milestones and labels alone: people have one login everywhere", () => {
    const milestones: BuiltIssue["events"] = [
      [1, "milestoned", "M1"],
      [10, "transferred"],
    ];
    expect(told("milestone", milestones)).toMatchObject(nothing);
    const people: BuiltIssue["events"] = [
      [1, "assigned", "ann"],
      [10, "transferred"],
    ];
    expect(told("assignee", people, { assignees: ["ann"] })).toMatchObject({ open: [use("ann", 1)] });
  });
});

import { describe, expect, test } from "vitest";
import { type BuiltIssue, day, history } from "../testing/history-builder.ts";
import { openStore } from "./open.ts";
import type { History, Store } from "./store.ts";

/** A store of these issues, replayed; `listed`: what GitHub lists now. */
function storeOf(issues: BuiltIssue[], listed: Parameters<typeof history>[1] = {}): Store {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  store.append(history(issues, listed));
  store.refresh();
  return store;
}

const span = (from: number, to: number) => ({ from: day(from), to: day(to) });

describe("a label is found", () => {
  const put: BuiltIssue = {
    number: 1,
    events: [
      [1, "labeled", "Bug"],
      [3, "unlabeled", "Bug"],
    ],
  };

  test.each(["Bug", "bug", "BUG"])(
    "in whatever case it is asked for (%s), listed or deleted since",
    (label) => {
      for (const labels of [["Bug", "other"], ["other"], []])
        expect(storeOf([put], { labels }).issuesEverCarrying({ label })).toEqual([1]);
    },
  );

  test("where GitHub had two that differ in case alone, under either name", () => {
    const both = storeOf([
      put,
      {
        number: 2,
        events: [
          [1, "labeled", "BUG"],
          [2, "unlabeled", "BUG"],
        ],
      },
    ]);
    expect(both.issuesEverCarrying({ label: "bug" })).toEqual([1, 2]);
  });

  test("under the name it had before it was renamed, and under the present one", () => {
    const renamed = Array.from(
      { length: 5 },
      (_, index): BuiltIssue => ({
        number: index + 1,
        labels: ["Quality"],
        events: [[index + 1, "labeled", "tech debt"]],
      }),
    );
    const store = storeOf(renamed, { labels: ["Quality"] });
    expect(store.issuesEverCarrying({ label: "Tech Debt" })).toEqual([1, 2, 3, 4, 5]);
    expect(store.issuesEverCarrying({ label: "quality" })).toEqual([1, 2, 3, 4, 5]);
    expect(store.labelNames()).toEqual(["Quality", "tech debt"]);
  });

  test("by its whole name: neither a part of it, nor what only looks like a pattern", () => {
    const odd = ["a%", "a_", "a*", "ab", "ä", "🦊 fox", "a'b"];
    const store = storeOf(
      odd.map((name, index) => ({ number: index + 1, labels: [name], events: [[1, "labeled", name]] })),
    );
    for (const [index, name] of odd.entries())
      expect(store.issuesEverCarrying({ label: name }), name).toEqual([index + 1]);
    expect(store.issuesEverCarrying({ label: "Ä" })).toEqual([5]);
    for (const label of ["a", "", "%", "fox"]) expect(store.issuesEverCarrying({ label }), label).toEqual([]);
  });

  test("once more after something new was kept", () => {
    const store = storeOf([put]);
    expect(store.issuesEverCarrying({ label: "late" })).toEqual([]);
    store.append({ ...history([{ number: 9, labels: ["Late"], events: [] }]) });
    store.refresh();
    expect(store.issuesEverCarrying({ label: "late" })).toEqual([9]);
    expect(store.labelNames()).toEqual(["Bug", "Late"]);
  });
});

test("names of labels are those listed, borne and deleted, each once and in order", () => {
  const store = storeOf(
    [
      {
        number: 1,
        labels: ["b"],
        events: [
          [1, "labeled", "b"],
          [1, "labeled", "gone"],
          [2, "unlabeled", "gone"],
        ],
      },
    ],
    { labels: ["never used", "b"] },
  );
  expect(store.labelNames()).toEqual(["b", "gone", "never used"]);
  expect(storeOf([]).labelNames()).toEqual([]);
});

describe("a span is half-open", () => {
  const store = storeOf([
    {
      number: 1,
      events: [
        [2, "labeled", "x"],
        [4, "unlabeled", "x"],
      ],
    },
    { number: 2, labels: ["x"], events: [[4, "labeled", "x"]] },
    {
      number: 3,
      events: [
        [2, "labeled", "y"],
        [4, "unlabeled", "y"],
      ],
    },
  ]);

  test.each([
    [1, 2, []],
    [1, 2.5, [1]],
    [3, 4, [1]],
    [3, 4.5, [1, 2]],
    [4, 5, [2]],
    [100, 101, [2]],
  ])("days %d to %d", (from, to, numbers) => {
    expect(store.issuesEverCarrying({ label: "x" }, span(from, to))).toEqual(numbers);
  });

  test("what came or went in it did so at some instant of it", () => {
    expect(store.issuesChanging({ label: "x" }, span(2, 4))).toEqual([1]);
    expect(store.issuesChanging({ label: "x" }, span(4, 5))).toEqual([1, 2]);
    expect(store.issuesChanging({ label: "x" }, span(5, 1000))).toEqual([]);
  });
});

describe("open and closed", () => {
  const issues: BuiltIssue[] = [
    { number: 1 },
    { number: 2, state: "closed", closedAt: day(5), events: [[5, "closed"]] },
    { number: 3, pullRequest: true },
    { number: 4, pullRequest: true, state: "closed", closedAt: day(5), events: [[5, "closed"]] },
    { number: 5, createdAt: day(6), updatedAt: day(6) },
  ];

  test.each([
    ["issues", 4, [1, 2]],
    ["issues", 5, [1]],
    ["issues", 6, [1, 5]],
    ["pulls", 4, [3, 4]],
    ["pulls", 5, [3]],
    ["both", 4, [1, 2, 3, 4]],
    ["both", 6, [1, 3, 5]],
  ] as const)("of %s on day %d: %j", (of, on, numbers) => {
    const instant = { from: day(on), to: day(on) + 1 };
    expect(storeOf(issues).issuesOpenDuring(instant, of)).toEqual(numbers);
  });

  test("what was found gone is open to nobody from then on, though its history ends open", () => {
    const store = storeOf([{ number: 1 }, { number: 2 }]);
    const none = { issues: [], events: [], comments: [], labels: [], milestones: [] };
    store.append({ ...none, sightings: [{ issue: 1, at: day(10), since: day(8), found: "transferred" }] });
    expect([store.openIssues(), store.knownIssues()]).toEqual([[2], [2]]);
    store.refresh();
    expect(store.openIssues()).toEqual([2]);
    expect(store.goneIssues()).toMatchObject([{ issue: 1, found: "transferred" }]);
    expect(store.issuesOpenDuring({ from: day(9), to: day(10) })).toEqual([1, 2]);
    expect(store.issuesOpenDuring({ from: day(10), to: day(11) })).toEqual([2]);
    store.append({ ...none, sightings: [{ issue: 1, at: day(20), since: day(10), found: "there" }] });
    expect([store.openIssues(), store.knownIssues(), store.goneIssues()]).toEqual([[1, 2], [1, 2], []]);
  });

  test("are told before anything is replayed, too, and pull requests are no issues", () => {
    const store = openStore(":memory:");
    store.append(history(issues));
    expect(store.openIssues()).toEqual([1, 5]);
    expect(store.knownIssues()).toEqual([1, 2, 3, 4, 5]);
    store.refresh();
    expect(store.openIssues()).toEqual([1, 5]);
    store.append(
      history([{ number: 1, state: "closed", closedAt: day(1001), updatedAt: day(1001) }], { seenOn: 1002 }),
    );
    expect(store.openIssues()).toEqual([5]);
  });
});

describe("timelines", () => {
  const store = storeOf([{ number: 3 }, { number: 1 }, { number: 2, pullRequest: true }]);

  test("come by number, each once, whatever was asked for and in which order", () => {
    const numbers = (filter?: Parameters<History["timelines"]>[0]) =>
      store.timelines(filter).map(({ number }) => number);
    expect(numbers()).toEqual([1, 3]);
    expect(numbers({ pullRequests: true })).toEqual([1, 2, 3]);
    expect(numbers({ numbers: [3, 99, 3, 1, 2, -1] })).toEqual([1, 3]);
    expect(numbers({ numbers: [] })).toEqual([]);
  });

  test("are counted by kind", () => {
    expect(store.counts()).toMatchObject({ issues: 2, pullRequests: 1 });
    expect(storeOf([]).counts()).toEqual({ issues: 0, pullRequests: 0, events: 0 });
  });
});

describe("milestones", () => {
  const store = storeOf(
    [
      { number: 1, milestone: { number: 7, title: "Sprint 1" }, events: [[1, "milestoned", "Sprint 1"]] },
      {
        number: 2,
        events: [
          [1, "milestoned", "Old one"],
          [2, "demilestoned", "Old one"],
        ],
      },
    ],
    { milestones: { 7: "Sprint 1" } },
  );

  test("are found by number, and by a title that one bears or bore, deleted ones too", () => {
    expect(store.issuesEverCarrying({ milestone: 7 })).toEqual([1]);
    expect(store.issuesEverCarrying({ milestone: "Sprint 1" })).toEqual([1]);
    expect(store.issuesEverCarrying({ milestone: "Old one" })).toEqual([2]);
    expect(store.issuesEverCarrying({ milestone: 2 })).toEqual([]);
    expect(store.issuesEverCarrying({ milestone: "7" })).toEqual([]);
  });
});

test("a reason that changed while an issue was closed is found, like a closing, in a half-open span", () => {
  const store = storeOf([
    {
      number: 1,
      state: "closed",
      stateReason: "completed",
      closedAt: day(5),
      events: [
        [2, "closed", "not_planned"],
        [5, "closed"],
      ],
    },
    {
      number: 2,
      state: "closed",
      stateReason: "not_planned",
      closedAt: day(3),
      events: [[3, "closed", "not_planned"]],
    },
    {
      number: 3,
      events: [
        [4, "labeled", "x"],
        [5, "unlabeled", "x"],
      ],
    },
  ]);
  const found = (from: number, to: number) => store.issuesWithNewReason(span(from, to));
  expect([found(1, 2), found(2, 3), found(3, 5), found(5, 6), found(6, 2000)]).toEqual([
    [],
    [1],
    [2],
    [1],
    [],
  ]);
  expect(store.issuesChanging({ state: "closed" }, span(5, 6))).toEqual([]);
});

test("a reason that is given up for none is one that changed, too", () => {
  const store = storeOf([
    {
      number: 1,
      state: "closed",
      stateReason: null,
      closedAt: day(5),
      events: [
        [2, "closed", "not_planned"],
        [5, "closed"],
      ],
    },
  ]);
  expect(store.issuesWithNewReason(span(5, 6))).toEqual([1]);
});

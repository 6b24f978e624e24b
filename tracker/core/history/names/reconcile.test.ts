import { describe, expect, it } from "vitest";
import { day, history } from "../../../testing/history-builder.ts";
import { replayPages } from "../../../testing/replay-pages.ts";

describe("a renamed label", () => {
  const page = history(
    [
      { number: 1, labels: ["defect"], events: [[1, "labeled", "bug"]] },
      { number: 2, labels: ["defect"], events: [[3, "labeled", "bug"]] },
      { number: 3, labels: ["defect"], events: [[7, "labeled", "defect"]] },
    ],
    { labels: ["defect"] },
  );

  it("is found, and dated by its last and first uses", () => {
    const { aliases } = replayPages(page);
    expect(aliases).toEqual([
      { kind: "label", key: "defect", from: "bug", to: "defect", notBefore: day(3), notAfter: day(7) },
    ]);
  });

  it("has the name of the time where it can be told, else today's", () => {
    const { on } = replayPages(page);
    expect([2, 3, 5, 7].map((n) => on(1, n).labels)).toEqual([["bug"], ["bug"], ["defect"], ["defect"]]);
    expect([2, 5, 7].map((n) => on(1, n).provenance.labels)).toEqual(["replayed", "inferred", "replayed"]);
    expect(on(1, 2).labelKeys).toEqual(["defect"]);
  });

  it("is found under every name, in any case", () => {
    const { carrying } = replayPages(page);
    expect(carrying({ label: "bug" })).toEqual([1, 2, 3]);
    expect(carrying({ label: "DEFECT" })).toEqual([1, 2, 3]);
  });
});

it("follows a chain of renames", () => {
  const { renames, on } = replayPages(
    history(
      [
        { number: 1, labels: ["c"], events: [[1, "labeled", "a"]] },
        { number: 2, labels: ["c"], events: [[3, "labeled", "b"]] },
        { number: 3, labels: ["c"], events: [[5, "labeled", "c"]] },
        {
          number: 4,
          events: [
            [1, "labeled", "a"],
            [4, "unlabeled", "b"],
          ],
        },
      ],
      { labels: ["c"] },
    ),
  );
  expect(renames).toEqual(["a → b", "b → c"]);
  expect([1, 3, 5].map((n) => on(1, n).labels)).toEqual([["a"], ["b"], ["c"]]);
  expect(on(4, 4).labels).toEqual([]);
});

it("tells two labels that swapped their names", () => {
  const { on } = replayPages(
    history(
      [
        { number: 1, labels: ["low"], events: [[1, "labeled", "high"]] },
        { number: 2, labels: ["low"], events: [[2, "labeled", "high"]] },
        { number: 3, labels: ["high"], events: [[1, "labeled", "low"]] },
        { number: 4, labels: ["high"], events: [[2, "labeled", "low"]] },
        {
          number: 5,
          labels: ["high", "low"],
          events: [
            [2, "labeled", "low"],
            [2, "labeled", "high"],
          ],
        },
        { number: 6, labels: ["high"], events: [[8, "labeled", "high"]] },
        { number: 7, labels: ["low"], events: [[8, "labeled", "low"]] },
      ],
      { labels: ["high", "low"] },
    ),
  );
  expect(on(1, 2).labelKeys).toEqual(["low"]);
  expect(on(3, 2).labelKeys).toEqual(["high"]);
  expect([on(1, 1).labels, on(1, 9).labels]).toEqual([["high"], ["low"]]);
  expect([on(6, 9).labelKeys, on(7, 9).labelKeys]).toEqual([["high"], ["low"]]);
});

it("keeps a renamed label and a later one with its old name apart", () => {
  const { on, renames } = replayPages(
    history(
      [
        { number: 1, labels: ["defect"], events: [[1, "labeled", "bug"]] },
        { number: 2, labels: ["defect"], events: [[2, "labeled", "bug"]] },
        { number: 3, labels: ["bug"], events: [[6, "labeled", "bug"]] },
        { number: 4, labels: ["bug"], events: [[7, "labeled", "bug"]] },
      ],
      { labels: ["defect", "bug"] },
    ),
  );
  expect(renames).toEqual(["bug → defect"]);
  expect(on(1, 2).labels).toEqual(["bug"]);
  expect([on(1, 9).labels, on(3, 9).labels]).toEqual([["defect"], ["bug"]]);
});

it("reasons out a deleted label: there until its last use, doubtful after, gone at last", () => {
  const { on, renames } = replayPages(
    history(
      [
        { number: 1, events: [[1, "labeled", "later"]] },
        { number: 2, events: [[4, "labeled", "later"]] },
        { number: 3, labels: ["bug"], events: [[4, "labeled", "bug"]] },
      ],
      { labels: ["bug"] },
    ),
  );
  expect(renames).toEqual([]);
  expect([3, 5, 1001].map((n) => [on(1, n).labels, on(1, n).provenance.labels])).toEqual([
    [["later"], "replayed"],
    [["later"], "inferred"],
    [[], "replayed"],
  ]);
});

it("takes one missing event for what it is, not for a rename", () => {
  const { on, renames } = replayPages(
    history(
      [
        { number: 1, labels: ["bug"], events: [[1, "labeled", "docs"]] },
        { number: 2, labels: ["docs"], events: [[2, "labeled", "docs"]] },
        { number: 3, labels: ["bug"], events: [[2, "labeled", "bug"]] },
      ],
      { labels: ["bug", "docs"] },
    ),
  );
  expect(renames).toEqual([]);
  expect(on(1, 3).provenance.labels).toBe("unknown");
});

it("takes a label that went without an update of its issue for there until it was fetched", () => {
  const { on } = replayPages(
    history(
      [
        { number: 1, events: [[1, "labeled", "size: M"]] },
        { number: 2, labels: ["size: M"], events: [[3, "labeled", "size: M"]] },
        { number: 3, labels: ["size: M"], events: [[4, "labeled", "size: M"]] },
      ],
      { labels: ["size: M"] },
    ),
  );
  expect([2, 999, 1000].map((n) => on(1, n).labels)).toEqual([["size: M"], ["size: M"], []]);
  expect([2, 1000].map((n) => on(1, n).provenance.labels)).toEqual(["unknown", "replayed"]);
});

describe("milestones", () => {
  const page = history(
    [
      { number: 1, milestone: { number: 2, title: "22.0" }, events: [[1, "milestoned", "0.22.0"]] },
      {
        number: 2,
        events: [
          [2, "milestoned", "0.22.0"],
          [9, "demilestoned", "22.0"],
        ],
      },
      { number: 3, milestone: { number: 2, title: "22.0" }, events: [[5, "milestoned", "22.0"]] },
    ],
    { milestones: { 2: "22.0", 3: "23.0" } },
  );

  it("are matched by number, under every title they had", () => {
    const { on, carrying, renames } = replayPages(page);
    expect(renames).toEqual(["0.22.0 → 22.0"]);
    expect(on(1, 1).milestone).toEqual({ number: 2, title: "0.22.0" });
    expect(on(1, 5).milestone).toEqual({ number: 2, title: "22.0" });
    expect(carrying({ milestone: "0.22.0" })).toEqual([1, 2, 3]);
    expect(carrying({ milestone: 2 })).toEqual([1, 2, 3]);
    expect(on(2, 9).milestone).toBeNull();
  });

  it("that were renamed between two syncs are dated by what both showed", () => {
    const issues = [
      {
        number: 1,
        milestone: { number: 2, title: "old" },
        events: [[1, "milestoned", "old"]] as [number, string, string][],
      },
    ];
    const first = history(issues, { milestones: { 2: "old" }, seenOn: 10 });
    const second = history(issues, { milestones: { 2: "new" }, seenOn: 20 });
    const { aliases, on } = replayPages(first, { ...second, issues: [] });
    expect(aliases).toMatchObject([{ from: "old", to: "new", notBefore: day(10), notAfter: day(20) }]);
    expect([on(1, 9).milestone?.title, on(1, 20).milestone?.title]).toEqual(["old", "new"]);
  });
});

it("takes names of objects' own properties for names like any other", () => {
  const { on } = replayPages(
    history([{ number: 1, labels: ["constructor"], events: [[1, "labeled", "__proto__"]] }], {
      labels: ["constructor"],
    }),
  );
  expect(on(1, 1).labels).toEqual(["__proto__"]);
});

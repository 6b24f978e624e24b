import { describe, expect, it } from "vitest";
import { day, history } from "../../../testing/history-builder.ts";
import { replayPages } from "../../../testing/replay-pages.ts";

const milestoneSeen = {
  observedAt: day(1000),
  state: "open" as const,
  dueOn: null,
  createdAt: day(0),
  closedAt: null,
};

describe("a milestone that was deleted, and made again under the same title", () => {
  const title = "Sprint 1";
  const page = history([
    { number: 1, events: [[1, "milestoned", title]] },
    {
      number: 2,
      milestone: { number: 3, title },
      events: [
        [2, "milestoned", title],
        [8, "milestoned", title],
      ],
    },
    {
      number: 3,
      events: [
        [1, "milestoned", title],
        [2, "demilestoned", title],
      ],
    },
  ]);
  const milestones = [{ ...milestoneSeen, number: 3, title, createdAt: day(5) }];

  it("is another one until it is made again, and none from then on until an issue is put on it", () => {
    const { on, renames } = replayPages({ ...page, milestones });
    expect(renames).toEqual([]);
    for (const number of [1, 2])
      expect([1, 2, 4, 5, 7].map((n) => on(number, n).milestone?.title ?? null)).toEqual(
        number === 1 ? [title, title, title, null, null] : [null, title, title, null, null],
      );
    expect([on(1, 4).milestone?.number, on(2, 9).milestone?.number]).toEqual([null, 3]);
    expect([1, 4, 5].map((n) => on(1, n).provenance.milestone)).toEqual(["replayed", "inferred", "replayed"]);
    expect([on(3, 1).milestone?.number, on(3, 2).milestone]).toEqual([null, null]);
  });

  it("without its day of creation is there until the issue was fetched, for all that is known", () => {
    const { on } = replayPages({
      ...page,
      milestones: milestones.map((one) => ({ ...one, createdAt: null })),
    });
    expect([4, 999, 1000].map((n) => on(1, n).milestone?.title)).toEqual([title, title, undefined]);
    expect([on(1, 4).provenance.milestone, on(2, 4).provenance.milestone]).toEqual(["unknown", "inferred"]);
  });
});

describe("a milestone that was deleted and made again twice", () => {
  const title = "Sprint 1";
  const page = history([
    // On the first; the first and the second; and the second.
    { number: 1, events: [[1, "milestoned", title]] },
    {
      number: 2,
      events: [
        [2, "milestoned", title],
        [6, "milestoned", title],
      ],
    },
    { number: 3, events: [[7, "milestoned", title]] },
    // This one was on the first for two days, and so was the first there.
    {
      number: 4,
      events: [
        [1, "milestoned", title],
        [3, "demilestoned", title],
      ],
    },
  ]);
  const bornOn = (n: number) => [{ ...milestoneSeen, number: 9, title, createdAt: day(n) }];
  const told = ({ on }: ReturnType<typeof replayPages>, number: number, days: number[]) =>
    days.map((n) => `${on(number, n).milestone?.title ?? "none"}, ${on(number, n).provenance.milestone}`);

  it("is surely there while an issue goes on and off it, and for all others only perhaps", () => {
    const replayed = replayPages({ ...page, milestones: bornOn(9) });
    expect(replayed.renames).toEqual([]);
    const [sure, perhaps] = [`${title}, replayed`, `${title}, inferred`];
    expect(told(replayed, 1, [1, 2, 3, 4, 8])).toEqual([sure, sure, sure, perhaps, perhaps]);
    expect(told(replayed, 2, [2, 3, 4, 6, 8])).toEqual([sure, perhaps, perhaps, sure, perhaps]);
    expect(told(replayed, 3, [7, 8])).toEqual([sure, perhaps]);
    for (const number of [1, 2, 3]) expect(told(replayed, number, [9])).toEqual(["none, replayed"]);
  });
});

it("takes a label that one issue took on twice for one that was made again", () => {
  const later = (number: number, ...days: number[]) => ({
    number,
    events: days.map((n): [number, string, string] => [n, "labeled", "later"]),
  });
  const { on } = replayPages(
    history([later(1, 1), later(2, 2, 6), later(3, 7), { number: 4, labels: ["bug"] }], { labels: ["bug"] }),
  );
  expect([1, 4].map((n) => on(1, n).provenance.labels)).toEqual(["replayed", "inferred"]);
  expect(on(1, 1001).labels).toEqual([]);
});

describe("a milestone that was made again under a deleted one's title, and renamed since", () => {
  const title = "Sprint 1";
  const later = { number: 7, title: "Sprint 1b" };
  const range = [3, 4, 5, 6, 7, 8];
  const passed = {
    number: 1,
    events: [
      [1, "milestoned", title],
      [3, "demilestoned", title],
    ] as [number, string, string][],
  };
  const stayed = { number: 2, events: [[2, "milestoned", title]] as [number, string, string][] };
  const onSecond = range.map((number) => ({
    number,
    milestone: later,
    events: [[6, "milestoned", title]] as [number, string, string][],
  }));
  const milestones = [{ ...milestoneSeen, ...later, createdAt: day(5) }];

  it("bore it from its own day on, and what bore it before is another", () => {
    const { on } = replayPages({ ...history([passed, ...onSecond]), milestones });
    expect(on(1, 2)).toMatchObject({
      milestone: { number: null, title },
      provenance: { milestone: "replayed" },
    });
    expect(range.map((number) => on(number, 7).milestone?.number)).toEqual(range.map(() => 7));
  });

  it("took nothing over: what was on the first is on none once the second is there", () => {
    const { on } = replayPages({ ...history([stayed, ...onSecond]), milestones });
    expect([2, 4, 5, 9].map((n) => on(2, n).milestone?.title ?? null)).toEqual([title, title, null, null]);
    expect([4, 5].map((n) => on(2, n).provenance.milestone)).toEqual(["inferred", "replayed"]);
  });
});

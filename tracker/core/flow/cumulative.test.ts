import { expect, test } from "vitest";
import type { LaneRule, Rules } from "../model/rules.ts";
import { cumulativeOf } from "./cumulative.ts";
import type { Path, Stay } from "./stays.ts";

const day = 86_400_000;
const start = Date.parse("2026-03-02T00:00:00Z");
const rules = {
  timeZone: "Etc/UTC",
  lanes: (["backlog", "sprint", "progress", "done"] as const).map(
    (role): LaneRule => ({ name: `the ${role}`, role, when: {} }),
  ),
} as unknown as Rules;

/** Stays by days from the start of the span. */
const path = (...stays: [role: Stay["role"], from: number, to: number][]): Path => ({
  stays: stays.map(([role, from, to]) => ({
    lane: role === null ? null : `the ${role}`,
    role,
    from: start + from * day,
    to: start + to * day,
    isGone: false,
  })),
  provenance: "replayed",
});
const countsOf = (paths: Path[], from = 0, to = 3) =>
  cumulativeOf(paths, { from: start + from * day, to: start + to * day }, rules);

test("each lane is counted at the start, at each midnight, and just before the end, the backlog left out", () => {
  const { lanes, points } = countsOf([
    path(["backlog", -2, 0.5], ["sprint", 0.5, 1], ["progress", 1, 2.5], ["done", 2.5, 9]),
    path(["sprint", -1, 9]),
  ]);
  expect(lanes.map(({ name }) => name)).toEqual(["the sprint", "the progress", "the done"]);
  expect(points).toEqual([
    { at: "2026-03-02T00:00:00.000Z", counts: [1, 0, 0] },
    { at: "2026-03-03T00:00:00.000Z", counts: [1, 1, 0] },
    { at: "2026-03-04T00:00:00.000Z", counts: [1, 1, 0] },
    { at: "2026-03-05T00:00:00.000Z", counts: [1, 0, 1] },
  ]);
});

test("what was done before the span is not counted, what is done with its first instant is", () => {
  const done = (from: number) => countsOf([path(["done", from, 9])]).points.map(({ counts }) => counts[2]);
  expect(done(-0.001)).toEqual([0, 0, 0, 0]);
  expect(done(0)).toEqual([1, 1, 1, 1]);
});

test("a stay that ends with an instant is over then, one that begins with it is there", () => {
  expect(
    countsOf([path(["sprint", -1, 1]), path(["progress", 1, 2])]).points.map(({ counts }) => counts),
  ).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(countsOf([path(["sprint", -3, 0])]).points.every(({ counts }) => counts[0] === 0)).toBe(true);
});

test("a span within a day has its start and its end", () => {
  const { points } = countsOf([path(["sprint", -1, 9]), path(["progress", 0.4, 9])], 0.25, 0.5);
  expect(points).toEqual([
    { at: "2026-03-02T06:00:00.000Z", counts: [1, 0, 0] },
    { at: "2026-03-02T12:00:00.000Z", counts: [1, 1, 0] },
  ]);
});

test("what stands on no board, or in a lane that no rule names, is in no count", () => {
  const { points } = countsOf([path([null, -1, 9]), path(["freezebox", -1, 9])]);
  expect(points.map(({ counts }) => counts)).toEqual(Array(4).fill([0, 0, 0]));
});

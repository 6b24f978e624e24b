import { expect, test } from "vitest";
import { percentilesOf, spreadOf } from "./spread.ts";

test.each<[number[], number | null, number | null, number | null]>([
  [[], null, null, null],
  [[3], 3, 3, 3],
  [[1, 2], 1.5, 1.85, 1.95],
  [[4, 1, 3, 2, 5], 3, 4.4, 4.8],
  [[0, 0, 0, 0, 100], 0, 40, 80],
])("the percentiles of %j lie between their values, whatever their order", (values, p50, p85, p95) => {
  expect(percentilesOf(values)).toEqual({ p50, p85, p95 });
});

test("what is unknown is counted, and moves no percentile", () => {
  const times = [{ days: 2, workingDays: 1 }, null, { days: 4, workingDays: 2 }, null, null];
  expect(spreadOf(times)).toMatchObject({
    tasks: 2,
    unknown: 3,
    days: { p50: 3 },
    workingDays: { p50: 1.5 },
  });
  expect(spreadOf([null])).toMatchObject({ tasks: 0, unknown: 1, days: { p50: null } });
});

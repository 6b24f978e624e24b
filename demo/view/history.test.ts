import { describe, expect, it } from "vitest";
import { createHistory, lastKnown } from "./history.ts";

const span = { windowMs: 10_000, bucketMs: 1000, leastMs: 10_000 };

describe("the median of a metric", () => {
  it("ends with the last reading, however long ago that was", () => {
    const history = createHistory(span);
    for (const second of [1, 2, 4]) history.add("a", "m", second * 1000, second);
    history.add("b", "m", 3000, 30);
    const { x, rows, median } = history.window("m", 9000);
    expect(x.at(-1)).toBe(9);
    expect(rows.map((row) => row.findLastIndex((value) => value !== null))).toEqual([
      x.indexOf(4),
      x.indexOf(3),
    ]);
    expect(median.slice(x.indexOf(3))).toEqual([16, 17, null, null, null, null, null]);
    expect(lastKnown(median)).toBe(17);
  });

  it("is none where nothing was read within the window", () => {
    const history = createHistory(span);
    history.add("a", "m", 1000, 1);
    const { median } = history.window("m", 60_000);
    expect(median.every((value) => value === null)).toBe(true);
    expect(lastKnown(median)).toBeUndefined();
  });
});

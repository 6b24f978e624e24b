import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../protocol.ts";
import { emptyFleet } from "./fleet-state.ts";
import { byUsualOrder, createHistory, lastKnown } from "./history.ts";

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

describe("the window of a metric", () => {
  const NOW = 1_790_000_000_000;
  const anyReading = fc.record({
    source: fc.constantFrom("a", "b", "c"),
    /** How long before the end, ms. */
    ago: fc.integer({ min: 0, max: 30_000 }),
    value: fc.integer({ min: -50, max: 50 }),
  });

  it("holds of each device the last value of each second within it, however long it ran and whatever came late", () => {
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 60 }), (readings) => {
        const history = createHistory(span);
        for (const { source, ago, value } of readings) history.add(source, "m", NOW - ago, value);
        const { x, sources, rows } = history.window("m", NOW);
        expect(x.map((at) => at * 1000)).toEqual(
          Array.from({ length: 11 }, (_, n) => NOW - 10_000 + n * 1000),
        );
        expect(new Set(sources)).toEqual(new Set(readings.map(({ source }) => source)));
        for (const [row, source] of sources.entries())
          for (const [index, at] of x.entries()) {
            const last = readings.findLast(
              (one) => one.source === source && Math.floor((NOW - one.ago) / 1000) === at,
            );
            expect(rows[row]?.[index], `${source} at ${at}`).toBe(last?.value ?? null);
          }
      }),
    );
  });

  it("is never shorter than it may be, grows with its first reading, and ends at its length", () => {
    const history = createHistory({ windowMs: 10_000, bucketMs: 1000, leastMs: 4000 });
    const seconds = (until: number) => history.window("m", until).x.length;
    expect([seconds(NOW), history.window("m", NOW).rows]).toEqual([5, []]);
    history.add("a", "m", NOW, 1);
    expect([seconds(NOW), seconds(NOW + 4000), seconds(NOW + 7000), seconds(NOW + 60_000)]).toEqual([
      5, 5, 8, 11,
    ]);
    history.clear();
    expect([seconds(NOW + 60_000), history.metrics()]).toEqual([5, []]);
  });

  it("takes the same from columns as from single readings, and from a fleet its latest values", () => {
    const readings = [1, 2, 3].map((n) => ({
      source: "a",
      seq: n,
      at: NOW - n * 1000,
      metric: "m",
      value: n,
    }));
    const [one, other, third] = [createHistory(span), createHistory(span), createHistory(span)];
    for (const { source, metric, at, value } of readings) one.add(source, metric, at, value);
    other.addColumns(columnsOf(readings));
    expect(other.window("m", NOW)).toEqual(one.window("m", NOW));
    third.addFleet({ ...emptyFleet, latest: new Map([["a", new Map([["m", { at: NOW, value: 7 }]])]]) });
    expect(third.window("m", NOW).rows).toEqual([[...Array(10).fill(null), 7]]);
  });

  it("is not disturbed by instants no clock had", () => {
    const history = createHistory(span);
    for (const at of [-5000, 0, -0.5, 8.64e15, Number.MAX_SAFE_INTEGER]) history.add("a", "m", at, 99);
    history.add("b", "m", NOW, 1);
    const { rows, median } = history.window("m", NOW);
    expect(rows[0]?.every((value) => value === null)).toBe(true);
    expect(rows[1]?.at(-1)).toBe(1);
    expect(median.at(-1)).toBe(1);
  });
});

describe("the median of a metric while devices come", () => {
  it("is none until half of them have a value, and holds each one's last value from then on", () => {
    const history = createHistory(span);
    for (const [source, second, value] of [
      ["a", 1, 10],
      ["b", 3, 20],
      ["c", 5, 60],
      ["d", 7, 30],
    ] as const)
      history.add(source, "m", second * 1000, value);
    const { x, median } = history.window("m", 10_000);
    expect(median.slice(x.indexOf(1))).toEqual([null, null, 15, 15, 20, 20, 25, null, null, null]);
  });
});

describe("metrics", () => {
  it("stand in one order, whatever order they came in", () => {
    const order = ["temperature", "humidity", "power", "battery", "apples", "co2", "zeal"];
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: 2 }), (some) => {
        const history = createHistory(span);
        for (const metric of some) history.add("a", metric, 1000, 1);
        expect(history.metrics()).toEqual(order.filter((metric) => some.includes(metric)));
        expect([...some].sort(byUsualOrder)).toEqual(history.metrics());
      }),
    );
  });
});

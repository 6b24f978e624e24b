import { expect, it } from "vitest";
import type { Reading } from "../protocol.ts";
import { unpackSnapshot } from "../snapshot/snapshot.ts";
import { latestOf } from "../testing/arbitraries.ts";
import { onEachStore } from "../testing/each-store.ts";
import { NOW } from "../testing/start-eater.ts";
import { RowOutcome } from "./columns.ts";

const LEAST = 5e-324;
const MINUTE = 60_000;

/** Readings at the edges of what is taken, whose seconds and minutes hold one each unless the values are a list. */
const edges: [source: string, seq: number, at: number, values: number[]][] = [
  ["largest", Number.MAX_SAFE_INTEGER, MINUTE, [1e100]],
  ["smallest", 2 ** 32, MINUTE, [-1e100]],
  ["both", 5, MINUTE, [1e100, -1e100, 7]],
  ["hardly-anything", 0, 0, [LEAST]],
  ["hardly-anything-and-nothing", 1, MINUTE, [LEAST, 0]],
  ["less-than-nothing", 1, MINUTE, [-LEAST, 0, 0]],
  ["at-the-first-instant", 0, 0, [1]],
  ["in-the-year-9999", 1, 253_402_300_799_999, [2]],
  ["past-all-calendars", 1, Number.MAX_SAFE_INTEGER, [3]],
  ["0", 1, MINUTE, [4]],
  ["A", 1, MINUTE, [5]],
  ["a", 1, MINUTE, [6]],
  ["a:b/c.d-e_f", 1, MINUTE, [7]],
  [`n${"x".repeat(127)}`, 1, MINUTE, [8]],
  ["null", 1, MINUTE, [9]],
  ["select", 1, MINUTE, [0.1, 0.2]],
];

const readings = edges.flatMap(([source, seq, at, values]) =>
  values.map(
    (value, index): Reading => ({ source, seq: seq + (index && 1000 * index), at, metric: "m", value }),
  ),
);

onEachStore("what is at the edge of what is taken, on", (on) => {
  it("comes back as it was, is known when it comes again, and is the latest of its series", async () => {
    await on.start();
    const first = await on.eater.ingest(readings);
    expect(first.fates).toEqual(Uint8Array.from(readings, () => RowOutcome.stored));
    expect((await on.eater.batchAfter(0, 1000))?.readings).toEqual(readings);
    await on.close();
    await on.start();
    const again = await on.eater.ingest([...readings].reverse());
    expect(again.fates).toEqual(Uint8Array.from(readings, () => RowOutcome.duplicate));
    await on.eater.derive();
    expect(unpackSnapshot(await on.eater.questions.snapshot()).state).toEqual(latestOf(readings));
  });

  it("is rolled up, and spoils no page of rollups for others", async () => {
    await on.start();
    await on.eater.ingest(readings);
    await on.eater.derive();
    const expected = new Map(
      edges.map(([source, , , values]) => [
        source,
        {
          n: values.length,
          min: Math.min(...values),
          max: Math.max(...values),
          mean: values.reduce((sum, value) => sum + value, 0) / values.length,
        },
      ]),
    );
    for (const step of ["second", "minute"] as const) {
      const asked = { step, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 5000 };
      const { rollups } = await on.eater.questions.rollups(asked);
      const told = new Map(rollups.map(({ source, n, min, max, mean }) => [source, { n, min, max, mean }]));
      expect(rollups).toHaveLength(edges.length);
      // The order of a sum is the database's own; what cancels out leaves as little as it may.
      for (const [source, { mean, ...rest }] of expected) {
        expect(told.get(source), source).toMatchObject(rest);
        if (source !== "both") expect(told.get(source)?.mean, source).toBeCloseTo(mean, 12);
      }
    }
    const { rollups } = await on.eater.questions.rollups({
      ...{ step: "minute", source: "hardly-anything-and-nothing" },
      ...{ from: 0, to: NOW, limit: 10 },
    });
    expect(rollups).toMatchObject([{ n: 2, min: 0, max: LEAST, mean: 0 }]);
  });

  it("judged against values that hardly differ, has a score that is a number", async () => {
    await on.start();
    const steady = Array.from({ length: 40 }, (_, seq) => (seq % 2) * LEAST);
    const series = [...steady, 1e100, -1e100].map(
      (value, seq): Reading => ({ source: "a", seq, at: NOW + seq, metric: "m", value }),
    );
    await on.eater.ingest(series);
    await on.eater.derive();
    const anomalies = await on.eater.questions.anomalies(0, 10);
    expect(anomalies.map(({ value }) => value)).toEqual([1e100, -1e100]);
    for (const { score, median, mad } of anomalies)
      expect([score, median, mad].every(Number.isFinite)).toBe(true);
    expect(anomalies.map(({ score }) => Math.sign(score))).toEqual([1, -1]);
  });
});

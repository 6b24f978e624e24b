import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../protocol.ts";
import { parseReading } from "../reading.ts";
import { NOW, reading } from "../testing/start-eater.ts";
import { emptyWindow, judge } from "./anomaly.ts";
import { toColumns } from "./columns.ts";
import { createCommitter } from "./commit.ts";
import { openDatabase } from "./database.ts";
import { createDeriver } from "./derive.ts";
import { createSeenIndex } from "./seen.ts";

const settings = { window: 11, threshold: 6, warmUp: 5 };

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length % 2 === 1 ? 1 : 2;
  const start = (sorted.length - middle) / 2;
  return sorted.slice(start, start + middle).reduce((sum, value) => sum + value, 0) / middle;
}

function open() {
  const db = openDatabase(":memory:");
  const seen = createSeenIndex(db);
  return {
    db,
    commit: createCommitter(db, seen, { maxSeries: 100 }),
    derive: createDeriver(db, seen, settings),
  };
}

describe("rollups", () => {
  it("equal what is counted from the readings, however the derivation is cut and whatever comes late", () => {
    const some = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200_000 }), value: fc.integer({ min: -50, max: 50 }) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 20 }), (points, cut) => {
        const { db, commit, derive } = open();
        const readings = points.map(
          (point, index): Reading => ({ source: "a", seq: index, metric: "t", ...point }),
        );
        commit(toColumns([readings]), NOW);
        while (derive(cut).behind);
        for (const step of [1000, 60_000]) {
          const rows = db.prepare("SELECT bucket, n, sum, min, max FROM rollups WHERE step = ?").all(step);
          const expected = [...Map.groupBy(points, ({ at }) => at - (at % step))]
            .sort(([a], [b]) => a - b)
            .map(([bucket, group]) => {
              const values = group.map(({ value }) => value);
              const sum = values.reduce((a, b) => a + b, 0);
              return { bucket, n: values.length, sum, min: Math.min(...values), max: Math.max(...values) };
            });
          expect(rows).toEqual(expected);
        }
        const newest = points.reduce((best, point) => (point.at >= best.at ? point : best));
        expect(db.prepare("SELECT at, value FROM series").get()).toEqual(newest);
        db.close();
      }),
      { numRuns: 40 },
    );
  });

  it("stay finite over the largest values that are taken, so that no reading stops the derivation", () => {
    const { db, commit, derive } = open();
    const largest = [1e100, 1e100, -1e100, -1e100].map((value, index) =>
      reading("a", index, { at: 5, value }),
    );
    for (const { seq, ...rest } of largest) parseReading({ seq, ...rest }, NOW);
    for (const half of [largest.slice(0, 2), largest.slice(2)]) {
      commit(toColumns([half]), NOW);
      expect(derive(10).behind).toBe(false);
    }
    expect(db.prepare("SELECT n, sum, min, max FROM rollups WHERE step = 1000").all()).toEqual([
      { n: 4, sum: 0, min: -1e100, max: 1e100 },
    ]);
    db.close();
  });
});

describe("anomalies", () => {
  it("are judged by the median and its absolute deviation over the window, as computed plainly", () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 80 });
    fc.assert(
      fc.property(values, (all) => {
        const window = emptyWindow(settings);
        all.forEach((value, index) => {
          const past = all.slice(Math.max(0, index - settings.window), index);
          const judgement = judge(window, value, settings);
          const middle = past.length < settings.warmUp ? undefined : median(past);
          const deviation =
            middle === undefined ? undefined : median(past.map((other) => Math.abs(other - middle)));
          expect([judgement?.median, judgement?.mad]).toEqual([middle, deviation]);
        });
      }),
    );
  });

  it("flag a spike and a stuck sensor's jump, not noise", () => {
    const window = emptyWindow(settings);
    const flagged = (value: number) => judge(window, value, settings)?.flagged ?? false;
    for (const value of [20, 20.1, 19.9, 20.2, 19.8, 20, 20.1]) expect(flagged(value)).toBe(false);
    expect(flagged(45)).toBe(true);
    expect(flagged(20.1)).toBe(false);
    const stuck = emptyWindow(settings);
    for (let n = 0; n < 10; n += 1) judge(stuck, 7, settings);
    expect(judge(stuck, 7, settings)?.flagged).toBe(false);
    expect(judge(stuck, 7.1, settings)?.flagged).toBe(true);
  });

  it("are stored with the offset of their reading, also by a life that began after the usual values", () => {
    const { db, commit, derive } = open();
    const usual = [20, 20.1, 19.9, 20.2, 19.8, 20, 20.1].map((value, index) =>
      reading("a", index, { value }),
    );
    commit(toColumns([usual]), NOW);
    derive(100);
    const next = createDeriver(db, createSeenIndex(db), settings);
    commit(toColumns([[reading("a", 50, { value: 80 })]]), NOW);
    expect(next(100).anomalies).toBe(1);
    expect(db.prepare('SELECT "offset", value FROM anomalies').all()).toEqual([{ offset: 8, value: 80 }]);
  });
});

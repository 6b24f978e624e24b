import { expect, it } from "vitest";
import { reading } from "../testing/start-eater.ts";
import { toColumns } from "./columns.ts";
import { createCommitter } from "./commit.ts";
import { openDatabase } from "./database.ts";
import { createDeriver } from "./derive.ts";
import { createRetention } from "./retention.ts";
import { createSeenIndex } from "./seen.ts";
import { createSeriesIndex } from "./series-index.ts";

const HOUR = 3_600_000;

function open(minutesMs: number) {
  const db = openDatabase(":memory:");
  const seen = createSeenIndex(db);
  const series = createSeriesIndex(db, 3);
  const retired: number[] = [];
  const commit = createCommitter(db, seen, { maxSeries: 3 }, series);
  const derive = createDeriver(db, seen, { window: 11, threshold: 6, warmUp: 5 });
  const retain = createRetention(db, { readingsMs: HOUR, minutesMs }, (firstKept, now) => {
    retired.push(...series.retire(firstKept, now));
  });
  return {
    db,
    retired,
    /** What became of one reading of each source. @param seq distinct for each call */
    take(sources: string[], seq: number, now: number) {
      const { fates, to } = commit(
        toColumns([sources.map((source) => reading(source, seq, { at: now }))]),
        now,
      );
      derive(1000);
      retain({ now, publishedTo: to, limit: 1000 });
      return [...fates];
    },
    names: () => db.prepare("SELECT source FROM series ORDER BY id").pluck().all(),
    numbers: () => db.prepare("SELECT DISTINCT series FROM rollups ORDER BY 1").pluck().all(),
  };
}

it("a series goes with its readings, makes place for others, and comes back as itself", () => {
  const { take, names, numbers, retired, db } = open(100 * HOUR);
  expect(take(["a", "b", "c", "d"], 1, 0)).toEqual([0, 0, 0, 2]);
  expect(take(["a"], 2, 0.9 * HOUR)).toEqual([0]);
  expect(retired).toEqual([]);
  // All of b and c is older than an hour now.
  take(["a"], 3, 1.5 * HOUR);
  expect(retired).toEqual([2, 3]);
  expect(take(["d", "e", "f"], 4, 1.6 * HOUR)).toEqual([0, 0, 2]);
  expect(names()).toEqual(["a", "b", "c", "d", "e"]);
  expect(db.prepare("SELECT source FROM series WHERE at IS NOT NULL").pluck().all()).toEqual(["a", "d", "e"]);
  // Room again, and b has the number under which its minutes still are.
  take(["a"], 5, 3 * HOUR);
  expect(take(["b"], 6, 3 * HOUR)).toEqual([0]);
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
  expect(names()).toEqual(["a", "b", "c", "d", "e"]);
});

it("a series is dropped when nothing is rolled up under it any more", () => {
  const { take, names } = open(2 * HOUR);
  take(["a", "b", "c"], 1, 0);
  take(["a"], 2, 1.5 * HOUR);
  expect(names()).toEqual(["a", "b", "c"]);
  take(["a"], 3, 2.9 * HOUR);
  take(["a"], 4, 3.1 * HOUR);
  expect(names()).toEqual(["a"]);
});

it("a series that an earlier life has used is not retired before its time", () => {
  const { db, take, retired } = open(100 * HOUR);
  take(["a", "b"], 1, 0);
  const next = createSeriesIndex(db, 3);
  expect(next.retire(1, 0)).toEqual([]);
  expect(next.retire(3, 0)).toEqual([1, 2]);
  expect(retired).toEqual([]);
});

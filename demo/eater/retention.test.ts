import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, reading, startEater } from "../testing/start-eater.ts";
import { toColumns } from "./columns.ts";
import { createCommitter } from "./commit.ts";
import { openDatabase, readMark } from "./database.ts";
import { createDeriver } from "./derive.ts";
import { createRetention, type RetentionSettings } from "./retention.ts";
import { createSeenIndex } from "./seen.ts";

function open() {
  const db = openDatabase(":memory:");
  const seen = createSeenIndex(db);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  return {
    db,
    count,
    commit: createCommitter(db, seen, { maxSeries: 1000 }),
    derive: createDeriver(db, seen, { window: 11, threshold: 6, warmUp: 5 }),
    offsets: () => db.prepare('SELECT "offset" FROM readings ORDER BY 1').pluck().all(),
    retainer: (settings: RetentionSettings) => {
      const retain = createRetention(db, settings);
      return (now: number, publishedTo: number, limit = 1000) => retain({ now, publishedTo, limit });
    },
  };
}

describe("retention", () => {
  it("drops what is old, published and derived, and still knows its duplicates", () => {
    const { db, commit, derive, offsets, retainer } = open();
    const retain = retainer({ readingsMs: 1000, minutesMs: 0 });
    commit(toColumns([[reading("a", 1), reading("a", 2)]]), 10_000);
    commit(toColumns([[reading("a", 3)]]), 20_000);
    expect(retain(30_000, 3)).toEqual({ rows: 0, more: false });
    derive(100);
    retain(30_000, 0);
    expect(offsets()).toEqual([1, 2, 3]);
    retain(20_500, 3);
    expect(offsets()).toEqual([3]);
    expect(commit(toColumns([[reading("a", 1), reading("a", 4)]]), 21_000)).toMatchObject({ from: 4, to: 4 });
    derive(100);
    retain(99_000, 4);
    expect(offsets()).toEqual([]);
    expect(readMark(db, "committed")).toBe(4);
    expect(commit(toColumns([[reading("a", 5)]]), 99_000)).toMatchObject({ from: 5, to: 5 });
  });

  it("keeps everything when it is told to", () => {
    const { count, commit, derive, retainer } = open();
    commit(toColumns([[reading("a", 1)]]), 0);
    derive(100);
    retainer({ readingsMs: 0, minutesMs: 0 })(Number.MAX_SAFE_INTEGER, 1);
    expect(count("readings")).toBe(1);
    expect(count("rollups")).toBe(2);
  });

  it("drops the same in passes of any size, none of them larger than it may be", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.nat(13), fc.integer({ min: 1, max: 60 }), (groups, old, limit) => {
        const { db, commit, derive, offsets, count, retainer } = open();
        let seq = 0;
        let expired = 0;
        for (const [index, size] of groups.entries()) {
          const rows = Array.from({ length: size }, (_, row) =>
            reading("a", seq + row + 1, { at: index * 1000 + seq + row + 1 }),
          );
          seq += size;
          commit(toColumns([rows]), index * 1000);
          if (index < old) expired = seq;
        }
        derive(10_000);
        const retain = retainer({ readingsMs: 1000, minutesMs: 0 });
        let before = count("readings");
        for (let more = true; more; ) {
          more = retain((old + 1) * 1000, seq, limit).more;
          expect(before - count("readings")).toBeLessThanOrEqual(limit);
          before = count("readings");
        }
        expect(offsets()).toEqual(Array.from({ length: seq - expired }, (_, index) => expired + index + 1));
        expect(count("commits")).toBe(Math.max(0, groups.length - old));
        const oldest = db.prepare("SELECT min(bucket) FROM rollups WHERE step = 1000").pluck().get();
        expect(oldest === null || (oldest as number) >= old * 1000).toBe(true);
        db.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe("an eater that takes more than a pass drops", () => {
  it("has dropped all that is old when it has run once, and commits meanwhile", async () => {
    let now = NOW;
    const test = await startEater({ retention: { readingsMs: 1000, minutesMs: 1000 }, clock: () => now });
    const batch = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => reading(`d-${index % 50}`, from + index));
    for (let from = 1; from < 90_000; from += 15_000) await test.eater.ingest(batch(from, 15_000));
    await expect.poll(() => test.eater.degraded()).toEqual([]);
    await test.eater.derive();
    now += 3_600_000;
    await expect
      .poll(async () => {
        const retained = test.eater.retain();
        await test.eater.ingest(batch(100_000, 1));
        await retained;
        return (await test.eater.batchAfter(0, 10))?.from;
      })
      .toBe(90_001);
    expect(
      (await test.eater.questions.rollups({ step: "minute", from: 0, to: NOW + 60_000, limit: 10 })).rollups,
    ).toEqual([]);
    await test.close();
  });
});

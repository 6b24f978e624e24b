import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../protocol.ts";
import { numberedReading } from "../testing/arbitraries.ts";
import { reading } from "../testing/start-eater.ts";
import { RowOutcome, toColumns } from "./columns.ts";
import { createCommitter } from "./commit.ts";
import { type Db, openDatabase } from "./database.ts";
import { createDeriver } from "./derive.ts";
import { createSeenIndex } from "./seen.ts";

const anomalies = { window: 11, threshold: 6, warmUp: 5 };

function life(db: Db, maxSeries = 1000) {
  const seen = createSeenIndex(db);
  return {
    commit: createCommitter(db, seen, { maxSeries }),
    derive: createDeriver(db, seen, anomalies),
  };
}

function storedRows(db: Db) {
  return db
    .prepare(
      'SELECT r."offset", s.source, r.seq FROM readings r JOIN series s ON s.id = r.series ORDER BY r."offset"',
    )
    .all() as { offset: number; source: string; seq: number }[];
}

type Step = { do: "commit"; readings: Reading[] } | { do: "derive" } | { do: "crash" };
const someSteps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(numberedReading, { maxLength: 30 })
        .map((readings): Step => ({ do: "commit", readings })),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "derive" }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "crash" }) },
  ),
  { maxLength: 15 },
);

describe("committing", () => {
  it("stores each (source, seq) once, first come, with gap-free offsets, across lives", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const db = openDatabase(":memory:");
        let { commit, derive } = life(db);
        const expected: string[] = [];
        for (const step of steps) {
          if (step.do === "derive") derive(10);
          // A new life over the same database: what only memory held is gone.
          else if (step.do === "crash") ({ commit, derive } = life(db));
          else {
            const before = expected.length;
            const { from, to, fates } = commit(toColumns([step.readings]), 0);
            step.readings.forEach(({ source, seq }, index) => {
              const key = `${source} ${seq}`;
              expect(fates[index]).toBe(expected.includes(key) ? RowOutcome.duplicate : RowOutcome.stored);
              if (!expected.includes(key)) expected.push(key);
            });
            expect([from, to]).toEqual([before + 1, expected.length]);
          }
        }
        const rows = storedRows(db);
        expect(rows.map(({ offset }) => offset)).toEqual(expected.map((_, index) => index + 1));
        expect(rows.map(({ source, seq }) => `${source} ${seq}`)).toEqual(expected);
        db.close();
      }),
      { numRuns: 60 },
    );
  });

  it("takes groups larger than one insert whole", () => {
    const db = openDatabase(":memory:");
    const { commit } = life(db);
    const readings = Array.from({ length: 1234 }, (_, index) => reading("a", index));
    expect(commit(toColumns([readings.slice(0, 700), readings.slice(700)]), 0)).toMatchObject({
      from: 1,
      to: 1234,
    });
    expect(storedRows(db).map(({ seq }) => seq)).toEqual(readings.map(({ seq }) => seq));
  });

  it("leaves nothing behind of a group that failed", () => {
    const db = openDatabase(":memory:");
    const { commit } = life(db);
    commit(toColumns([[reading("a", 1)]]), 0);
    db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON readings BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    const group = toColumns([[reading("a", 2), reading("new", 1)]]);
    expect(() => commit(group, 0)).toThrow("disk full");
    db.exec("DROP TRIGGER full");
    const { from, to, fates } = commit(group, 0);
    expect([from, to, ...fates]).toEqual([2, 3, RowOutcome.stored, RowOutcome.stored]);
  });
});

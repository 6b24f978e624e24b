import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postgresAccess } from "../app/postgres-access.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { defaultOptions } from "../options/options.ts";
import type { Batch, Reading } from "../protocol.ts";
import { unpackSnapshot } from "../snapshot/snapshot.ts";
import { latestOf } from "../testing/arbitraries.ts";
import { present } from "../testing/present.ts";
import { NOW, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../testing/start-postgres.ts";
import { RowOutcome } from "./columns.ts";
import { openDatabase } from "./database.ts";
import type { EaterSettings } from "./eater.ts";

/** A database of one kind, as tests need it. */
interface Place {
  settings: Pick<EaterSettings, "postgres"> & Partial<Pick<EaterSettings, "file">>;
  /** What stands in the table of stored readings, by offset. */
  offsets(): Promise<number[]>;
  /** Makes every insert of readings fail, or no longer. */
  break(isBroken: boolean): Promise<void>;
}

const programs = findPostgres();
let folder: string;
let server: TestPostgres | null = null;
let made = 0;

async function placeInSqlite(): Promise<Place> {
  made += 1;
  const file = join(folder, `${made}.db`);
  const db = openDatabase(file);
  db.close();
  const use = <T>(work: (opened: ReturnType<typeof openDatabase>) => T): T => {
    const opened = openDatabase(file);
    try {
      return work(opened);
    } finally {
      opened.close();
    }
  };
  return {
    settings: { postgres: null, file },
    offsets: async () =>
      use((opened) => opened.prepare('SELECT "offset" FROM readings ORDER BY 1').pluck().all() as number[]),
    break: async (isBroken) =>
      use((opened) => {
        opened.exec(
          isBroken
            ? "CREATE TRIGGER full BEFORE INSERT ON readings BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            : "DROP TRIGGER full",
        );
      }),
  };
}

async function placeInPostgres(): Promise<Place> {
  const running = present(server);
  const store = await running.createDatabase();
  return {
    settings: { postgres: postgresAccess({ ...defaultOptions(), store }) },
    async offsets() {
      const rows = await running.query(store, 'SELECT "offset"::int FROM sprintcast.readings ORDER BY 1');
      return rows.map(({ offset }) => offset as number);
    },
    async break(isBroken) {
      await running.query(
        store,
        isBroken
          ? `CREATE FUNCTION sprintcast.full() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
             CREATE TRIGGER full_disk BEFORE INSERT ON sprintcast.readings
               FOR EACH ROW EXECUTE FUNCTION sprintcast.full()`
          : "DROP FUNCTION sprintcast.full CASCADE",
      );
    },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
  if (programs) server = await startPostgres(programs);
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const kinds = [
  { kind: "SQLite", make: placeInSqlite, isThere: true },
  { kind: "PostgreSQL", make: placeInPostgres, isThere: programs !== null },
];

const someReading = fc
  .record({
    source: fc.constantFrom("a", "b", "c"),
    seq: fc.oneof(fc.nat(30), fc.nat(5000), fc.constantFrom(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 32, 1023, 1024)),
    metric: fc.constantFrom("t", "h"),
  })
  .map(({ source, seq, metric }): Reading => reading(source, seq, { metric }));

type Step = { do: "ingest"; readings: Reading[] } | { do: "derive" } | { do: "restart" };
const someSteps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(someReading, { minLength: 1, maxLength: 30 }).map(
        (readings): Step => ({
          do: "ingest",
          readings,
        }),
      ),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "derive" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "restart" }) },
  ),
  { minLength: 2, maxLength: 9 },
);

describe.each(kinds.filter(({ isThere }) => isThere))("an eater on $kind", ({ make }) => {
  let place: Place;
  let test: TestEater;
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => test.close());
  const start = async (changes: Parameters<typeof startEater>[0] = {}) => {
    test = await startEater({ ...place.settings, ...changes });
    return test;
  };

  it("stores each (source, seq) once, first come, with gap-free offsets, across lives", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        place = await make();
        await start();
        const expected: string[] = [];
        for (const step of steps) {
          if (step.do === "derive") await test.eater.derive();
          else if (step.do === "restart") {
            await test.close();
            await start();
          } else {
            const { fates, offset } = await test.eater.ingest(step.readings);
            step.readings.forEach(({ source, seq }, index) => {
              const key = `${source} ${seq}`;
              expect(fates[index]).toBe(expected.includes(key) ? RowOutcome.duplicate : RowOutcome.stored);
              if (!expected.includes(key)) expected.push(key);
            });
            expect(offset).toBe(expected.length);
          }
        }
        const batch = await test.eater.batchAfter(0, 10_000);
        const stored = batch?.readings.map(({ source, seq }) => `${source} ${seq}`) ?? [];
        await test.close();
        expect(stored).toEqual(expected);
        expect(await place.offsets()).toEqual(expected.map((_, index) => index + 1));
      }),
      { numRuns: 3 },
    );
  });

  it("takes a group larger than one insert whole, and gives back what it was given", async () => {
    await start();
    const readings = Array.from({ length: 1234 }, (_, index) =>
      reading(`d-${index % 7}`, index, { value: index % 3 === 0 ? -(index + 1) / 7 : 1e100 / (index + 1) }),
    );
    await test.eater.ingest(readings);
    const batch = await test.eater.batchAfter(0, 5000);
    expect(batch).toEqual({ epoch: test.eater.epoch(), from: 1, to: 1234, readings });
    expect((await test.eater.batchAfter(1200, 10))?.readings).toEqual(readings.slice(1200, 1210));
    expect(await test.eater.batchAfter(1234, 10)).toBeNull();
  });

  it("leaves nothing behind of a group that failed", async () => {
    await start({ maxSeries: 3 });
    await test.eater.ingest([reading("a", 1)]);
    await place.break(true);
    const group = [reading("a", 2), reading("new", 1), reading("newer", 1)];
    await expect(test.eater.ingest(group)).rejects.toThrow("disk full");
    expect(test.eater.troubles()).toEqual([expect.stringContaining("cannot commit")]);
    await place.break(false);
    const { fates, offset } = await test.eater.ingest(group);
    expect([offset, ...fates]).toEqual([4, RowOutcome.stored, RowOutcome.stored, RowOutcome.stored]);
    expect(test.eater.troubles()).toEqual([]);
  });

  it("refuses what would be more series than it may hold, and nothing else", async () => {
    await start({ maxSeries: 2 });
    const { fates } = await test.eater.ingest(
      ["a", "b", "c", "a"].map((source, index) => reading(source, index)),
    );
    expect([...fates]).toEqual([RowOutcome.stored, RowOutcome.stored, RowOutcome.refused, RowOutcome.stored]);
    expect((await test.eater.ingest([reading("c", 2)])).fates[0]).toBe(RowOutcome.refused);
  });

  it("derives rollups, latest values and anomalies, whatever comes late, across lives", async () => {
    const points = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200_000 }), value: fc.integer({ min: -50, max: 50 }) }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(points, fc.integer({ min: 1, max: 20 }), async (all, cut) => {
        place = await make();
        await start({ deriveChunk: cut });
        const readings = all.map((point, seq): Reading => ({ source: "a", seq, metric: "t", ...point }));
        const half = Math.ceil(readings.length / 2);
        await test.eater.ingest(readings.slice(0, half));
        await test.close();
        await start({ deriveChunk: cut });
        if (half < readings.length) await test.eater.ingest(readings.slice(half));
        await test.eater.derive();
        for (const [step, ms] of [
          ["second", 1000],
          ["minute", 60_000],
        ] as const) {
          const expected = [...Map.groupBy(all, ({ at }) => at - (at % ms))]
            .sort(([a], [b]) => a - b)
            .map(([bucket, group]) => {
              const values = group.map(({ value }) => value);
              const mean = values.reduce((a, b) => a + b, 0) / values.length;
              const bounds = { min: Math.min(...values), max: Math.max(...values) };
              return { source: "a", metric: "t", bucket, n: values.length, mean, ...bounds };
            });
          const asked = { step, from: 0, to: NOW, limit: 5000 };
          expect((await test.eater.questions.rollups(asked)).rollups).toEqual(expected);
        }
        const { epoch, offset, state } = unpackSnapshot(await test.eater.questions.snapshot());
        expect([epoch, offset, state]).toEqual([test.eater.epoch(), readings.length, latestOf(readings)]);
        await test.close();
      }),
      { numRuns: 2 },
    );
  });

  it("flags a spike after the usual values of an earlier life", async () => {
    await start();
    const usual = Array.from({ length: 30 }, (_, index) =>
      reading("a", index, { value: 20 + (index % 5) / 10 }),
    );
    await test.eater.ingest(usual);
    await test.eater.derive();
    await test.close();
    await start();
    await test.eater.ingest([reading("a", 50, { value: 80 })]);
    await test.eater.derive();
    expect(await test.eater.questions.anomalies(0, 10)).toMatchObject([
      { offset: 31, source: "a", metric: "temperature", value: 80 },
    ]);
    expect(await test.eater.questions.anomalies(31, 10)).toEqual([]);
  });

  it("pages rollups in order and once, however they are filtered", async () => {
    await start();
    const readings = Array.from({ length: 400 }, (_, index) =>
      reading(`s-${index % 80}`, index, { at: index * 700, metric: index % 2 === 0 ? "even" : "odd" }),
    );
    await test.eater.ingest(readings);
    await test.eater.derive();
    for (const step of ["second", "minute"] as const) {
      const whole = { step, from: 0, to: NOW, limit: 5000 };
      const { rollups: all } = await test.eater.questions.rollups(whole);
      for (const filter of [{}, { source: "s-3" }, { metric: "odd" }, { source: "s-4", metric: "even" }]) {
        const seen: unknown[] = [];
        for (let next: string | null = ""; next !== null; ) {
          const cursor: { after?: string } = next === "" ? {} : { after: next };
          const page = await test.eater.questions.rollups({ ...whole, ...filter, ...cursor, limit: 7 });
          expect(page.rollups.length).toBeLessThanOrEqual(7);
          seen.push(...page.rollups);
          next = page.next;
        }
        const isWanted = (rollup: { source: string; metric: string }) =>
          Object.entries(filter).every(([key, value]) => Reflect.get(rollup, key) === value);
        expect(seen).toEqual(all.filter(isWanted));
      }
    }
  });

  it("drops what is old, published and derived, with its series, and still knows its duplicates", async () => {
    let now = NOW;
    const hour = 3_600_000;
    await start({ retention: { readingsMs: hour, minutesMs: 3 * hour }, clock: () => now, maxSeries: 2 });
    await test.eater.ingest([reading("a", 1), reading("b", 1)]);
    now += hour;
    await test.eater.ingest([reading("a", 2)]);
    now += hour / 2;
    await test.eater.retain();
    expect(await place.offsets()).toEqual([1, 2, 3]);
    await test.eater.derive();
    await expect.poll(async () => (await test.eater.retain(), place.offsets())).toEqual([3]);
    expect((await test.eater.ingest([reading("a", 1), reading("c", 1)])).fates).toEqual(
      Uint8Array.of(RowOutcome.duplicate, RowOutcome.stored),
    );
    expect((await test.eater.ingest([reading("b", 2)])).fates[0]).toBe(RowOutcome.refused);
    await test.eater.derive();
    now += 9 * hour;
    await expect.poll(async () => (await test.eater.retain(), place.offsets())).toEqual([]);
    const everything = { from: 0, to: now, limit: 10 };
    for (const step of ["second", "minute"] as const) {
      expect((await test.eater.questions.rollups({ step, ...everything })).rollups).toEqual([]);
    }
    expect(unpackSnapshot(await test.eater.questions.snapshot()).state).toEqual({});
    expect((await test.eater.ingest([reading("a", 9), reading("z", 1)])).offset).toBe(6);
    expect(await place.offsets()).toEqual([5, 6]);
  });

  it("publishes each offset once, in order, also what it committed while the bus was away", async () => {
    const inner = createMemoryBus({ keepReadings: 1000 });
    const batches: Batch[] = [];
    await inner.subscribe(null, (batch) => batches.push(batch));
    let isAway = true;
    const bus = {
      ...inner,
      publish: async (batch: Batch) => {
        if (isAway) throw new Error("the bus is away");
        await inner.publish(batch);
      },
      close: async () => {},
    };
    await start({ bus });
    await test.eater.ingest([reading("a", 1), reading("a", 2)]);
    const epoch = test.eater.epoch();
    await test.close();
    isAway = false;
    await start({ bus });
    await test.eater.ingest([reading("a", 3)]);
    await expect
      .poll(() => batches.flatMap(({ readings }) => readings.map(({ seq }) => seq)))
      .toEqual([1, 2, 3]);
    expect(new Set(batches.map((batch) => batch.epoch))).toEqual(new Set([epoch]));
  });

  it("begins a new epoch where the bus holds what the database never gave out", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    await start();
    await test.eater.ingest([reading("a", 1)]);
    const epoch = test.eater.epoch();
    await test.close();
    await bus.publish({ epoch, from: 1, to: 2, readings: [reading("a", 1), reading("lost", 1)] });
    await start({ bus });
    await expect.poll(() => test.eater.epoch()).not.toBe(epoch);
    expect((await test.eater.ingest([reading("a", 2)])).offset).toBe(2);
    await expect.poll(() => bus.latest()).toEqual({ epoch: test.eater.epoch(), offset: 2 });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { postgresAccess } from "../app/postgres-access.ts";
import { defaultOptions } from "../options/options.ts";
import { NOW, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../testing/start-postgres.ts";

const hour = 3_600_000;
const day = 24 * hour;
const programs = findPostgres();
let server: TestPostgres | null = null;
beforeAll(async () => {
  if (programs) server = await startPostgres(programs);
}, 60_000);
afterAll(() => server?.close());

let running: TestEater | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

const stores: [name: string, postgres: () => Promise<TestEater["settings"]["postgres"]>][] = [
  ["SQLite", async () => null],
  ...(programs === null
    ? []
    : [
        [
          "PostgreSQL",
          async () =>
            postgresAccess({ ...defaultOptions(), store: (await server?.createDatabase()) ?? null }),
        ] satisfies (typeof stores)[number],
      ]),
];

describe.each(stores)("a clock that is set, on %s", (_, postgresOf) => {
  let now = NOW;
  let seq = 0;

  /** An eater that keeps readings for an hour. */
  async function start() {
    [now, seq] = [NOW, 0];
    const postgres = await postgresOf();
    const retention = { readingsMs: hour, minutesMs: 0 };
    running = await startEater({ postgres, retention, clock: () => now, maxAheadMs: 10 * 365 * day });
    const { eater } = running;
    return {
      eater,
      async commit() {
        seq += 1;
        return (await eater.ingest([reading("a", seq, { at: now })])).offset;
      },
      /** The oldest offset that is left; null: none is. */
      async kept() {
        await eater.derive();
        await expect.poll(() => eater.degraded()).toEqual([]);
        await eater.retain();
        return (await eater.batchAfter(0, 100))?.from ?? null;
      },
    };
  }

  it.each([
    ["ran ahead by a year", 365 * day],
    ["ran ahead by two days", 2 * day],
    ["ran ahead by half an hour", hour / 2],
  ])("%s, and was put back: commits go on, and all is dropped in its time", async (_name, jump) => {
    const { commit, kept } = await start();
    expect(await commit()).toBe(1);
    now = NOW + jump;
    expect(await commit()).toBe(2);
    now += hour / 12;
    expect(await commit()).toBe(3);
    now = NOW + hour / 4;
    for (const offset of [4, 5]) expect(await commit()).toBe(offset);
    expect(await kept()).toBe(1);
    now = NOW + 2 * hour;
    expect(await commit()).toBe(6);
    now += hour / 4;
    expect(await kept()).toBe(6);
    now = NOW + 4 * hour;
    expect(await commit()).toBe(7);
    expect(await kept()).toBe(7);
  });

  it("comes to the time at which it had been ahead, and drops nothing that is young", async () => {
    const { commit, kept } = await start();
    now = NOW + 2 * day;
    expect(await commit()).toBe(1);
    now = NOW;
    expect(await commit()).toBe(2);
    now = NOW + 2 * day;
    expect(await commit()).toBe(3);
    now += hour / 60;
    expect(await commit()).toBe(4);
    expect(await kept()).toBe(1);
    now += 2 * hour;
    expect(await commit()).toBe(5);
    expect(await kept()).toBe(5);
  });

  it("went back by a day: commits go on, gap-free", async () => {
    const { commit, kept } = await start();
    expect(await commit()).toBe(1);
    now = NOW - day;
    expect(await commit()).toBe(2);
    now = NOW - day + hour / 2;
    expect(await kept()).toBe(1);
    now = NOW + 3 * hour;
    expect(await commit()).toBe(3);
    now += hour / 2;
    expect(await kept()).toBe(3);
  });
});

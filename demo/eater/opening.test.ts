import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Gauge, Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { postgresAccess } from "../app/postgres-access.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { lockFile } from "../file-lock.ts";
import { defaultOptions } from "../options/options.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import { openFilesIn } from "../testing/open-files.ts";
import { eaterDefaults, NOW } from "../testing/start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../testing/start-postgres.ts";
import { openDatabase } from "./database.ts";
import { createEater, type EaterSettings } from "./eater.ts";
import { openQueries } from "./reader.ts";
import { openTokens } from "./tokens.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "opening-"));
  file = join(folder, "eater.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A database as an eater left it, with one thing amiss. */
function damage(sql: string): void {
  const db = openDatabase(file);
  db.exec(sql);
  db.close();
}

const open = (changes: Partial<EaterSettings> = {}, registry = new Registry()) =>
  createEater(
    { ...eaterDefaults, file, ...changes },
    {
      bus: createMemoryBus({ keepReadings: 100 }),
      snapshots: createMemorySnapshots(),
      clock: () => NOW,
      warn: () => {},
      registry,
    },
  );

function expectAllGivenBack(): void {
  expect(openFilesIn(folder) ?? []).toEqual([]);
  lockFile(file, "--db", 0)();
}

/** A setting that no thread can be given: the last step of opening a store fails. */
const unclonable = { maxSeries: (() => 1) as never };

/** Read once for the thread that writes; the eater, whose timers run by then, fails on it. */
function failingLate(): Partial<EaterSettings> {
  let reads = 0;
  return Object.defineProperty({}, "retainEveryMs", {
    enumerable: true,
    get() {
      reads += 1;
      if (reads > 1) throw new Error("too late");
      return 1000;
    },
  });
}

/** A registry in which the eater's names are taken. */
function takenRegistry(): Registry {
  const registry = new Registry();
  new Gauge({ name: "sprintcast_eater_offset", help: "taken", registers: [registry] });
  return registry;
}

describe("an eater that cannot open gives back all that it took", () => {
  it.each([
    ["no table of series", "DROP TABLE series"],
    ["no table of anomalies", "DROP TABLE anomalies"],
    ["no table of rollups", "DROP TABLE rollups"],
    ["no table of what was seen", "DROP TABLE seen"],
    ["no table of meta", "DROP TABLE meta"],
    ["a schema half made", "DELETE FROM migrations WHERE name = '001-readings'"],
    [
      "a table that nobody may write",
      "CREATE TRIGGER t BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'full'); END",
    ],
  ])("%s", async (_, sql) => {
    damage(sql);
    await expect(open()).rejects.toThrow();
    expectAllGivenBack();
  });

  it("a thread that cannot begin", async () => {
    await expect(open(unclonable)).rejects.toThrow();
    expectAllGivenBack();
  });

  it("a metric's name that is taken", async () => {
    await expect(open({}, takenRegistry())).rejects.toThrow(/sprintcast_eater_offset/);
    expectAllGivenBack();
  });

  it("its own last step", async () => {
    const made = vi.spyOn(globalThis, "setInterval");
    const cleared = vi.spyOn(globalThis, "clearInterval");
    onTestFinished(() => void vi.restoreAllMocks());
    const settings = { ...eaterDefaults, file };
    const late = Object.defineProperties(settings, Object.getOwnPropertyDescriptors(failingLate()));
    const opening = createEater(late, {
      bus: createMemoryBus({ keepReadings: 100 }),
      snapshots: createMemorySnapshots(),
      clock: () => NOW,
      warn: () => {},
    });
    await expect(opening).rejects.toThrow("too late");
    const timers = made.mock.results.map(({ value }) => value);
    expect(timers.length).toBeGreaterThan(0);
    expect(cleared.mock.calls.map(([timer]) => timer)).toEqual(expect.arrayContaining(timers));
    expectAllGivenBack();
  });

  it("and one that can, at its end", async () => {
    const eater = await open();
    expect((openFilesIn(folder) ?? [file]).length).toBeGreaterThan(0);
    await eater.close();
    expectAllGivenBack();
  });
});

describe("a connection that cannot be prepared is closed", () => {
  it.each([
    ["for questions", "DROP TABLE rollups", openQueries],
    ["for tokens", "DROP TABLE meta", openTokens],
    ["for writing", "DELETE FROM migrations", openDatabase],
  ])("%s", (_, sql, openIt) => {
    damage(sql);
    expect(() => openIt(file)).toThrow();
    expect(openFilesIn(folder) ?? []).toEqual([]);
  });
});

const programs = findPostgres();
describe.skipIf(programs === null)("on PostgreSQL", () => {
  let server: TestPostgres;
  beforeAll(async () => {
    if (programs) server = await startPostgres(programs);
  }, 60_000);
  afterAll(() => server?.close());

  it("an eater that cannot open leaves no connection behind", async () => {
    const store = await server.createDatabase();
    const postgres = postgresAccess({ ...defaultOptions(), store });
    await expect(open({ postgres, ...unclonable })).rejects.toThrow();
    await expect(open({ postgres }, takenRegistry())).rejects.toThrow(/sprintcast_eater_offset/);
    const sql = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'sprintcast-eater'";
    await expect.poll(async () => (await server.query(store, sql))[0]?.n).toBe(0);
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { postgresAccess } from "../app/postgres-access.ts";
import { openDatabase } from "../eater/database.ts";
import type { Eater, EaterSettings } from "../eater/eater.ts";
import { defaultOptions } from "../options/options.ts";
import { present } from "./present.ts";
import { startEater, type TestEater } from "./start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "./start-postgres.ts";

/** A database of one kind, as tests need it. */
export interface Place {
  settings: Pick<EaterSettings, "postgres"> & Partial<Pick<EaterSettings, "file">>;
  /** What stands in the table of stored readings, by offset. */
  offsets(): Promise<number[]>;
  /** Makes every insert of readings fail, or no longer. */
  break(isBroken: boolean): Promise<void>;
}

async function placeInSqlite(file: string): Promise<Place> {
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

async function placeInPostgres(running: TestPostgres): Promise<Place> {
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

/** An eater that tests start, stop and start again on one place. */
export interface EaterOnPlace {
  place: Place;
  eater: Eater;
  start: (changes?: Parameters<typeof startEater>[0]) => Promise<void>;
  close: () => Promise<void>;
  /** Goes on with a database of its own, for one more case of a property. */
  useNewPlace: () => Promise<void>;
}

/** Runs the same tests on each kind of database that this machine has. */
export function onEachStore(name: string, tests: (on: EaterOnPlace) => void): void {
  const programs = findPostgres();
  let folder: string;
  let server: TestPostgres | null = null;
  let made = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "store-"));
    if (programs) server = await startPostgres(programs);
  });
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const kinds = [
    { kind: "SQLite", make: () => placeInSqlite(join(folder, `${made++}.db`)) },
    ...(programs ? [{ kind: "PostgreSQL", make: () => placeInPostgres(present(server)) }] : []),
  ];
  describe.each(kinds)(`${name} $kind`, ({ make }) => {
    let place: Place;
    let running: TestEater;
    beforeEach(async () => {
      place = await make();
    });
    afterEach(() => running.close());
    tests({
      get place() {
        return place;
      },
      get eater() {
        return running.eater;
      },
      async start(changes = {}) {
        running = await startEater({ ...place.settings, ...changes });
      },
      close: () => running.close(),
      async useNewPlace() {
        place = await make();
      },
    });
  });
}

import { randomUUID } from "node:crypto";
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { makeFolder } from "../file-lock.ts";
import { orClose } from "../opened.ts";

export type Db = Database.Database;

interface Migration {
  name: string;
  sql: string;
}

const migrations: Migration[] = [
  {
    name: "001-readings",
    sql: `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE series (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, metric TEXT NOT NULL,
        at INTEGER, value REAL, "offset" INTEGER, UNIQUE (source, metric)
      ) STRICT;
      CREATE TABLE readings (
        "offset" INTEGER PRIMARY KEY, series INTEGER NOT NULL, seq INTEGER NOT NULL,
        at INTEGER NOT NULL, value REAL NOT NULL
      ) STRICT;
      CREATE TABLE commits ("to" INTEGER PRIMARY KEY, "from" INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
      CREATE TABLE seen (
        source TEXT NOT NULL, block INTEGER NOT NULL, bits BLOB NOT NULL, PRIMARY KEY (source, block)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE rollups (
        step INTEGER NOT NULL, series INTEGER NOT NULL, bucket INTEGER NOT NULL,
        n INTEGER NOT NULL, sum REAL NOT NULL, min REAL NOT NULL, max REAL NOT NULL,
        PRIMARY KEY (step, bucket, series)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE anomalies (
        "offset" INTEGER PRIMARY KEY, series INTEGER NOT NULL, at INTEGER NOT NULL, value REAL NOT NULL,
        score REAL NOT NULL, median REAL NOT NULL, mad REAL NOT NULL
      ) STRICT;
      CREATE TABLE tokens (name TEXT PRIMARY KEY, hash BLOB NOT NULL, created_at INTEGER NOT NULL) STRICT;
    `,
  },
  {
    name: "002-minutes-by-series",
    // Of minutes alone: they are kept longest, and one for seconds would halve the rate at which all is derived.
    sql: "CREATE INDEX minutes_by_series ON rollups (series, bucket) WHERE step = 60000",
  },
  {
    name: "003-series-retire",
    sql: `
      ALTER TABLE series ADD COLUMN retired INTEGER;
      CREATE INDEX retired_series ON series (retired) WHERE retired IS NOT NULL`,
  },
];

/**
 * Opens the eater's database, brings its schema up to date and gives it an epoch on first sight.
 * WAL with synchronous=FULL: in WAL mode NORMAL may lose the last commits when power fails, and an acked reading
 * must survive that too (https://sqlite.org/pragma.html#pragma_synchronous). The group commit pays for the sync.
 */
export function openDatabase(file: string): Db {
  if (file !== ":memory:") makeFolder(dirname(file));
  return orClose(new Database(file), (db) => {
    db.pragma("busy_timeout = 5000");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    // 32 MB: pages that many commits touch are then written back once instead of after every few commits.
    db.pragma("wal_autocheckpoint = 8000");
    migrate(db);
    return db;
  });
}

/** A second connection for questions beside the writer's; the file must exist. */
export function openReader(file: string): Db {
  return orClose(new Database(file, { readonly: true, fileMustExist: true }), (db) => {
    db.pragma("busy_timeout = 5000");
    return db;
  });
}

function migrate(db: Db): void {
  // IMMEDIATE: two processes that open a new file at once (eater and `token add`) must not both migrate it.
  db.transaction(() => {
    db.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT");
    const done = new Set(db.prepare("SELECT name FROM migrations").pluck().all());
    for (const { name, sql } of migrations) {
      if (done.has(name)) continue;
      db.exec(sql);
      db.prepare("INSERT INTO migrations VALUES (?)").run(name);
    }
    db.prepare("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)").run(randomUUID());
    db.prepare("INSERT OR IGNORE INTO meta VALUES ('committed', 0), ('derived', 0), ('seen', 0)").run();
  }).immediate();
}

export function readEpoch(db: Db): string {
  return db.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get() as string;
}

/** Begins a new epoch. Offsets go on from where they are. */
export function renewEpoch(db: Db): string {
  const epoch = randomUUID();
  db.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(epoch);
  return epoch;
}

/**
 * How far, in offsets: `committed` were given out, `derived` are in rollups and anomalies, `seen` are in the table of
 * seen sequence numbers.
 */
type Mark = "committed" | "derived" | "seen";

export function readMark(db: Db, key: Mark): number {
  return db.prepare("SELECT value FROM meta WHERE key = ?").pluck().get(key) as number;
}

export function writeMark(db: Db, key: Mark, value: number): void {
  db.prepare("UPDATE meta SET value = ? WHERE key = ?").run(value, key);
}

/**
 * Notes that the database is in use, in the file itself and not only in its log. Says whether it was in use when it
 * was last seen although no log lies beside it: then it was copied, or moved, without the log, and what was committed
 * last is not in it.
 * @param hadLog whether there was one before the database was opened
 */
export function beginUse(db: Db, hadLog: boolean): { isStale: boolean } {
  const wasInUse = db.prepare("SELECT value FROM meta WHERE key = 'in-use'").pluck().get() === 1;
  db.prepare("INSERT INTO meta VALUES ('in-use', 1) ON CONFLICT (key) DO UPDATE SET value = 1").run();
  db.pragma("wal_checkpoint(PASSIVE)");
  return { isStale: wasInUse && !hadLog };
}

/** Notes that all is in the file, or will be when the last connection closes. */
export function endUse(db: Db): void {
  db.prepare("UPDATE meta SET value = 0 WHERE key = 'in-use'").run();
}

/** Whether a log with commits lies beside the database, which SQLite folds into it when it is opened. */
export function hasLog(file: string): boolean {
  if (!existsSync(file)) return false;
  return (statSync(`${realpathSync.native(file)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Commits a few pages, as readings would need them. @throws SqliteError where the store takes none */
export function tryCommit(db: Db): void {
  db.prepare(
    "INSERT INTO meta VALUES ('trial', randomblob(65536)) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  ).run();
}

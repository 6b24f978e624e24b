import type { Database } from "better-sqlite3";
import { exitCodes, StoreError } from "../errors.ts";

/** A named change of the schema. Names are forever: one that was shipped is never edited, only followed. */
export interface Migration {
  name: string;
  up: string;
}

/** "SPRC" as a number: marks a SQLite file as ours (https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x53_50_52_43;

/**
 * Applies the migrations that `db` has not seen, in order, in one transaction.
 * Errors (StoreError): `store-foreign` for another program's database, `store-newer` where a later version of
 * the program already migrated it.
 */
export function migrate(db: Database, migrations: readonly Migration[], file: string): void {
  if (isCurrent(db, migrations)) return;
  db.transaction(() => {
    const known = appliedNames(db, file);
    const newer = [...known].filter((name) => !migrations.some((migration) => migration.name === name));
    if (newer.length > 0) {
      throw new StoreError("store-newer", `${file} was written by a newer version (it has "${newer[0]}")`, {
        hint: "update sprintcast, or sync into another file with --db",
        exitCode: exitCodes.usage,
      });
    }
    db.pragma(`application_id = ${applicationId}`);
    createMigrationList(db);
    const record = db.prepare("INSERT INTO migration (name) VALUES (?)");
    for (const migration of migrations) {
      if (known.has(migration.name)) continue;
      db.exec(migration.up);
      record.run(migration.name);
    }
  }).immediate();
}

export function createMigrationList(db: Database): void {
  db.exec("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID");
}

/** A reader beside a busy writer must not ask for the write lock when there is nothing to apply. */
function isCurrent(db: Database, migrations: readonly Migration[]): boolean {
  if (db.pragma("application_id", { simple: true }) !== applicationId) return false;
  const names = db.prepare("SELECT name FROM migration").pluck().all() as string[];
  return names.length === migrations.length && migrations.every(({ name }) => names.includes(name));
}

function appliedNames(db: Database, file: string): Set<string> {
  const id = db.pragma("application_id", { simple: true });
  if (id === applicationId) {
    return new Set(db.prepare("SELECT name FROM migration").pluck().all() as string[]);
  }
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number;
  if (id !== 0 || tables > 0) {
    throw new StoreError("store-foreign", `${file} is a database of another program`, {
      hint: "name a file of sprintcast's, or one that does not exist yet, with --db",
      exitCode: exitCodes.usage,
    });
  }
  return new Set();
}

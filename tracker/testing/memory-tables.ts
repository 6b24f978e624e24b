import Database from "better-sqlite3";
import { type Migration, migrate } from "../store/migrate.ts";
import { type Words, wordMigrations, words } from "../store/string-pool.ts";

/** A database in memory with the tables of some migrations alone, and the names that they mean by number. */
export function memoryTables(...migrations: Migration[]): { db: Database.Database; dictionary: Words } {
  const db = new Database(":memory:");
  migrate(db, [...wordMigrations, ...migrations], ":memory:");
  return { db, dictionary: words(db) };
}

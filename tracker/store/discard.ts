import { rmSync } from "node:fs";
import Database from "better-sqlite3";

/**
 * Removes a database into which no repository was ever read, unless another process has it open, which may be about to
 * write into it. True where it is gone. Throws nothing: at worst an empty file stays, and is told as such.
 */
export function discardBare(file: string): boolean {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: 0, fileMustExist: true });
    // SQLite leaves the write-ahead log only where nobody else has the file open.
    if (db.pragma("journal_mode = DELETE", { simple: true }) !== "delete") return false;
    db.exec("BEGIN EXCLUSIVE");
    if (!isBare(db)) return false;
    rmSync(file);
    return true;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** One that has tables of a second repository was used before. */
function isBare(db: Database.Database): boolean {
  const has = (sql: string) => db.prepare(sql).get() !== undefined;
  // On a full disk not even the tables were made.
  if (!has("SELECT 1 FROM sqlite_master")) return true;
  return (
    !has("SELECT 1 FROM sync_state WHERE key = 'repository'") && !has("SELECT 1 FROM repository_set LIMIT 1")
  );
}

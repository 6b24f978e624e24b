import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { FileLockError, isDiskFull, makeFolder } from "../file-lock.ts";
import { endUse, openReader, readMark, renewEpoch } from "./database.ts";

/** More pages than a database has: all in one step, and so as of one instant, however much is committed meanwhile. */
const ALL_PAGES = 2_147_483_647;

export interface Backup {
  /** Readings in the copy, and the last offset given out. */
  readings: number;
  offset: number;
}

/**
 * Copies the database into `copy` as of one instant, while an eater may work in it, by SQLite's online backup. The copy
 * is checked whole, and is a single file. It begins a new epoch: what is committed after this instant is not in it, and
 * its offsets will be given to other readings.
 * @throws FileLockError where `copy` is there already, or cannot be written, or the database, and so its copy, is damaged
 */
export async function backUp(file: string, copy: string): Promise<Backup> {
  if (existsSync(copy))
    throw new FileLockError("FILE_UNUSABLE", `${copy} is there already; name another file`);
  const partial = `${copy}.partial`;
  const source = openReader(file);
  try {
    makeFolder(dirname(copy));
    rmSync(partial, { force: true });
    await source.backup(partial, { progress: () => ALL_PAGES });
    const backup = finish(partial, file);
    renameSync(partial, copy);
    return backup;
  } catch (error) {
    throw isOfCopy(error) ? unwritable(copy, error) : error;
  } finally {
    source.close();
    for (const rest of ["", "-wal", "-shm"]) rmSync(`${partial}${rest}`, { force: true });
  }
}

/** The source is only read: what a disk or folder refuses is about the copy. */
const isOfCopy = (error: unknown): error is Error =>
  error instanceof Error &&
  "code" in error &&
  /^(SQLITE_(FULL|CANTOPEN|READONLY|PERM|IOERR_(WRITE|FSYNC|TRUNCATE))|E[A-Z]+$)/.test(String(error.code));

function unwritable(copy: string, cause: Error): FileLockError {
  const message = `${copy} cannot be written (${cause.message}); make room, or name a file elsewhere`;
  return new FileLockError(isDiskFull(cause) ? "DISK_FULL" : "FILE_UNUSABLE", message, { cause });
}

function finish(partial: string, file: string): Backup {
  const db = new Database(partial);
  try {
    const [first] = db.pragma("integrity_check(1)") as { integrity_check: string }[];
    if (first?.integrity_check !== "ok") {
      const message = `${file} is damaged (${first?.integrity_check}); no copy was made; put back an earlier one`;
      throw new FileLockError("FILE_DAMAGED", message);
    }
    endUse(db);
    renewEpoch(db);
    const readings = db.prepare("SELECT count(*) FROM readings").pluck().get() as number;
    return { readings, offset: readMark(db, "committed") };
  } finally {
    db.close();
  }
}

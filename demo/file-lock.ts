import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { DemoError } from "./errors.ts";

/** A file that a program was told to work in cannot be used, or belongs to another process. */
export class FileLockError extends DemoError<"FILE_UNUSABLE" | "FILE_LOCKED"> {
  override name = "FileLockError";
}

// A process that is just ending is waited for.
const HANDOVER_MS = 2000;

/**
 * Takes `file` for this process alone, until the returned function is called or the process ends, however it ends:
 * the lock is the operating system's, on an empty SQLite file beside it. Makes the folder where there is none.
 * @param flag the option that named the file, for the message
 * @throws FileLockError
 */
export function lockFile(file: string, flag: string): () => void {
  return useFile(file, flag, () => {
    mkdirSync(dirname(file), { recursive: true });
    const lock = new Database(`${file}.lock`, { timeout: HANDOVER_MS });
    try {
      // No journal beside it: nothing is ever written.
      lock.pragma("journal_mode = MEMORY");
      lock.exec("BEGIN EXCLUSIVE");
    } catch (cause) {
      lock.close();
      if (!(cause instanceof Database.SqliteError) || cause.code !== "SQLITE_BUSY") throw cause;
      const message = `${flag}: another process works in ${file}; stop it, or name another file`;
      throw new FileLockError("FILE_LOCKED", message, { cause });
    }
    return () => lock.close();
  });
}

/** Runs `open`, and says which file and option a failure is about. @throws FileLockError */
export function useFile<T>(file: string, flag: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw fileLockError(file, flag, error);
  }
}

export function fileLockError(file: string, flag: string, cause: unknown): FileLockError {
  if (cause instanceof FileLockError) return cause;
  const message = `${flag}: ${file} cannot be used (${cause instanceof Error ? cause.message : cause}); name a file in a folder that can be written`;
  return new FileLockError("FILE_UNUSABLE", message, { cause });
}

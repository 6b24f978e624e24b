import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import Database from "better-sqlite3";
import { DemoError } from "./errors.ts";

/** A file that a program was told to work in cannot be used, or belongs to another process. */
export class FileLockError extends DemoError<"FILE_UNUSABLE" | "FILE_LOCKED" | "FILE_DAMAGED" | "DISK_FULL"> {
  override name = "FileLockError";
}

// A process that is just ending is waited for.
const HANDOVER_MS = 2000;

/**
 * Takes `file` for this process alone, until the returned function is called or the process ends, however it ends:
 * the lock is the operating system's, on an empty SQLite file beside it. Makes the folder where there is none. Whatever
 * the file is called, by links too, the lock is the same.
 * @param flag the option that named the file, for the message
 * @param patienceMs how long another process may take to end
 * @throws FileLockError
 */
export function lockFile(file: string, flag: string, patienceMs = HANDOVER_MS): () => void {
  return useFile(file, flag, () => {
    makeFolder(dirname(file));
    const real = realFile(file);
    const why = sharedWith(real);
    if (why !== null) throw new FileLockError("FILE_UNUSABLE", `${flag}: ${file} ${why}`);
    const lock = new Database(`${real}.lock`, { timeout: patienceMs });
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

/** Makes a folder and those that it lies in. Node's own way of it has no end where a folder can hold none (/proc). */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  // A root that is missing, as a drive that is gone, is its own parent.
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    // Another process was quicker.
    if (isThere && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    throw error;
  }
}

/** Why a lock beside a file would not keep others from it; null where it would. */
function sharedWith(real: string): string | null {
  const stat = statSync(real, { throwIfNoEntry: false });
  if (!stat) return null;
  if (!stat.isFile()) return "is no file; name one in a folder that can be written";
  if (stat.nlink > 1)
    return "has a second name (a hard link), by which another process could work in it; copy it instead";
  return isMounted(real)
    ? "is mounted alone, and so has its lock and its log elsewhere; mount the folder that it lies in"
    : null;
}

/** Whether a file, and not a folder above it, is where something was mounted. Known on Linux alone. */
function isMounted(real: string): boolean {
  const table = "/proc/self/mountinfo";
  if (!existsSync(table)) return false;
  const escaped = real.replace(/[\s\\]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return readFileSync(table, "utf8")
    .split("\n")
    .some((line) => line.split(" ")[4] === escaped);
}

/** The file that `file` leads to, there or not. As the system sees it: `..` leads up from where a link has led. */
function realFile(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const folder = realpathSync.native(dirname(file));
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink) return join(folder, basename(file));
  const target = readlinkSync(file);
  return realFile(isAbsolute(target) ? target : `${folder}/${target}`);
}

/** @throws FileLockError where there is no such file */
export function mustExist(file: string, flag: string): void {
  if (existsSync(file)) return;
  throw new FileLockError(
    "FILE_UNUSABLE",
    `${flag}: there is no ${file}; name the file that an eater works in`,
  );
}

/** Runs `open`, and says which file and option a failure is about. @throws FileLockError */
export function useFile<T>(file: string, flag: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    // What is told already, as of a token, is no failure of the file.
    if (error instanceof DemoError) throw error;
    throw fileLockError(file, flag, error);
  }
}

export function fileLockError(file: string, flag: string, cause: unknown): FileLockError {
  if (cause instanceof FileLockError) return cause;
  if (cause instanceof Error && cause.message.includes("malformed")) {
    const message = `${flag}: ${file} is damaged (${cause.message}); put back a copy that \`eater backup\` made`;
    return new FileLockError("FILE_DAMAGED", message, { cause });
  }
  if (isDiskFull(cause)) {
    const message = `${flag}: ${file} has no room (${cause.message}); make some, nothing in it is lost`;
    return new FileLockError("DISK_FULL", message, { cause });
  }
  const message = `${flag}: ${file} cannot be used (${cause instanceof Error ? cause.message : cause}); name a file in a folder that can be written`;
  return new FileLockError("FILE_UNUSABLE", message, { cause });
}

/** Goes by with time: a service that ends of it is to be started again, as for no other trouble with a file. */
export function isDiskFull(error: unknown): error is Error {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return ["ENOSPC", "EDQUOT", "SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"].includes(String(error.code));
}

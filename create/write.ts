import { randomUUID } from "node:crypto";
import { link, lstat, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CreateError, exitCodes } from "./errors.ts";
import type { PlannedFile } from "./plan.ts";
import { safeText } from "./safe-text.ts";

export interface Written {
  /** Paths that were made, as planned. */
  made: string[];
  /** What was there already and stays as it is, with its text; null: no file that can be read. `path` is that of what was found. */
  kept: { path: string; text: string | null }[];
}

/**
 * Writes what is not there yet. Throws CreateError `file-refused` before anything is written where something stands in a
 * folder's place.
 * Each file appears whole or not at all, so a run that was stopped is completed by the next.
 */
export async function writeFiles(
  dir: string,
  files: readonly PlannedFile[],
  signal: AbortSignal,
): Promise<Written> {
  const written: Written = { made: [], kept: [] };
  for (const { path } of files) await requireWay(dirname(join(dir, path)));
  for (const file of files) {
    if (signal.aborted) throw interrupted();
    try {
      const folder = dirname(join(dir, file.path));
      await makeFolder(folder);
      const name = await nameThere(folder, file);
      if (name === null && (await createWhole(join(dir, file.path), file.text))) written.made.push(file.path);
      else {
        const path = join(dirname(file.path), name ?? basename(file.path)).replaceAll("\\", "/");
        written.kept.push({ path, text: await textOf(join(dir, path)) });
      }
    } catch (error) {
      throw refusal(error);
    }
  }
  return written;
}

export const interrupted = (): CreateError =>
  new CreateError("interrupted", "interrupted", "What was made stays; the same command completes it.", {
    exitCode: exitCodes.interrupted,
  });

/** Nothing but folders may stand on the way to a folder. */
async function requireWay(folder: string): Promise<void> {
  const above = dirname(folder);
  if (above !== folder) await requireWay(above);
  if (await isFolderOrNothing(folder)) return;
  const isDead = (await stat(folder).catch(() => null)) === null;
  throw new CreateError(
    "file-refused",
    `${safeText(folder)}: ${isDead ? "a link that leads nowhere" : "a file"} is there already, not a folder`,
    "Move it away or name another folder, and run it again.",
  );
}

/** One by one: Node's own way to make all at once never ends where the system says ENOENT of a folder that is there. */
async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) return;
  const above = dirname(folder);
  // A root that is missing, as a drive that is gone, is its own parent.
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

async function isFolderOrNothing(path: string): Promise<boolean> {
  const found = await stat(path)
    .catch(() => lstat(path))
    .catch(() => null);
  return found === null || found.isDirectory();
}

async function nameThere(folder: string, { path, standIn }: PlannedFile): Promise<string | null> {
  const names = await readdir(folder);
  if (names.includes(basename(path))) return basename(path);
  return names.sort().find((name) => standIn?.test(name)) ?? null;
}

/** false where something has this name. A link, unlike a rename, replaces nothing. */
async function createWhole(file: string, text: string): Promise<boolean> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      // Some file systems have no hard links.
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(error.code ?? "")) throw error;
      return writeFile(file, text, { flag: "wx" });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** null where it is no file that can be read: it is kept all the same. */
const textOf = (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);

const says: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your quota is used up",
  EEXIST: "a file is there already, not a folder",
  ENOENT: "nothing can be made there",
  ENOTDIR: "a part of the path is not a folder",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "links lead in a circle",
};

/** What the system refused to do with a file, in words; any other error as it is. */
function refusal(error: unknown): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof CreateError || syscall === undefined || code === undefined) return error;
  return new CreateError(
    "file-refused",
    `${safeText(path ?? syscall)}: ${says[code] ?? `the system refuses it (${code})`}`,
    "Name another folder, or give yourself the right to this one, and run it again.",
    { cause: error },
  );
}

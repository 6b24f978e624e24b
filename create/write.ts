import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CreateError, exitCodes } from "./errors.ts";
import type { PlannedFile } from "./plan.ts";
import { safeText } from "./safe-text.ts";

export interface Written {
  /** Paths that were made, as planned. */
  made: string[];
  /** What was there already and stays as it is, with its text. `path` is that of the file found. */
  kept: { path: string; text: string }[];
}

/** Writes what is not there yet. Each file appears whole or not at all, so a run that was stopped is completed by the next. */
export async function writeFiles(
  dir: string,
  files: readonly PlannedFile[],
  signal: AbortSignal,
): Promise<Written> {
  const written: Written = { made: [], kept: [] };
  for (const file of files) {
    if (signal.aborted) throw interrupted();
    try {
      const folder = dirname(join(dir, file.path));
      await mkdir(folder, { recursive: true });
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

/** "" where it is no file that can be read: it is kept all the same. */
const textOf = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");

const says: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your quota is used up",
  EEXIST: "a file is there already, expected a folder",
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
    `${safeText(path ?? syscall)}: ${says[code] ?? code}`,
    "Name another folder, or give yourself the right to this one, and run it again.",
    { cause: error },
  );
}

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** What Astro leaves alone when it empties a folder of built pages: it may be a checkout of its own. */
const kept = ".git";

/** Where the former site lies while the new one takes its place: beside it, so that a rename is enough. */
const formerOf = (out: string): string => join(dirname(out), `.${basename(out)}.former`);

/** Reasons for which a folder cannot be renamed and its files can be copied all the same: a mount, another disk. */
const cannotMove = new Set(["EXDEV", "EBUSY", "EPERM", "EACCES"]);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

/**
 * Puts the whole site in `staged` in the place of the one in `out`. Two renames, so that nobody sees half of either;
 * where `out` cannot be renamed (a mounted folder), file by file, and what is no more goes last. A `.git` in `out`
 * stays. Whatever fails, the former site is there.
 */
export async function swapIn(staged: string, out: string): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  await putBack(out);
  try {
    await exchange(staged, out, formerOf(out));
  } catch (error) {
    if (!cannotMove.has(codeOf(error))) throw error;
    await copyOver(staged, out);
    await rm(staged, { recursive: true, force: true });
  }
}

/** Brings back the site of a build that was killed between its two renames. */
export async function putBack(out: string): Promise<void> {
  const former = formerOf(out);
  if (!existsSync(former)) return;
  if (existsSync(out)) await rm(former, { recursive: true, force: true });
  else await rename(former, out);
}

async function exchange(staged: string, out: string, former: string): Promise<void> {
  const isFirst = !existsSync(out);
  if (!isFirst) await rename(out, former);
  try {
    await renameOver(staged, out);
    if (existsSync(join(former, kept))) await rename(join(former, kept), join(out, kept));
  } catch (error) {
    if (!isFirst && existsSync(former)) {
      // Only a rename that fell between two others leaves something here.
      if (existsSync(out)) await rename(out, staged);
      await rename(former, out);
    }
    throw error;
  }
  await rm(former, { recursive: true, force: true });
}

/** Two builds at once: the one that comes last takes the place of the other, which has just put its own there. */
async function renameOver(staged: string, out: string): Promise<void> {
  for (let left = 5; ; left -= 1)
    try {
      return await rename(staged, out);
    } catch (error) {
      if (left === 0 || !["ENOTEMPTY", "EEXIST"].includes(codeOf(error))) throw error;
      await rm(out, { recursive: true, force: true });
      await wait(20);
    }
}

async function copyOver(staged: string, out: string): Promise<void> {
  await cp(staged, out, { recursive: true, force: true });
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const inside = relative(out, path);
    if (inside === kept || inside.startsWith(`${kept}/`) || existsSync(join(staged, inside))) continue;
    await rm(path, { recursive: true, force: true });
  }
}

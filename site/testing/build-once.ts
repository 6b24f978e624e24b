import { access, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";

/** A folder's name says what it is, for which state of the sources: `NAME-KEY`. */
export interface Wanted {
  home: string;
  name: string;
  key: string;
  /** Writes everything into `out`, which does not exist yet. */
  build: (out: string) => Promise<void>;
}

/** Other states of a site unused for this long are removed; until then another run may be reading them. */
const kept = 3_600_000;

/**
 * The folder with what `build` writes, built once however many processes ask at a time. It gets its name only when it
 * is whole, so that a build that failed or was killed is never taken for one; what such a build left is removed.
 */
export async function buildOnce({ home, name, key, build }: Wanted): Promise<string> {
  const dir = join(home, `${name}-${key}`);
  await mkdir(home, { recursive: true });
  const release = await lock(join(home, `${name}.lock`));
  try {
    const building = join(home, `${name}.building`);
    await rm(building, { recursive: true, force: true });
    if (!(await exists(dir))) {
      await build(building);
      await rename(building, dir);
    }
    await utimes(dir, new Date(), new Date());
    await removeUnused(dir, name);
  } finally {
    release();
  }
  return dir;
}

/** SQLite's lock on a file: the system drops it when its holder dies, so that nobody waits for a dead process. */
export async function lock(file: string): Promise<() => void> {
  const database = new Database(file, { timeout: 0 });
  for (;;) {
    try {
      database.exec("BEGIN EXCLUSIVE");
      return () => database.close();
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error;
      await sleep(100);
    }
  }
}

async function removeUnused(dir: string, name: string): Promise<void> {
  const home = dirname(dir);
  for (const entry of await readdir(home)) {
    const path = join(home, entry);
    if (path === dir || !entry.startsWith(`${name}-`)) continue;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > kept) await rm(path, { recursive: true, force: true });
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

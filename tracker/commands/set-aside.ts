import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { sampleRepository } from "../sample/repository.ts";
import { openStore } from "../store/open.ts";

/**
 * Moves a database that holds the bundled example's history to `example.db` beside it, so that a team's own can take
 * its place: who tries `npm start` first has one. Null, and nothing is touched, where it holds anything else.
 */
export function setExampleAside(file: string): string | null {
  const store = openStore(file, { mustExist: true });
  const held = store.repository();
  store.close();
  if (held !== sampleRepository) return null;
  const aside = join(dirname(file), "example.db");
  for (const part of ["", "-wal", "-shm"]) {
    rmSync(`${aside}${part}`, { force: true });
    if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
  }
  return aside;
}

import { exitCodes, StoreError } from "../errors.ts";
import type { Tables } from "./tables.ts";

const key = "repository";
const formerKey = "repository.former";

export function repositoryOf({ syncState }: Tables): string | null {
  return syncState.get(key);
}

export function setRepository(tables: Tables, file: string, name: string): void {
  tables.transaction(() => {
    const known = repositoryOf(tables);
    if (known !== null && known.toLowerCase() !== name.toLowerCase()) {
      throw new StoreError(
        "store-other-repository",
        `${file} holds the history of ${known}, not of ${name}`,
        {
          hint: "A database holds the repositories of one team: list them all in content/settings.yml, or name another file with --db, here and wherever you read it.",
          exitCode: exitCodes.usage,
        },
      );
    }
    tables.syncState.set(key, known ?? name);
  });
}

/** The same repository under the name that GitHub gives it now. */
export function renameRepository(tables: Tables, name: string): void {
  tables.transaction(() => {
    const [known, ...former] = namesOf(tables);
    if (known !== undefined && known !== name)
      tables.syncState.set(formerKey, JSON.stringify([known, ...former.filter((one) => one !== name)]));
    tables.syncState.set(key, name);
  });
}

/** Its name, then those that it was known by before, newest first; empty before the first sync. */
export function namesOf({ syncState }: Pick<Tables, "syncState">): string[] {
  const known = syncState.get(key);
  if (known === null) return [];
  return [known, ...(JSON.parse(syncState.get(formerKey) ?? "[]") as string[])];
}

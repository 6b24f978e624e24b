import { exitCodes, SprintcastError, StoreError } from "../errors.ts";

/** Turns SQLite's failures into StoreErrors that say how to mend them; other errors pass through. */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof SprintcastError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return error;
  const found = failures.find(({ prefix }) => code.startsWith(prefix));
  if (found === undefined) {
    return new StoreError("store-failed", `${file}: ${(error as Error).message}`, { cause: error });
  }
  return new StoreError(found.code, `${file} ${found.says}`, {
    hint: found.hint,
    cause: error,
    exitCode: found.usage ? exitCodes.usage : exitCodes.fault,
  });
}

export const damaged = (file: string, cause?: unknown): StoreError =>
  new StoreError("store-damaged", `${file} is damaged`, { hint: howToRebuild, cause });

/** Runs `work`; what SQLite throws leaves as a StoreError. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error, file);
  }
}

/** As `guarded`, for rows that are drawn one by one. */
export function* guardedRows<T>(rows: Iterable<T>, file: string): Generator<T> {
  try {
    yield* rows;
  } catch (error) {
    throw storeError(error, file);
  }
}

/** Each function of an object explains SQLite's failures alike, also one whose rows are drawn one by one. */
export function guardAll<T extends object>(functions: T, file: string): T {
  const wrap =
    (work: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) =>
      guarded(file, () => {
        const found = work(...args);
        return isDrawn(found) ? guardedRows(found, file) : found;
      });
  return Object.fromEntries(Object.entries(functions).map(([name, work]) => [name, wrap(work)])) as T;
}

const isDrawn = (found: unknown): found is Iterable<unknown> =>
  typeof found === "object" && found !== null && "next" in found && Symbol.iterator in found;

const howToRebuild =
  "run npx sprintcast sync --full: it sets the file aside and fetches the history again, which GitHub still has";

const failures: { prefix: string; code: string; says: string; hint: string; usage?: boolean }[] = [
  {
    prefix: "SQLITE_NOTADB",
    code: "store-not-a-database",
    says: "is not a SQLite database",
    hint: "name a file of sprintcast's, or one that does not exist yet, with --db",
    usage: true,
  },
  {
    prefix: "SQLITE_CORRUPT",
    code: "store-damaged",
    says: "is damaged",
    hint: howToRebuild,
  },
  {
    prefix: "SQLITE_BUSY",
    code: "store-busy",
    says: "is being written by another process",
    hint: "wait until the other sprintcast has ended, then run the same command again",
  },
  {
    prefix: "SQLITE_LOCKED",
    code: "store-busy",
    says: "is being written by another process",
    hint: "wait until the other sprintcast has ended, then run the same command again",
  },
  {
    prefix: "SQLITE_FULL",
    code: "store-full",
    says: "cannot grow: the disk is full",
    hint: "free some space and run the same command again; what was kept before stays",
  },
  {
    prefix: "SQLITE_IOERR",
    code: "store-io",
    says: "cannot be read or written",
    hint: "look at the disk (space, quota, rights); what was kept before stays",
  },
  {
    prefix: "SQLITE_READONLY",
    code: "store-read-only",
    says: "cannot be written",
    hint: "give yourself the right to write the file and its folder, or name another with --db",
    usage: true,
  },
  {
    prefix: "SQLITE_CANTOPEN",
    code: "store-cannot-open",
    says: "cannot be opened",
    hint: "its folder must exist and be writable; or name another file with --db",
    usage: true,
  },
];

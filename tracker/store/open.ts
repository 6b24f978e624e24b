import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { HistoryPage } from "../core/page.ts";
import { exitCodes, StoreError } from "../errors.ts";
import { commentMigrations, comments } from "./comments.ts";
import { eventMigrations, events } from "./events.ts";
import { guarded } from "./failures.ts";
import { migrate } from "./migrate.ts";
import { observationMigrations, observations } from "./observations.ts";
import { stale, staleMigrations } from "./stale.ts";
import { type SyncState, syncState, syncStateMigrations } from "./sync-state.ts";
import { wordMigrations, words } from "./words.ts";

const migrations = [
  ...wordMigrations,
  ...eventMigrations,
  ...observationMigrations,
  ...commentMigrations,
  ...staleMigrations,
  ...syncStateMigrations,
];

/** How much of a page was news. */
export interface Appended {
  issues: number;
  events: number;
  comments: number;
}

export interface Store {
  /** Keeps one page in one transaction. Idempotent; `also` runs in the same transaction (a cursor, say). */
  append(page: HistoryPage, also?: () => void): Appended;
  /** `owner/name` of the repository whose history this is; null before the first sync. */
  repository(): string | null;
  /** Errors: `store-other-repository` where the database already holds another one. */
  setRepository(name: string): void;
  syncState: SyncState;
  /** Runs `work` in one write transaction; all or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export interface OpenOptions {
  /** Fail with `store-missing` instead of creating an empty database. */
  mustExist?: boolean;
  /** How long to wait for another process's write, in milliseconds. */
  busyTimeout?: number;
}

/**
 * Opens (or creates) the database in `file`; ":memory:" is one that vanishes.
 * Errors (StoreError): `store-missing`, `store-not-a-database`, `store-foreign`, `store-newer`, `store-damaged`,
 * `store-busy`, `store-full`, `store-read-only`, `store-cannot-open`.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  const inMemory = file === ":memory:";
  if (!inMemory && !existsSync(file)) {
    if (options.mustExist) {
      throw new StoreError("store-missing", `there is no database ${file}`, {
        hint: "run sprintcast sync first, or name the right file with --db",
        exitCode: exitCodes.usage,
      });
    }
    mkdirSync(dirname(file), { recursive: true });
  }
  return guarded(file, () => {
    const db = new Database(file, { timeout: options.busyTimeout ?? 10_000 });
    try {
      migrate(db, migrations, file);
      if (!inMemory) db.pragma("journal_mode = WAL");
      db.pragma("synchronous = NORMAL");
      db.pragma("cache_size = -65536");
      return storeOf(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function storeOf(db: Database.Database, file: string): Store {
  const dictionary = words(db);
  const log = events(db, dictionary);
  const seen = observations(db);
  const talk = comments(db, dictionary);
  const outdated = stale(db);
  const state = syncState(db);

  function transaction<T>(work: () => T): T {
    return guarded(file, () => {
      try {
        return db.transaction(work).immediate();
      } catch (error) {
        dictionary.forget();
        throw error;
      }
    });
  }

  return {
    append: (page, also) =>
      transaction(() => {
        const added = { issues: 0, events: 0, comments: 0 };
        for (const milestone of page.milestones) seen.add("milestone", milestone);
        for (const label of page.labels) seen.add("label", label);
        for (const issue of page.issues) {
          if (!seen.add("issue", issue)) continue;
          added.issues++;
          outdated.add(issue.number);
        }
        for (const event of page.events) {
          if (!log.add(event)) continue;
          added.events++;
          outdated.add(event.issue);
        }
        for (const comment of page.comments) if (talk.add(comment)) added.comments++;
        also?.();
        return added;
      }),
    repository: () => state.get(repositoryKey),
    setRepository(name) {
      transaction(() => {
        const known = state.get(repositoryKey);
        if (known !== null && known.toLowerCase() !== name.toLowerCase()) {
          throw new StoreError(
            "store-other-repository",
            `${file} holds the history of ${known}, not of ${name}`,
            {
              hint: "keep one database per repository: name another file with --db",
              exitCode: exitCodes.usage,
            },
          );
        }
        state.set(repositoryKey, known ?? name);
      });
    },
    syncState: state,
    transaction,
    close: () => db.close(),
  };
}

const repositoryKey = "repository";

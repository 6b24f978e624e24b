import { existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { exitCodes, StoreError } from "../errors.ts";
import { append, deliver, keepUntil } from "./append.ts";
import { arrivalMigrations, arrivals } from "./arrivals.ts";
import { backupFileMigrations, backupFiles } from "./backup-files.ts";
import { commentCheckMigrations, commentChecks } from "./comment-checks.ts";
import { commentMigrations, comments } from "./comments.ts";
import { suspectUnlisted } from "./deleted-comments.ts";
import { deliveries, deliveryMigrations } from "./deliveries.ts";
import { eventMigrations, events } from "./events.ts";
import { damaged, guardAll, guarded } from "./failures.ts";
import { intervalMigrations, intervals } from "./intervals.ts";
import { kept, keptMigrations } from "./kept.ts";
import { makeFolder } from "./make-folder.ts";
import { createMigrationList, migrate } from "./migrate.ts";
import { nameMigrations, nameStore } from "./names.ts";
import { neighbours, noNeighbours } from "./neighbours.ts";
import { observationMigrations, observations } from "./observations.ts";
import { chooseProject } from "./project-choice.ts";
import { queries } from "./queries.ts";
import { refresh, refreshSteps } from "./refresh.ts";
import { renameRepository, setRepository } from "./repository.ts";
import { sightingMigrations, sightings } from "./sightings.ts";
import { stale, staleMigrations } from "./stale.ts";
import type { Store } from "./store.ts";
import { wordMigrations, words } from "./string-pool.ts";
import { syncState, syncStateMigrations } from "./sync-state.ts";
import { addPlace, placesIn, tableNames, tableSet, tableSetMigrations } from "./table-set.ts";
import type { Neighbours, Tables } from "./tables.ts";
import { upgrades } from "./upgrades.ts";

export type { Store } from "./store.ts";

/** What every repository in a file has. */
const migrations = [
  ...wordMigrations,
  ...eventMigrations,
  ...observationMigrations,
  ...commentMigrations,
  ...staleMigrations,
  ...syncStateMigrations,
  ...intervalMigrations,
  ...nameMigrations,
  ...keptMigrations,
  ...sightingMigrations,
  ...commentCheckMigrations,
  ...backupFileMigrations,
  ...upgrades,
  ...tableSetMigrations,
  ...deliveryMigrations,
  ...arrivalMigrations,
];
const tablesMade = tableNames(migrations);

export interface OpenOptions {
  /** Fail with `store-missing` instead of creating an empty database. */
  mustExist?: boolean;
  /** How long to wait for another process's write, in milliseconds. */
  busyTimeout?: number;
  /** A quota: the file never grows beyond (`store-full` then). Default: the disk decides. */
  maxBytes?: number;
  /** Pages of the file held in memory, MiB; default 32, as much as an import needs. */
  cacheMiB?: number;
  /** Look through the whole file for damage first. */
  check?: boolean;
}

/** The histories of one or more repositories in one file. */
export interface HistoryFile {
  /** The stores that hold a repository, in the order in which they came. */
  stores(): Store[];
  /** The store of a repository (owner/name, as it is called or was, in any case); null where the file has none. */
  find(name: string): Store | null;
  /** The same, or one that is free for it, and becomes its own with `setRepository`. */
  storeFor(name: string): Store;
  close(): void;
}

/**
 * Opens (or creates) the database in `file`; ":memory:" is one that vanishes. The store of its first repository.
 * Errors (StoreError): `store-missing`, `store-not-a-database`, `store-foreign`, `store-newer`, `store-damaged`,
 * `store-busy`, `store-full`, `store-read-only`, `store-cannot-open`.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  return openFile(file, options, (db) => storeOf(db, file).store);
}

/** The same with all repositories of the file. */
export function openHistoryFile(file: string, options: OpenOptions = {}): HistoryFile {
  return openFile(file, options, (db) => historyFile(db, file));
}

function openFile<T>(file: string, options: OpenOptions, use: (db: Database.Database) => T): T {
  const inMemory = file === ":memory:";
  if (!inMemory && !existsSync(file)) {
    if (options.mustExist) {
      throw new StoreError("store-missing", `there is no database ${file}`, {
        hint: "run npx sprintcast sync first, or give the right file with --db",
        exitCode: exitCodes.usage,
      });
    }
    createFolder(file);
  }
  return guarded(file, () => {
    const db = new Database(file, { timeout: options.busyTimeout ?? 10_000 });
    try {
      if (options.check) requireIntact(db, file);
      migrate(db, migrations, file);
      for (const place of placesIn(db).slice(1)) migrate(tableSet(db, place, tablesMade), migrations, file);
      if (!inMemory) db.pragma("journal_mode = WAL");
      // One look joins the write-ahead log: from then on other processes see that the file is in use.
      placesIn(db);
      db.pragma("synchronous = NORMAL");
      db.pragma(`cache_size = -${(options.cacheMiB ?? 32) * 1024}`);
      // Fewer, larger checkpoints: each one waits for the disk.
      db.pragma("wal_autocheckpoint = 8192");
      if (options.maxBytes !== undefined) {
        const page = db.pragma("page_size", { simple: true }) as number;
        db.pragma(`max_page_count = ${Math.max(1, Math.floor(options.maxBytes / page))}`);
      }
      return use(db);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function historyFile(db: Database.Database, file: string): HistoryFile {
  const open = new Map<number, ReturnType<typeof storeOf>>();
  const openAt = (place: number): ReturnType<typeof storeOf> => {
    const beside = (own: () => Tables): Neighbours =>
      neighbours(own, () => placesIn(db).flatMap((other) => (other === place ? [] : openAt(other).tables)));
    const found = open.get(place) ?? storeOf(tableSet(db, place, tablesMade), file, beside);
    open.set(place, found);
    return found;
  };
  const storeAt = (place: number): Store => openAt(place).store;
  const all = () => placesIn(db).map(storeAt);
  const find = (name: string): Store | null => {
    const named = all().map((store) => ({
      store,
      names: store.repositoryNames().map((n) => n.toLowerCase()),
    }));
    const wanted = name.toLowerCase();
    const found =
      named.find(({ names }) => names[0] === wanted) ?? named.find(({ names }) => names.includes(wanted));
    return found?.store ?? null;
  };
  const create = (): Store =>
    guarded(file, () =>
      db
        .transaction(() => {
          const place = addPlace(db);
          const set = tableSet(db, place, tablesMade);
          createMigrationList(set);
          migrate(set, migrations, file);
          return storeAt(place);
        })
        .immediate(),
    );
  return {
    stores: () => guarded(file, () => all().filter((store) => store.repository() !== null)),
    find: (name) => guarded(file, () => find(name)),
    storeFor: (name) =>
      guarded(file, () => find(name) ?? all().find((store) => store.repository() === null) ?? create()),
    close: () => db.close(),
  };
}

function createFolder(file: string): void {
  try {
    makeFolder(dirname(file));
  } catch (cause) {
    throw new StoreError("store-cannot-open", `${file} cannot be created`, {
      hint: "its folder must be writable; or name another file with --db",
      exitCode: exitCodes.usage,
      cause,
    });
  }
}

function startOver(tables: Tables): void {
  const { transaction, syncState, backupFiles, arrivals, stale, observations, names } = tables;
  transaction(() => {
    syncState.startOver();
    backupFiles.forgetAll();
    arrivals.startOver();
    stale.add(observations.issues());
    names.setDue(true);
  });
}

/** SQLite's own check of every page and index. Errors: StoreError `store-damaged`. */
function requireIntact(db: Database.Database, file: string): void {
  if (db.pragma("integrity_check(1)", { simple: true }) !== "ok") throw damaged(file);
}

function storeOf(
  db: Database.Database,
  file: string,
  beside: (own: () => Tables) => Neighbours = () => noNeighbours,
): { store: Store; tables: Tables } {
  const dictionary = words(db);
  let written = 0;
  const eventTable = events(db, dictionary);
  const commentTable = comments(db, dictionary);
  const seen = { observations: observations(db), kept: kept(db) };
  const tables: Tables = {
    ...seen,
    events: eventTable,
    comments: commentTable,
    commentChecks: commentChecks(db, commentTable, eventTable),
    sightings: sightings(db),
    arrivals: arrivals(db),
    backupFiles: backupFiles(db, { ...seen, keptAt: (at) => keepUntil(tables, at) }),
    deliveries: deliveries(db),
    neighbours: beside(() => tables),
    stale: stale(db),
    intervals: intervals(db, dictionary),
    names: nameStore(db),
    syncState: syncState(db),
    version: () => `${written}:${db.pragma("data_version", { simple: true })}`,
    transaction: (work) =>
      guarded(file, () => {
        written++;
        // Inside another one a failure undoes that one, so there is no need of a savepoint.
        if (db.inTransaction) return work();
        try {
          return db.transaction(work).immediate();
        } catch (error) {
          dictionary.forget();
          throw error;
        }
      }),
  };
  const store: Store = {
    ...queries(tables, file),
    ...guardAll(writing(tables, file), file),
    syncState: guardAll(tables.syncState, file),
    backupFiles: guardAll(tables.backupFiles, file),
    close: () => db.close(),
  };
  return { store, tables };
}

type Writing = Omit<Store, keyof ReturnType<typeof queries> | "syncState" | "backupFiles" | "close">;

/** The half of a store that changes it. */
function writing(tables: Tables, file: string): Writing {
  const { arrivals, commentChecks, observations, sightings, stale, transaction } = tables;
  const isThere = (issue: number) =>
    sightings.gone(issue) === null && observations.versions(issue).length > 0;
  return {
    append: (page, also) => append(tables, page, also),
    startOver: () => startOver(tables),
    deliver: (delivery, at) => deliver(tables, delivery, at),
    setRepository: (name) => setRepository(tables, file, name),
    renameRepository: (name) => renameRepository(tables, name),
    commentsToAsk: () => transaction(() => commentChecks.toAsk((issue) => sightings.gone(issue) !== null)),
    suspectComments: (issues) =>
      transaction(() => {
        for (const issue of issues) commentChecks.suspect(issue, true);
      }),
    listComments: (ids) => transaction(() => suspectUnlisted(tables, ids)),
    leaveComments: (issue) => commentChecks.done(issue),
    eventsToAsk: () => arrivals.toAsk().filter(isThere),
    leaveEvents: (issue) =>
      transaction(() => {
        if (!arrivals.asked(issue, true)) return;
        stale.add([issue]);
        // Its comments need not be refused as well.
        commentChecks.arrived(issue);
      }),
    chooseProject: (choice) => chooseProject(tables, choice),
    refresh: (options) => refresh(tables, options),
    refreshSteps: () => refreshSteps(tables),
    transaction,
  };
}

import { instantText } from "../core/model/days.ts";
import { placeOf, type Repositories, repositoriesOf } from "../core/model/repositories.ts";
import { ContentError } from "../errors.ts";
import { isTorn } from "../store/first-sync.ts";
import { historyAmong } from "../store/history-among.ts";
import { type HistoryFile, openHistoryFile } from "../store/open.ts";
import { type Refusal, refusalOf } from "../store/refused.ts";
import type { History, Store } from "../store/store.ts";
import { following, transfersAmong } from "../store/transfers.ts";

/** How far one of a team's repositories is known. */
export interface Standing {
  /** owner/name, as the settings call it. */
  name: string;
  /** Epoch milliseconds; null: there is no history of it here. */
  knownUntil: number | null;
  /** Why the last sync could not read it; null: it was read. */
  refusal: Refusal | null;
}

/** The history of a team's repositories. Close it. */
export interface OpenHistory {
  history: History;
  repositories: Repositories;
  standings: Standing[];
  /** Names of what else the database holds. */
  unlisted: string[];
  /**
   * The same over these repositories, by any name they have or had, listed ones first; null where those are the listed
   * ones. Of those that are not listed, what the database does not hold is left out.
   */
  only(names: readonly string[]): Pick<OpenHistory, "history" | "repositories" | "standings"> | null;
  close(): void;
}

/**
 * Opens what a database holds of the repositories that the settings list, replayed up to now. null where no sync ever
 * ended: zeros, and what a torn-off part adds up to, would look like figures. Errors: ContentError `repository-differs` where it holds others only;
 * StoreError.
 */
export function openHistory(file: string, listed: readonly string[], shown: string): OpenHistory | null {
  const opened = openHistoryFile(file, { mustExist: true });
  try {
    const held = opened.stores().map((store) => store.repository());
    if (held.length === 0) {
      opened.close();
      return null;
    }
    const found = listed.map((name) => storeOf(opened, name, listed.length > 1));
    const stores = found.map(wholeOf);
    const isTornOnly = stores.every((store) => store === null) && found.some((store) => store !== null);
    if (isTornOnly) {
      opened.close();
      return null;
    }
    if (stores.every((store) => store === null))
      throw new ContentError(
        "repository-differs",
        shown,
        `it has the history of ${held.join(", ")}, but settings.yml names ${listed.join(", ")}`,
        {
          hint: "Sync the repository that settings.yml names, or name its own database with --db (and its content with --content).",
        },
      );
    const all = historyOf(listed, stores);
    all.history.refresh();
    const placeIn = (name: string): number | null => {
      const key = all.repositories.keyOf(name, 0);
      return key === null ? null : placeOf(key);
    };
    const only = (names: readonly string[]) => {
      const places = [...new Set(names.flatMap((name) => placeIn(name) ?? []))].sort((a, b) => a - b);
      const others = names.flatMap((name) => {
        const store = placeIn(name) === null ? wholeOf(opened.find(name)) : null;
        return store === null ? [] : [{ name, store }];
      });
      if (others.length === 0 && [0, listed.length].includes(places.length)) return null;
      const narrowed = historyOf(
        [...places.map((place) => listed[place] ?? ""), ...others.map(({ name }) => name)],
        [...places.map((place) => stores[place] ?? null), ...others.map(({ store }) => store)],
      );
      narrowed.history.refresh();
      return narrowed;
    };
    const used = new Set(found);
    const unlisted = opened.stores().flatMap((store) => (used.has(store) ? [] : (store.repository() ?? [])));
    return { ...all, only, unlisted, close: () => opened.close() };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** What a first sync has begun to read and not ended looks whole, and is not: it counts for nothing yet. */
const wholeOf = (store: Store | null): Store | null =>
  store === null || isTorn(store.syncState) ? null : store;

/** Whether what a database holds of the repositories that the settings list was begun to be read and not ended. */
export function isTornDatabase(file: string, listed: readonly string[]): boolean {
  const opened = openHistoryFile(file, { mustExist: true });
  try {
    const held = listed.flatMap((name) => storeOf(opened, name, listed.length > 1) ?? []);
    return held.length > 0 && held.every((store) => isTorn(store.syncState));
  } finally {
    opened.close();
  }
}

/** A single repository goes by its present name alone, as it always did. */
function storeOf(opened: HistoryFile, name: string, isAmongSeveral: boolean): Store | null {
  const store = opened.find(name);
  const isNamed = store?.repository()?.toLowerCase() === name.toLowerCase();
  return isNamed || isAmongSeveral ? store : null;
}

function historyOf(
  listed: readonly string[],
  stores: readonly (Store | null)[],
): Pick<OpenHistory, "history" | "repositories" | "standings"> {
  const repositories = repositoriesOf(
    listed,
    stores.map((store) => store?.repositoryNames() ?? []),
  );
  const transfers = transfersAmong(stores, repositories);
  return {
    repositories: following(repositories, (key) => transfers.get(key) ?? key),
    history: historyAmong(stores, repositories),
    standings: listed.map((name, place) => {
      const store = stores[place] ?? null;
      return {
        name,
        knownUntil: store?.knownUntil() ?? null,
        refusal: store === null ? null : refusalOf(store.syncState),
      };
    }),
  };
}

/** What a reader should know of repositories that figures lack or know less of, in sentences without a full stop. */
export function standingNotes(standings: readonly Standing[]): string[] {
  if (standings.length < 2) return [];
  return standings.flatMap(({ name, knownUntil, refusal }) => {
    if (knownUntil === null) return [`there is no history of ${name} here, so no figure counts it`];
    if (refusal === null) return [];
    return [`${name} is known up to ${instantText(knownUntil)} only: ${refusal.message}`];
  });
}

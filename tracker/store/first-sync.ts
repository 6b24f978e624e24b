import type { SyncState } from "./sync-state.ts";

const key = "sync.first";

/** Where a repository is read from. */
type Source = "github" | "backup";

/**
 * Notes in the transaction that keeps a repository's very first page that more must follow: until then its history is a
 * torn-off part, which looks whole. What a killed sync leaves bears this mark, too.
 */
export const beginFirst = (syncState: SyncState, source: Source): void => syncState.set(key, source);

/** All was read. A backup does not end what began at GitHub: that was half read, and of a later time. */
export function endFirst(syncState: SyncState, source: Source): void {
  if (source === "github" || syncState.get(key) === source) syncState.delete(key);
}

/** A first sync of this repository began and did not end yet. */
export const isTorn = (syncState: SyncState): boolean => syncState.get(key) !== null;

/** What is said of a database that holds nothing else. */
export const tornWords = {
  lacks: "has no whole history yet: its first sync did not end",
  hint: "Run npx sprintcast sync again: it goes on where it stopped.",
} as const;

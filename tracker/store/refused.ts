import type { SyncState } from "./sync-state.ts";

/** Why the last sync could not read a repository while it read others, and since when. Epoch milliseconds. */
export interface Refusal {
  at: number;
  message: string;
}

const key = "refused";

export function refusalOf(syncState: SyncState): Refusal | null {
  const text = syncState.get(key);
  return text === null ? null : (JSON.parse(text) as Refusal);
}

/** null: it was read. A first refusal stands until then. */
export function setRefusal(syncState: SyncState, refusal: Refusal | null): void {
  if (refusal === null) syncState.delete(key);
  else if (syncState.get(key) === null) syncState.set(key, JSON.stringify(refusal));
}

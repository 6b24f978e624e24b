import { keptUntil } from "./kept.ts";
import type { Store } from "./store.ts";

/** When GitHub was last asked or a backup written, else when something was last seen; null where nothing was. */
export function knownUntil(store: Store): number | null {
  const synced = Date.parse(store.syncState.get("syncedAt") ?? "");
  const seen = [...store.milestones(), ...store.labels()].map((thing) => thing.observedAt);
  seen.push(Number(store.syncState.get(keptUntil) ?? 0), Number.isNaN(synced) ? 0 : synced);
  const newest = seen.reduce((most, at) => Math.max(most, at), 0);
  return newest === 0 ? null : newest;
}

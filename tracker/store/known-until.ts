import { keptUntil } from "./kept.ts";
import type { Tables } from "./tables.ts";
import { newestLabels, newestMilestones } from "./things.ts";

/** When GitHub was last asked or a backup written, else when something was last seen; null where nothing was. */
export function knownUntil(tables: Pick<Tables, "syncState" | "observations" | "kept">): number | null {
  const synced = Date.parse(tables.syncState.get("syncedAt") ?? "");
  const seen = [...newestMilestones(tables), ...newestLabels(tables)].map((thing) => thing.observedAt);
  seen.push(Number(tables.syncState.get(keptUntil) ?? 0), Number.isNaN(synced) ? 0 : synced);
  const newest = seen.reduce((most, at) => Math.max(most, at), 0);
  return newest === 0 ? null : newest;
}

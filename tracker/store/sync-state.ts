import type { Database } from "better-sqlite3";
import type { Migration } from "./migrate.ts";

/** Where a sync stands (cursors, ETags, watermarks): small texts by name. */
export const syncStateMigrations: Migration[] = [
  {
    name: "sync-state-1",
    up: "CREATE TABLE sync_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  },
];

export interface SyncState {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
  /** Forgets how far GitHub was read: the next sync reads everything. */
  startOver(): void;
}

export function syncState(db: Database): SyncState {
  const get = db.prepare("SELECT value FROM sync_state WHERE key = ?").pluck();
  const set = db.prepare(
    "INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const remove = db.prepare("DELETE FROM sync_state WHERE key = ?");
  const removeCursors = db.prepare("DELETE FROM sync_state WHERE key GLOB 'github.*'");
  return {
    startOver: () => void removeCursors.run(),
    get: (key) => (get.get(key) as string | undefined) ?? null,
    set: (key, value) => void set.run(key, value),
    delete: (key) => void remove.run(key),
  };
}

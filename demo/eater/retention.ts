import { type Db, readMark } from "./database.ts";
import { MINUTE, SECOND } from "./derive.ts";

export interface RetentionSettings {
  /** How long readings, per-second rollups and anomalies are kept, ms; 0 keeps them for ever. */
  readingsMs: number;
  /** How long per-minute rollups are kept, ms; 0 keeps them for ever. */
  minutesMs: number;
}

// A pass is bounded so that no commit waits long behind it.
const MAX_READINGS_A_PASS = 20_000;

/**
 * Makes the function that drops what is older than the settings say, by time of commit (a late reading is young).
 * What is not yet published or derived stays. The memory of seen sequence numbers is never dropped: a duplicate of
 * a reading that has long gone is still a duplicate.
 */
export function createRetention(
  db: Db,
  settings: RetentionSettings,
): (now: number, publishedTo: number) => number {
  const lastExpired = db.prepare('SELECT max("to") FROM commits WHERE at < ? AND "to" <= ?').pluck();
  const firstKept = db.prepare('SELECT min("offset") FROM readings').pluck();
  const deleteUpTo = ["readings", "anomalies"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE "offset" <= ?`),
  );
  const deleteCommits = db.prepare('DELETE FROM commits WHERE "to" <= ?');
  const deleteRollups = db.prepare("DELETE FROM rollups WHERE step = ? AND bucket < ?");

  return db.transaction((now: number, publishedTo: number): number => {
    let dropped = 0;
    if (settings.readingsMs > 0) {
      const safe = Math.min(publishedTo, readMark(db, "derived"));
      const expired = (lastExpired.get(now - settings.readingsMs, safe) as number | null) ?? 0;
      const first = (firstKept.get() as number | null) ?? expired + 1;
      const upTo = Math.min(expired, first + MAX_READINGS_A_PASS - 1);
      for (const statement of deleteUpTo) dropped += statement.run(upTo).changes;
      deleteCommits.run(upTo);
      deleteRollups.run(SECOND, now - settings.readingsMs);
    }
    if (settings.minutesMs > 0) deleteRollups.run(MINUTE, now - settings.minutesMs);
    return dropped;
  });
}

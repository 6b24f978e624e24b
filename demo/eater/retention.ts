import { type Db, readMark } from "./database.ts";
import { MINUTE, SECOND } from "./derive.ts";

export interface RetentionSettings {
  /** How long readings, per-second rollups and anomalies are kept, ms; 0 keeps them for ever. */
  readingsMs: number;
  /** How long per-minute rollups are kept, ms; 0 keeps them for ever. */
  minutesMs: number;
}

export interface RetentionPass {
  now: number;
  publishedTo: number;
  /** Most readings, and most rollups of each step, that this pass drops: no commit is to wait long behind it. */
  limit: number;
}

export interface Dropped {
  /** Readings, and what was derived from them. */
  rows: number;
  /** The limit was met: another pass would find more. */
  more: boolean;
}

/**
 * Makes the function that drops what is older than the settings say, by time of commit (a late reading is young).
 * What is not yet published or derived stays. The memory of seen sequence numbers is never dropped: a duplicate of
 * a reading that has long gone is still a duplicate.
 * @param retire called, once nothing old is left, with the first offset that is kept, or the next one given out
 */
export function createRetention(
  db: Db,
  settings: RetentionSettings,
  retire: (firstKept: number, now: number) => void = () => {},
): (pass: RetentionPass) => Dropped {
  // A commit that a clock dated ahead of now says nothing of its age; it is as old as the one after it.
  const commits = db.prepare(
    'SELECT "to", at FROM commits WHERE "to" <= ? AND at <= ? ORDER BY "to" LIMIT ?',
  );
  const firstKept = db.prepare('SELECT min("offset") FROM readings').pluck();
  const deleteUpTo = ["readings", "anomalies"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE "offset" <= ?`),
  );
  const deleteCommits = db.prepare('DELETE FROM commits WHERE "to" <= ?');
  const dropRollups = createRollupRetention(db);

  /** The last offset of the oldest commits that are all before `expired`, as far as one pass goes. */
  function lastExpired(expired: number, pass: RetentionPass, safe: number, first: number): number {
    const { now, limit } = pass;
    let last = 0;
    // From the oldest on: from the newest, every pass would walk over all that is kept.
    for (const row of commits.iterate(safe, now, limit)) {
      const { to, at } = row as { to: number; at: number };
      if (at >= expired) break;
      last = to;
      if (last - first + 1 >= limit) break;
    }
    return last;
  }

  function dropReadings(pass: RetentionPass): Dropped {
    const { now, publishedTo, limit } = pass;
    const safe = Math.min(publishedTo, readMark(db, "derived"));
    const first = (firstKept.get() as number | null) ?? safe + 1;
    const expired = lastExpired(now - settings.readingsMs, pass, safe, first);
    const upTo = Math.min(expired, first + limit - 1);
    let rows = 0;
    for (const statement of deleteUpTo) rows += statement.run(upTo).changes;
    const commitsGone = deleteCommits.run(upTo).changes;
    return { rows, more: upTo - first + 1 >= limit || commitsGone >= limit };
  }

  return db.transaction((pass: RetentionPass): Dropped => {
    const { readingsMs, minutesMs } = settings;
    const dropped: Dropped[] = [];
    if (readingsMs > 0) {
      dropped.push(dropReadings(pass), dropRollups(SECOND, pass.now - readingsMs, pass.limit));
    }
    if (minutesMs > 0) dropped.push(dropRollups(MINUTE, pass.now - minutesMs, pass.limit));
    const more = dropped.some((one) => one.more);
    if (!more && readingsMs > 0) {
      retire((firstKept.get() as number | null) ?? readMark(db, "committed") + 1, pass.now);
    }
    return { rows: dropped.reduce((sum, { rows }) => sum + rows, 0), more };
  });
}

/** Makes the function that drops whole buckets of a step before `expired`, oldest first: some `limit` rows, one bucket at least. */
function createRollupRetention(db: Db) {
  const bucketOfRow = db
    .prepare("SELECT bucket FROM rollups WHERE step = ? AND bucket < ? ORDER BY bucket LIMIT 1 OFFSET ?")
    .pluck();
  const deleteBefore = db.prepare("DELETE FROM rollups WHERE step = ? AND bucket < ?");
  return (step: number, expired: number, limit: number): Dropped => {
    const first = bucketOfRow.get(step, expired, 0) as number | undefined;
    if (first === undefined) return { rows: 0, more: false };
    const beyond = bucketOfRow.get(step, expired, limit) as number | undefined;
    const before = beyond === undefined ? expired : Math.max(beyond, first + 1);
    return { rows: deleteBefore.run(step, before).changes, more: before < expired };
  };
}

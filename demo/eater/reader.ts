import { orClose } from "../opened.ts";
import type { Batch, Reading } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type Db, openReader, readEpoch, readMark } from "./database.ts";
import { openRollups } from "./rollups.ts";

export interface Anomaly extends Omit<Reading, "seq"> {
  offset: number;
  score: number;
  median: number;
  mad: number;
}

/** Questions to the eater's database, on a connection of their own, beside the writing thread. */
export function openQueries(file: string) {
  return orClose(openReader(file), queriesOn);
}

function queriesOn(db: Db) {
  const after = db.prepare(`
    SELECT r."offset", s.source, r.seq, r.at, s.metric, r.value FROM readings r JOIN series s ON s.id = r.series
    WHERE r."offset" > ? ORDER BY r."offset" LIMIT ?`);
  const latest = db.prepare("SELECT source, metric, at, value FROM series WHERE at IS NOT NULL");
  const anomalies = db.prepare(`
    SELECT a."offset", s.source, s.metric, a.at, a.value, a.score, a.median, a.mad
    FROM anomalies a JOIN series s ON s.id = a.series
    WHERE a."offset" > ? ORDER BY a."offset" LIMIT ?`);
  const epoch = () => readEpoch(db);

  return {
    epoch,
    committed: () => readMark(db, "committed"),
    /**
     * The stored readings that follow `offset`, at most `limit`; null when there are none. Begins later than
     * `offset + 1` when retention has dropped what lay between; never has a hole inside.
     */
    batchAfter(offset: number, limit: number): Batch | null {
      const rows = after.all(offset, limit) as (Reading & { offset: number })[];
      const [first] = rows;
      const last = rows.at(-1);
      if (!first || !last) return null;
      const readings = rows.map(({ offset: _, ...reading }) => reading);
      return { epoch: epoch(), from: first.offset, to: last.offset, readings };
    },
    /** The latest value of every series, as far as derived. */
    snapshot(): Snapshot {
      return db.transaction(() => {
        const state: Snapshot["state"] = {};
        for (const row of latest.iterate()) {
          const { source, metric, at, value } = row as Reading;
          const metrics = state[source] ?? {};
          metrics[metric] = [at, value];
          state[source] = metrics;
        }
        return { epoch: epoch(), offset: readMark(db, "derived"), state };
      })();
    },
    rollups: openRollups(db),
    anomalies: (afterOffset: number, limit: number) => anomalies.all(afterOffset, limit) as Anomaly[],
    close(): void {
      db.close();
    },
  };
}

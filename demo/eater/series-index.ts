import type { Db } from "./database.ts";

interface Series {
  id: number;
  /** The last offset at which it was in use. */
  used: number;
}

/** How long a series without readings keeps its number where nothing is rolled up under it any more, ms. */
const RESTING_MS = 3_600_000;

/**
 * Numbers the (source, metric) pairs, in memory over the `series` table. One whose readings have all been dropped is
 * retired: it costs no memory and no place any more, keeps its number for as long as anything is rolled up under it,
 * and begins again with its next reading.
 */
export function createSeriesIndex(db: Db, maxSeries: number) {
  const known = new Map<string, Map<string, Series>>();
  const insert = db.prepare("INSERT INTO series (source, metric) VALUES (?, ?)");
  const find = db.prepare("SELECT id FROM series WHERE source = ? AND metric = ?").pluck();
  const wake = db.prepare("UPDATE series SET retired = NULL WHERE id = ?");
  const rest = db.prepare("UPDATE series SET retired = ?, at = NULL, value = NULL WHERE id = ?");
  const drop = db.prepare(`
    DELETE FROM series WHERE retired < ? AND NOT EXISTS (
      SELECT 1 FROM rollups INDEXED BY minutes_by_series WHERE step = 60000 AND series = series.id)`);
  let count = 0;

  function load(): void {
    known.clear();
    count = 0;
    const used = db.prepare("SELECT value FROM meta WHERE key = 'committed'").pluck().get() as number;
    for (const row of db.prepare("SELECT id, source, metric FROM series WHERE retired IS NULL").iterate()) {
      const { id, source, metric } = row as { id: number; source: string; metric: string };
      remember(source, metric, { id, used });
    }
  }

  function remember(source: string, metric: string, series: Series): void {
    const metrics = known.get(source) ?? new Map<string, Series>();
    known.set(source, metrics.set(metric, series));
    count += 1;
  }

  function begin(source: string, metric: string): number {
    const resting = find.get(source, metric) as number | undefined;
    if (resting === undefined) return Number(insert.run(source, metric).lastInsertRowid);
    wake.run(resting);
    return resting;
  }

  /** Those that no kept reading belongs to. */
  function unused(firstKept: number): { source: string; metric: string; id: number }[] {
    return [...known].flatMap(([source, metrics]) =>
      [...metrics]
        .filter(([, { used }]) => used < firstKept)
        .map(([metric, { id }]) => ({ source, metric, id })),
    );
  }

  load();
  return {
    /** The pair's number, new if need be; null when there may be no more pairs. @param offset of its reading */
    idOf(source: string, metric: string, offset: number): number | null {
      const series = known.get(source)?.get(metric);
      if (series) {
        series.used = offset;
        return series.id;
      }
      if (count >= maxSeries) return null;
      const id = begin(source, metric);
      remember(source, metric, { id, used: offset });
      return id;
    },
    /** Retires what was not in use at `firstKept` or later. To be called within a transaction. @returns their numbers */
    retire(firstKept: number, now: number): number[] {
      const retired = unused(firstKept);
      for (const { source, metric, id } of retired) {
        rest.run(now, id);
        const metrics = known.get(source);
        metrics?.delete(metric);
        if (metrics?.size === 0) known.delete(source);
      }
      count -= retired.length;
      drop.run(now - RESTING_MS);
      return retired.map(({ id }) => id);
    },
    forget: load,
  };
}

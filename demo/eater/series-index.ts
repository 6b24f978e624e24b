import type { Db } from "./database.ts";

/** Numbers the (source, metric) pairs, in memory over the `series` table. */
export function createSeriesIndex(db: Db, maxSeries: number) {
  const known = new Map<string, Map<string, number>>();
  const insert = db.prepare("INSERT INTO series (source, metric) VALUES (?, ?)");
  let count = 0;

  function load(): void {
    known.clear();
    count = 0;
    for (const row of db.prepare("SELECT id, source, metric FROM series").iterate()) {
      const { id, source, metric } = row as { id: number; source: string; metric: string };
      remember(source, metric, id);
    }
  }

  function remember(source: string, metric: string, id: number): void {
    const metrics = known.get(source) ?? new Map<string, number>();
    known.set(source, metrics.set(metric, id));
    count += 1;
  }

  load();
  return {
    /** The pair's number, new if need be; null when the database may hold no more pairs. */
    idOf(source: string, metric: string): number | null {
      const id = known.get(source)?.get(metric);
      if (id !== undefined) return id;
      if (count >= maxSeries) return null;
      const added = Number(insert.run(source, metric).lastInsertRowid);
      remember(source, metric, added);
      return added;
    },
    forget: load,
  };
}

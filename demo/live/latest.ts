import { type Columns, columnsOf, type Reading, type StateByName } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

interface Entry {
  /** Of the reading that holds the newest value; 0 when it came by a snapshot, which names none. */
  offset: number;
  seq: number;
  at: number;
  value: number;
}

/** The latest value of every series, and which of them changed since an offset. */
export function createLatest() {
  const series = new Map<string, Map<string, Entry>>();

  function put(source: string, metric: string, entry: Entry): void {
    const metrics = series.get(source) ?? new Map<string, Entry>();
    const known = metrics.get(metric);
    // An older instant is a late reading. At the same instant the later offset wins.
    if (known && (entry.at < known.at || (entry.at === known.at && entry.offset < known.offset))) return;
    metrics.set(metric, entry);
    series.set(source, metrics);
  }

  return {
    /** @param from the offset of the first of `readings` */
    apply(from: number, readings: readonly Reading[]): void {
      for (const [index, { source, seq, at, metric, value }] of readings.entries()) {
        put(source, metric, { offset: from + index, seq, at, value });
      }
    },
    merge(state: Snapshot["state"]): void {
      for (const [source, metrics] of Object.entries(state)) {
        for (const [metric, [at, value]] of Object.entries(metrics)) {
          put(source, metric, { offset: 0, seq: 0, at, value });
        }
      }
    },
    clear: () => series.clear(),
    /** The newest reading of each series that changed behind `offset`. */
    since(offset: number): Columns {
      const readings: Reading[] = [];
      for (const [source, metrics] of series) {
        for (const [metric, entry] of metrics) {
          if (entry.offset <= offset) continue;
          readings.push({ source, seq: entry.seq, at: entry.at, metric, value: entry.value });
        }
      }
      return columnsOf(readings);
    },
    state(): StateByName {
      return Object.fromEntries(
        [...series].map(([source, metrics]) => [
          source,
          Object.fromEntries([...metrics].map(([metric, { at, value }]) => [metric, [at, value]])),
        ]),
      );
    },
  };
}

export type LatestValues = ReturnType<typeof createLatest>;

import { type Columns, columnsOf, type Reading, type StateByName } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

interface Entry {
  /** Of the reading that holds the newest value; 0 when it came by a snapshot, which names none. */
  offset: number;
  seq: number;
  at: number;
  value: number;
}

type Metrics = Map<string, Entry>;

/**
 * The latest value of every series, and which of them changed since an offset. At most `maxSeries` and what is left of
 * one source: past that the sources go that have been silent longest.
 */
export function createLatest(maxSeries: number) {
  /** In the order of when they were last heard. */
  let sources = new Map<string, Metrics>();
  let count = 0;

  function put(
    metrics: Metrics,
    metric: string,
    offset: number,
    seq: number,
    at: number,
    value: number,
  ): void {
    const known = metrics.get(metric);
    if (!known) {
      count += 1;
      metrics.set(metric, { offset, seq, at, value });
      return;
    }
    // An older instant is a late reading. At the same instant the later offset wins.
    if (at < known.at || (at === known.at && offset < known.offset)) return;
    known.offset = offset;
    known.seq = seq;
    known.at = at;
    known.value = value;
  }

  function dropOldest(): void {
    for (const [source, metrics] of sources) {
      if (count <= maxSeries || sources.size === 1) return;
      sources.delete(source);
      count -= metrics.size;
    }
  }

  return {
    /** @param from the offset of the first row */
    apply(from: number, { source: names, seq, at, metric, value }: Columns): void {
      const heard = new Map<string, Metrics>();
      for (let row = 0; row < names.length; row += 1) {
        const source = names[row] ?? "";
        let metrics = heard.get(source);
        if (!metrics) {
          metrics = sources.get(source) ?? new Map<string, Entry>();
          heard.set(source, metrics);
        }
        put(metrics, metric[row] ?? "", from + row, seq[row] ?? 0, at[row] ?? 0, value[row] ?? 0);
      }
      // To the end of the order, once for all of its readings.
      for (const [source, metrics] of heard) {
        sources.delete(source);
        sources.set(source, metrics);
      }
      dropOldest();
    },
    merge(state: Snapshot["state"]): void {
      const newestOf = (metrics: Snapshot["state"][string]) =>
        Math.max(...Object.values(metrics).map(([at]) => at));
      const older = Object.entries(state).sort(([, a], [, b]) => newestOf(a) - newestOf(b));
      const merged = new Map<string, Metrics>();
      for (const [source, values] of older) {
        const metrics = sources.get(source) ?? new Map<string, Entry>();
        for (const [metric, [at, value]] of Object.entries(values)) {
          put(metrics, metric, 0, 0, at, value);
        }
        if (!sources.has(source)) merged.set(source, metrics);
      }
      // What was heard here is newer than what a snapshot tells.
      for (const [source, metrics] of sources) merged.set(source, metrics);
      sources = merged;
      dropOldest();
    },
    clear(): void {
      sources = new Map();
      count = 0;
    },
    series: () => count,
    /** The newest reading of each series that changed behind `offset`. */
    since(offset: number): Columns {
      return changedSince(sources, offset);
    },
    /** All of it, cut between sources into parts of some `most` series; one empty part where there is nothing. */
    pages(most: number): StateByName[] {
      return pagesOf(sources, most);
    },
  };
}

type Sources = ReadonlyMap<string, Metrics>;

function changedSince(sources: Sources, offset: number): Columns {
  const readings: Reading[] = [];
  for (const [source, metrics] of sources) {
    for (const [metric, entry] of metrics) {
      if (entry.offset <= offset) continue;
      readings.push({ source, seq: entry.seq, at: entry.at, metric, value: entry.value });
    }
  }
  return columnsOf(readings);
}

function pagesOf(sources: Sources, most: number): StateByName[] {
  const pages: [string, StateByName[string]][][] = [[]];
  let room = most;
  for (const [source, metrics] of sources) {
    if (room < metrics.size && room < most) {
      pages.push([]);
      room = most;
    }
    const values = Object.fromEntries(
      [...metrics].map(([metric, { at, value }]): [string, [number, number]] => [metric, [at, value]]),
    );
    pages.at(-1)?.push([source, values]);
    room -= metrics.size;
  }
  return pages.map((page) => Object.fromEntries(page));
}

export type LatestValues = ReturnType<typeof createLatest>;

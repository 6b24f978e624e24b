import { type Columns, columnsOf, type Reading, type StateByName } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

interface Entry {
  /** Of the reading that holds the newest value; 0 when it came by a snapshot, which names none. */
  offset: number;
  seq: number;
  at: number;
  value: number;
}

/** What one source has said of late. */
interface Heard {
  metrics: Map<string, Entry>;
  /** The first offset of the batch that it was last in. */
  batch: number;
}

/**
 * The latest value of every series, and which of them changed since an offset. At most `maxSeries` and what is left of
 * one source: past that the sources go that have been silent longest.
 */
export function createLatest(maxSeries: number) {
  /** In the order of when they were last heard. */
  let sources = new Map<string, Heard>();
  let count = 0;

  function put(
    { metrics }: Heard,
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
    for (const [source, { metrics }] of sources) {
      if (count <= maxSeries || sources.size === 1) return;
      sources.delete(source);
      count -= metrics.size;
    }
  }

  return {
    /** @param from the offset of the first row */
    apply(from: number, { source: names, seq, at, metric, value }: Columns): void {
      const spoke: [string, Heard][] = [];
      for (let row = 0; row < names.length; row += 1) {
        const source = names[row] ?? "";
        let heard = sources.get(source);
        if (!heard) {
          heard = unheard();
          sources.set(source, heard);
        }
        if (heard.batch !== from) {
          heard.batch = from;
          spoke.push([source, heard]);
        }
        put(heard, metric[row] ?? "", from + row, seq[row] ?? 0, at[row] ?? 0, value[row] ?? 0);
      }
      // To the end of the order, once for all of its readings.
      for (const [source, heard] of spoke) {
        sources.delete(source);
        sources.set(source, heard);
      }
      dropOldest();
    },
    merge(state: Snapshot["state"]): void {
      const newestOf = (metrics: Snapshot["state"][string]) =>
        Math.max(...Object.values(metrics).map(([at]) => at));
      const older = Object.entries(state).sort(([, a], [, b]) => newestOf(a) - newestOf(b));
      const merged = new Map<string, Heard>();
      for (const [source, values] of older) {
        const heard = sources.get(source) ?? unheard();
        for (const [metric, [at, value]] of Object.entries(values)) {
          put(heard, metric, 0, 0, at, value);
        }
        if (!sources.has(source)) merged.set(source, heard);
      }
      // What was heard here is newer than what a snapshot tells.
      for (const [source, heard] of sources) merged.set(source, heard);
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

const unheard = (): Heard => ({ metrics: new Map(), batch: -1 });

type Sources = ReadonlyMap<string, Heard>;

function changedSince(sources: Sources, offset: number): Columns {
  const readings: Reading[] = [];
  for (const [source, { metrics }] of sources) {
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
  for (const [source, { metrics }] of sources) {
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

import { median } from "d3-array";
import type { Columns } from "../protocol.ts";
import type { Fleet } from "./fleet-state.ts";

/** How much of the past a chart shows, and how finely; ms. */
export interface HistorySpan {
  windowMs: number;
  bucketMs: number;
  /** A window that is not full yet begins with its first reading, but is never shorter than this. */
  leastMs: number;
}

/** One metric over the window: `x` in epoch seconds; per source a row as long as `x`, null where nothing is known. */
export interface MetricWindow {
  x: number[];
  sources: string[];
  rows: (number | null)[][];
  /**
   * Of all sources, each with its newest value up to then; null until half of them have one, and behind the last value
   * of them all: what was so then is not known to be so now.
   */
  median: (number | null)[];
}

interface Series {
  /** Bucket numbers and last values, by bucket number modulo their length. */
  buckets: Float64Array;
  values: Float64Array;
}

/** The recent past of every series, one value per bucket. A later call for the same bucket wins. */
export function createHistory({ windowMs, bucketMs, leastMs }: HistorySpan) {
  const length = Math.ceil(windowMs / bucketMs) + 1;
  const metrics = new Map<string, Map<string, Series>>();
  let earliest = Number.POSITIVE_INFINITY;

  function add(source: string, metric: string, at: number, value: number): void {
    const sources = metrics.get(metric) ?? new Map<string, Series>();
    metrics.set(metric, sources);
    const series = sources.get(source) ?? {
      buckets: new Float64Array(length).fill(-1),
      values: new Float64Array(length),
    };
    sources.set(source, series);
    const bucket = Math.floor(at / bucketMs);
    earliest = Math.min(earliest, bucket);
    const slot = bucket % length;
    if ((series.buckets[slot] ?? -1) > bucket) return;
    series.buckets[slot] = bucket;
    series.values[slot] = value;
  }

  /** A row that is not whole is none; the schema has held all columns to one length. */
  function addRow(source?: string, metric?: string, at?: number, value?: number): void {
    if (source === undefined || metric === undefined || at === undefined || value === undefined) return;
    add(source, metric, at, value);
  }

  /** @param until the right edge, epoch ms */
  function window(metric: string, until: number): MetricWindow {
    const last = Math.floor(until / bucketMs);
    const shortest = last - Math.ceil(leastMs / bucketMs);
    const first = Math.max(last - length + 1, Math.min(earliest, shortest));
    const buckets = last - first + 1;
    const x = Array.from({ length: buckets }, (_, index) => ((first + index) * bucketMs) / 1000);
    const known = [...(metrics.get(metric) ?? [])];
    const rows = known.map(([, series]) => rowOf(series, first, buckets));
    return { x, sources: known.map(([source]) => source), rows, median: medianOf(rows, buckets) };
  }

  return {
    add,
    window,
    addColumns({ source, metric, at, value }: Columns): void {
      for (let row = 0; row < source.length; row += 1) {
        addRow(source[row], metric[row], at[row], value[row]);
      }
    },
    addFleet({ latest }: Fleet): void {
      for (const [source, values] of latest) {
        for (const [metric, { at, value }] of values) add(source, metric, at, value);
      }
    },
    metrics: () => [...metrics.keys()].sort(byUsualOrder),
    clear(): void {
      metrics.clear();
      earliest = Number.POSITIVE_INFINITY;
    },
  };
}

export type History = ReturnType<typeof createHistory>;

function rowOf({ buckets, values }: Series, first: number, count: number): (number | null)[] {
  return Array.from({ length: count }, (_, index) => {
    const slot = (first + index) % buckets.length;
    return buckets[slot] === first + index ? (values[slot] ?? null) : null;
  });
}

function medianOf(rows: (number | null)[][], length: number): (number | null)[] {
  const newest: (number | null)[] = rows.map(() => null);
  const last = Math.max(-1, ...rows.map((values) => values.findLastIndex((value) => value !== null)));
  return Array.from({ length }, (_, index) => {
    if (index > last) return null;
    for (const [row, values] of rows.entries()) newest[row] = values[index] ?? newest[row] ?? null;
    const known = newest.filter((value) => value !== null);
    return known.length * 2 < rows.length ? null : (median(known) ?? null);
  });
}

/** The newest value of a row that may end before now; undefined where it has none. */
export function lastKnown(values: readonly (number | null)[]): number | undefined {
  return values.findLast((value) => value !== null) ?? undefined;
}

const USUAL = ["temperature", "humidity", "power", "battery"];

/** The fleet's own metrics first, in their usual order; others behind them by name. */
export function byUsualOrder(a: string, b: string): number {
  const place = (name: string) => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return place(a) - place(b) || a.localeCompare(b);
}

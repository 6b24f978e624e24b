import type { Reading } from "../protocol.ts";

/** Readings turned sideways, the form in which they cross to the worker: two dictionaries and flat numbers. */
export interface WorkerColumns {
  sources: string[];
  metrics: string[];
  source: Uint32Array;
  metric: Uint32Array;
  seq: Float64Array;
  at: Float64Array;
  value: Float64Array;
}

/** An index that no dictionary has. */
export const NONE = -1;

/** What became of each row: a fate per reading, parallel to the columns. */
export const RowOutcome = { stored: 0, duplicate: 1, refused: 2 } as const;

export function toColumns(groups: readonly (readonly Reading[])[]): WorkerColumns {
  const length = groups.reduce((sum, group) => sum + group.length, 0);
  const sources = new Map<string, number>();
  const metrics = new Map<string, number>();
  const columns = {
    source: new Uint32Array(length),
    metric: new Uint32Array(length),
    seq: new Float64Array(length),
    at: new Float64Array(length),
    value: new Float64Array(length),
  };
  let row = 0;
  for (const group of groups) {
    for (const reading of group) {
      columns.source[row] = indexIn(sources, reading.source);
      columns.metric[row] = indexIn(metrics, reading.metric);
      columns.seq[row] = reading.seq;
      columns.at[row] = reading.at;
      columns.value[row] = reading.value;
      row += 1;
    }
  }
  return { ...columns, sources: [...sources.keys()], metrics: [...metrics.keys()] };
}

/** The readings again, in row order. */
export function fromColumns({ sources, metrics, source, metric, seq, at, value }: WorkerColumns): Reading[] {
  const readings: Reading[] = [];
  for (let row = 0; row < seq.length; row += 1) {
    readings.push({
      source: sources[source[row] ?? NONE] ?? "",
      seq: seq[row] ?? Number.NaN,
      at: at[row] ?? Number.NaN,
      metric: metrics[metric[row] ?? NONE] ?? "",
      value: value[row] ?? Number.NaN,
    });
  }
  return readings;
}

function indexIn(dictionary: Map<string, number>, word: string): number {
  const known = dictionary.get(word);
  if (known !== undefined) return known;
  dictionary.set(word, dictionary.size);
  return dictionary.size - 1;
}

/** The buffers to hand over instead of copying. */
export function transferables(columns: WorkerColumns): ArrayBuffer[] {
  return [columns.source, columns.metric, columns.seq, columns.at, columns.value].map(
    (array) => array.buffer as ArrayBuffer,
  );
}

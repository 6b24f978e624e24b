import { columnsOf, type Reading } from "../protocol.ts";

const startedAt = 1_790_000_000_000;
/** What each series says all the time. */
export type SeriesValues = [source: string, metric: string, value: number][];

/** A recording in which each series has the same value once a second, for as many seconds. */
export function steadyRecording(values: SeriesValues, seconds = 30): string {
  const lines: unknown[] = [
    [0, { t: "hello", epoch: "panel", offset: 0, now: startedAt }],
    [0, { t: "snapshot", offset: 0, state: {} }],
  ];
  for (let second = 0; second <= seconds; second += 1) {
    const readings: Reading[] = values.map(([source, metric, value]) => ({
      ...{ source, metric, value, seq: second, at: startedAt + second * 1000 },
    }));
    const from = 1 + second * values.length;
    lines.push([
      second * 1000,
      { t: "delta", from, to: from + values.length - 1, cols: columnsOf(readings) },
    ]);
  }
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

import { METRICS } from "../../feeder/fleet.ts";
import { type Batch, columnsOf } from "../../protocol.ts";

/** Readings of 500 devices, offsets `from` to `from + size - 1`. */
export function batchOf(from: number, size: number): Batch {
  const readings = Array.from({ length: size }, (_, index) => ({
    source: `device-${String((from + index) % 500).padStart(4, "0")}`,
    seq: Math.floor((from + index) / 500),
    at: 1_790_000_000_000 + from + index,
    metric: METRICS[(from + index) % METRICS.length] ?? METRICS[0],
    value: Math.round(Math.sin(from + index) * 10_000) / 100,
  }));
  return { epoch: "bench", from, to: from + size - 1, readings };
}

/** What every server but ours is handed, and sends on as it is: the message that ours makes of the batch. */
export const messageOf = ({ from, to, readings }: Batch): string =>
  JSON.stringify({ t: "delta", from, to, cols: columnsOf(readings) });

import { METRICS } from "../feeder/fleet.ts";
import { type Batch, columnsOf } from "../protocol.ts";

const LEVELS = { temperature: 21, humidity: 48, power: 130, battery: 80 };
const DEVICES = 8;

/** `count` readings of eight devices from offset `from` on, dated `at` (epoch ms); values follow from the offset. */
export function fleetBatch(from: number, count: number, at: number): Batch {
  const readings = Array.from({ length: count }, (_, index) => {
    const offset = from + index;
    const metric = METRICS[Math.floor(offset / DEVICES) % METRICS.length] ?? METRICS[0];
    const device = offset % DEVICES;
    const level = LEVELS[metric];
    const value = level * (1 + device / 20 + Math.sin(offset / 90 + device) / 12);
    return {
      source: `device-${device}`,
      seq: Math.floor(offset / DEVICES),
      at,
      metric,
      value: Math.round(value * 100) / 100,
    };
  });
  return { epoch: "fleet", from, to: from + count - 1, readings };
}

/** The text of a recording of so many seconds, ten frames a second. */
export function recordingOf(seconds: number, startedAt = 1_790_000_000_000): string {
  const lines: unknown[] = [
    [0, { t: "hello", epoch: "fleet", offset: 0, now: startedAt }],
    [0, { t: "snapshot", offset: 0, state: {} }],
  ];
  for (let index = 0; index < seconds * 10; index += 1) {
    const dt = index * 100;
    const { from, to, readings } = fleetBatch(1 + index * 8, 8, startedAt + dt);
    lines.push([dt, { t: "delta", from, to, cols: columnsOf(readings) }]);
  }
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

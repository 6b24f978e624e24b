import { normal, unit } from "./random-step.ts";

export const METRICS = ["temperature", "humidity", "power", "battery"] as const;
export type Metric = (typeof METRICS)[number];

const DAY = 86_400_000;
const FAULT_WINDOW = 5 * 60_000;
const SILENT_WINDOW = 60_000;

/** What the random numbers of a device are drawn for; keeps the draws apart. */
const DRAW = { character: 1, noise: 2, fault: 3, kind: 4, silence: 5 };

/**
 * What a device measures at an instant (epoch ms): °C, % relative humidity, watts, % charge. Follows the day, differs
 * by device, carries noise. With the chance `faultShare` a five-minute window holds a fault: a spike, a stuck sensor,
 * or a load that trebles.
 */
export function measure(
  seed: number,
  device: number,
  metric: Metric,
  at: number,
  faultShare: number,
): number {
  const window = Math.floor(at / FAULT_WINDOW);
  const faulty = unit(seed, device, DRAW.fault, window) < faultShare;
  if (!faulty) return healthy(seed, device, metric, at);
  const kind = Math.floor(unit(seed, device, DRAW.kind, window) * 3);
  if (kind === 0 && metric === "temperature") return round(healthy(seed, device, metric, at) + 25);
  if (kind === 1) return healthy(seed, device, metric, window * FAULT_WINDOW);
  if (kind === 2 && metric === "power") return round(healthy(seed, device, metric, at) * 3);
  return healthy(seed, device, metric, at);
}

/** Whether the device says nothing in this minute. */
export function isSilent(seed: number, device: number, at: number, dropOutShare: number): boolean {
  return unit(seed, device, DRAW.silence, Math.floor(at / SILENT_WINDOW)) < dropOutShare;
}

function healthy(seed: number, device: number, metric: Metric, at: number): number {
  const character = (draw: number) => unit(seed, device, DRAW.character, draw);
  const noise = normal(seed, device, DRAW.noise, METRICS.indexOf(metric), at);
  // Warmest at three in the afternoon (UTC), coldest twelve hours later.
  const sun = Math.cos((2 * Math.PI * ((at % DAY) - 15 * 3_600_000)) / DAY);
  const warmth = 18 + 4 * character(1) + (3 + 3 * character(2)) * sun;
  switch (metric) {
    case "temperature":
      return round(warmth + 0.15 * noise);
    case "humidity":
      return round(Math.min(100, Math.max(0, 55 + 10 * character(3) - 1.6 * (warmth - 20) + 0.6 * noise)));
    case "power":
      return round(Math.max(0, 30 + 40 * character(4) + 45 * Math.max(0, sun) + 2 * noise));
    case "battery": {
      const life = (5 + 4 * character(5)) * DAY;
      const used = (at / life + character(6)) % 1;
      return round(100 - 85 * used + 0.05 * noise);
    }
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

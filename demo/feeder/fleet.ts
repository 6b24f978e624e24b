import type { Reading } from "../protocol.ts";

export interface FleetSettings {
  seed: number;
  devices: number;
  /** Readings per second of the whole fleet, drop-outs included. */
  rate: number;
  /** Shares in [0, 1]: of readings sent late, of readings sent twice, of silent device-minutes, of faulty windows. */
  late: number;
  duplicates: number;
  dropOuts: number;
  faults: number;
}

export interface FleetState {
  /** Ticks ever taken: each is one device's turn with one metric. */
  tick: number;
  /** Tick `anchorTick` falls on the instant `anchorAt`, epoch ms. */
  anchorTick: number;
  anchorAt: number;
  nextSeq: ReadonlyMap<string, number>;
  /** What a source that is not in `nextSeq` begins with. */
  firstSeq: number;
}

/** A reading on its way out; `delayMs` is how long the device holds it back. */
export interface Emission {
  reading: Reading;
  delayMs: number;
}

// What a fleet that was asleep longer than this missed, it never measured; and of a clock that was set back by more it
// does not wait for the time that it had been.
const LONGEST_CATCH_UP = 5000;

/** What the random numbers are drawn for; keeps the draws apart. */
const DRAW = { character: 1, noise: 2, fault: 3, kind: 4, silence: 5, late: 11, delay: 12, duplicate: 13 };

export function fleetAt(
  now: number,
  tick: number,
  nextSeq: ReadonlyMap<string, number>,
  firstSeq = 1,
): FleetState {
  return { tick, anchorTick: tick, anchorAt: now, nextSeq, firstSeq };
}

export function sourceName(device: number): string {
  return `device-${String(device + 1).padStart(4, "0")}`;
}

/** What the fleet measured since the last step, in order, up to `now` (epoch ms). Same inputs, same readings. */
export function stepFleet(
  settings: FleetSettings,
  before: FleetState,
  now: number,
): { state: FleetState; emissions: Emission[] } {
  const interval = 1000 / settings.rate;
  const due = before.anchorAt + (before.tick - before.anchorTick) * interval;
  const isOff = due < now - LONGEST_CATCH_UP || due > now + interval + LONGEST_CATCH_UP;
  const state = isOff ? fleetAt(now, before.tick, before.nextSeq, before.firstSeq) : before;
  const end = state.anchorTick + Math.floor((now - state.anchorAt) / interval) + 1;
  const nextSeq = new Map(state.nextSeq);
  const emissions: Emission[] = [];
  for (let tick = state.tick; tick < end; tick += 1) {
    const at = Math.floor(state.anchorAt + (tick - state.anchorTick) * interval);
    emissions.push(...takeTurn(settings, tick, at, nextSeq, state.firstSeq));
  }
  return { state: { ...state, tick: Math.max(state.tick, end), nextSeq }, emissions };
}

function takeTurn(
  settings: FleetSettings,
  tick: number,
  at: number,
  nextSeq: Map<string, number>,
  firstSeq: number,
): Emission[] {
  const { seed } = settings;
  const device = tick % settings.devices;
  if (isSilent(seed, device, at, settings.dropOuts)) return [];
  const metric = METRICS[Math.floor(tick / settings.devices) % METRICS.length] ?? METRICS[0];
  const source = sourceName(device);
  const seq = nextSeq.get(source) ?? firstSeq;
  nextSeq.set(source, seq + 1);
  const reading = { source, seq, at, metric, value: measure(seed, device, metric, at, settings.faults) };
  const isLate = unit(seed, device, DRAW.late, seq) < settings.late;
  const delayMs = isLate ? 1000 + Math.floor(unit(seed, device, DRAW.delay, seq) * 9) * 1000 : 0;
  const emissions = [{ reading, delayMs }];
  if (unit(seed, device, DRAW.duplicate, seq) < settings.duplicates) {
    emissions.push({ reading, delayMs: delayMs + 1000 });
  }
  return emissions;
}

/**
 * A number in [0, 1) that depends on its arguments alone: no state, so that any device can be asked about any instant.
 * Mixes as the 32-bit finaliser of MurmurHash3 does.
 */
export function unit(...keys: number[]): number {
  let hash = 0x9e3779b9;
  for (const key of keys) {
    hash = mix(hash ^ (key >>> 0));
    hash = mix(hash ^ (Math.floor(key / 2 ** 32) >>> 0));
  }
  return hash / 2 ** 32;
}

function mix(start: number): number {
  let hash = start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A standard normal deviate, by Box and Muller, of the same kind. */
export function normal(...keys: number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(...keys, 1)));
  return radius * Math.cos(2 * Math.PI * unit(...keys, 2));
}

export const METRICS = ["temperature", "humidity", "power", "battery"] as const;
export type Metric = (typeof METRICS)[number];

const DAY = 86_400_000;
const FAULT_WINDOW = 5 * 60_000;
const SILENT_WINDOW = 60_000;

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

import type { Reading } from "../protocol.ts";
import { isSilent, METRICS, measure } from "./device-step.ts";
import { unit } from "./random-step.ts";

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

// What a fleet that was asleep longer than this missed, it never measured.
const LONGEST_CATCH_UP = 5000;
const DRAW = { late: 11, delay: 12, duplicate: 13, again: 14 };

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
  const state =
    due < now - LONGEST_CATCH_UP ? fleetAt(now, before.tick, before.nextSeq, before.firstSeq) : before;
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
  const metric = METRICS[Math.floor(tick / settings.devices) % METRICS.length]!;
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

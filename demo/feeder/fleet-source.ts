import { setTimeout as sleep } from "node:timers/promises";
import { type Emission, type FleetSettings, fleetAt, stepFleet } from "./fleet.ts";

/** What a source yields: emissions, and how far the source is then read. */
export interface Chunk {
  emissions: Emission[];
  cursor: number;
  /** Marks of what was handed over and may be handed over again, for the next life to know it by. */
  handed?: readonly string[];
}

export type Source = AsyncIterable<Chunk>;

/** The simulated fleet in real time: a chunk every `everyMs`, until aborted. Never ends by itself. */
export async function* fleetSource(
  settings: FleetSettings,
  start: { cursor: number; nextSeq: ReadonlyMap<string, number>; firstSeq: number },
  everyMs: number,
  clock: () => number,
  signal: AbortSignal,
): Source {
  let state = fleetAt(clock(), start.cursor, start.nextSeq, start.firstSeq);
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const step = stepFleet(settings, state, clock());
    state = step.state;
    if (step.emissions.length > 0) yield { emissions: step.emissions, cursor: state.tick };
  }
}

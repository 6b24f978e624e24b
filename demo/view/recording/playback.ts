import { emptyFleet, type Fleet, type Outcome, reduce } from "../fleet-state.ts";
import type { Recording } from "./parse-recording.ts";

/** Where the playing of a recording stands. */
export interface Playback {
  /** The next frame to be shown. */
  next: number;
  elapsedMs: number;
  fleet: Fleet;
}

export const startOfPlayback: Playback = { next: 0, elapsedMs: 0, fleet: emptyFleet };

/** Plays on to `elapsedMs` after the beginning; hands back what the frames on the way did, in order. */
export function playTo(
  { frames }: Recording,
  { next, fleet }: Playback,
  elapsedMs: number,
): { playback: Playback; outcomes: Outcome[] } {
  const outcomes: Outcome[] = [];
  let now = fleet;
  let at = next;
  for (let frame = frames[at]; frame && frame.dt <= elapsedMs; frame = frames[at]) {
    const step = reduce(now, frame.message);
    now = step.fleet;
    outcomes.push(step.outcome);
    at += 1;
  }
  return { playback: { next: at, elapsedMs, fleet: now }, outcomes };
}

export function isOver({ frames }: Recording, { next }: Playback): boolean {
  return next >= frames.length;
}

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Band } from "../model/forecast.ts";

export interface Simulation {
  /** Tasks finished per period, of the past. At least one above 0. */
  counts: readonly number[];
  /** Days of a period. */
  periodDays: number;
  runs: number;
  /** A whole number; the same one gives the same runs. */
  seed: number;
}

/** Draws one of the counts. */
type Draw = () => number;

/**
 * Each run draws periods, with replacement, from a past of its own: as many periods as the sample has, drawn from it in
 * turn. So a run also allows for the sample being only one of those that there might have been. Within a period its
 * tasks are finished evenly: the k-th of c by the end of day ⌈k × days ÷ c⌉.
 */
function eachRun({ counts, seed, runs }: Simulation, run: (draw: Draw) => number): number[] {
  const generator = xoroshiro128plus(seed);
  const last = counts.length - 1;
  const drawFrom = (list: readonly number[]) => list[uniformInt(generator, 0, last)] ?? 0;
  return Array.from({ length: runs }, () => {
    const past = counts.map(() => drawFrom(counts));
    return run(() => drawFrom(past.some((count) => count > 0) ? past : counts));
  });
}

/** How many tasks each run finishes within so many days. */
export function finishedWithin(days: number, simulation: Simulation): number[] {
  const { periodDays } = simulation;
  const whole = Math.floor(days / periodDays);
  const rest = days - whole * periodDays;
  return eachRun(simulation, (draw) => {
    let sum = 0;
    for (let period = 0; period < whole; period += 1) sum += draw();
    return sum + (rest === 0 ? 0 : Math.floor((draw() * rest) / periodDays));
  });
}

/** After how many days each run has finished so many tasks. */
export function daysUntil(tasks: number, simulation: Simulation): number[] {
  const { periodDays } = simulation;
  return eachRun(simulation, (draw) => {
    let [sum, period] = [0, 0];
    for (;;) {
      const count = draw();
      if (sum + count >= tasks)
        return period * periodDays + Math.ceil(((tasks - sum) * periodDays) / Math.max(count, 1));
      sum += count;
      period += 1;
    }
  });
}

/** The shares of runs that the numbers of a band claim. */
export const claimed: Band<number> = { p50: 0.5, p85: 0.85, p95: 0.95 };

/** The value that is reached, or not passed, in these shares of the runs. `isMore`: more is better. */
export function bandOf(values: readonly number[], isMore: boolean, levels = claimed): Band<number> {
  const sorted = values.toSorted((a, b) => (isMore ? b - a : a - b));
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(levels.p50), p85: at(levels.p85), p95: at(levels.p95) };
}

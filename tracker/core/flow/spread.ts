import { quantile } from "d3-array";
import { roundDays } from "../model/days.ts";
import type { Elapsed, Percentiles, Spread } from "../model/flow.ts";

/** Percentiles interpolated linearly, as spreadsheets do, to 0.01. */
export function percentilesOf(values: readonly number[]): Percentiles {
  const at = (p: number): number | null => {
    const found = quantile(values, p);
    return found === undefined ? null : roundDays(found);
  };
  return { p50: at(0.5), p85: at(0.85), p95: at(0.95) };
}

/** Of those that are known. */
export function spreadOf(times: readonly (Elapsed | null)[]): Spread {
  const known = times.filter((time) => time !== null);
  return {
    tasks: known.length,
    unknown: times.length - known.length,
    days: percentilesOf(known.map(({ days }) => days)),
    workingDays: percentilesOf(known.map(({ workingDays }) => workingDays)),
  };
}

import type { Band, SamplePeriod, TrackRecord } from "../model/forecast.ts";
import { fewestPeriods, refusalOf } from "./refusal.ts";
import { bandOf, claimed, finishedWithin, type Simulation } from "./simulate.ts";
import { stabilityOf } from "./stability.ts";

/** How far each forecast of the past looks ahead, in periods. */
export const ahead = 4;
/** Earlier forecasts than so many periods ago say nothing of the present ones. */
const memory = 104;
const runs = 1000;

/** An earlier forecast, with what came. */
export interface Trial {
  /** Index of the period at whose start it was made. */
  now: number;
  /** The share of runs that its number would have had to rest on to hold; 1: not even the lowest run did. */
  needed: number;
}

/** The share of runs down to the first that what came reached. */
export function neededShare(values: readonly number[], came: number): number {
  const reached = values.toSorted((a, b) => b - a).findIndex((value) => value <= came);
  return reached < 0 ? 1 : (reached + 1) / values.length;
}

/**
 * The shares of runs that a forecast made at the start of period `now` rests on: what is claimed, raised to what
 * earlier forecasts would have needed to hold that often (conformal calibration). Of fewer than 10 it is what is claimed.
 */
export function levelsFrom(trials: readonly Trial[], now: number): Band<number> {
  const needs = trials
    .filter((trial) => trial.now + ahead <= now && trial.now > now - memory)
    .map(({ needed }) => needed)
    .sort((a, b) => a - b);
  if (needs.length < fewestPeriods) return claimed;
  const at = (share: number) => {
    const rank = Math.min(needs.length, Math.ceil(share * (needs.length + 1)));
    return Math.max(share, needs[rank - 1] ?? share);
  };
  return { p50: at(claimed.p50), p85: at(claimed.p85), p95: at(claimed.p95) };
}

/**
 * What forecasts of this kind would have been worth before, and what those of now rest on for it: made at the start of
 * every period that is not refused, from the periods before it, for the four that came.
 */
export function trackRecordOf(
  periods: readonly SamplePeriod[],
  { window, periodWeeks, seed }: { window: number; periodWeeks: number; seed: number },
): { record: TrackRecord; levels: Band<number> } {
  const record: TrackRecord = { made: 0, held: 0, periodsAhead: ahead };
  const trials: Trial[] = [];
  for (let now = 1; now + ahead <= periods.length; now += 1) {
    const past = periods.slice(Math.max(0, now - window), now);
    if (refusalOf(past, stabilityOf(past), periodWeeks) !== null) continue;
    const counts = past.map(({ finished }) => finished);
    const simulation: Simulation = { counts, periodDays: 7 * periodWeeks, runs, seed: seed + now };
    const values = finishedWithin(ahead * simulation.periodDays, simulation);
    const came = periods.slice(now, now + ahead).reduce((sum, { finished }) => sum + finished, 0);
    record.made += 1;
    if (came >= bandOf(values, true, levelsFrom(trials, now)).p85) record.held += 1;
    trials.push({ now, needed: neededShare(values, came) });
  }
  return { record, levels: levelsFrom(trials, periods.length) };
}

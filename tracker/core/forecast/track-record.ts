import type { SamplePeriod, TrackRecord } from "../model/forecast.ts";
import { refusalOf } from "./refusal.ts";
import { bandOf, finishedWithin, type Simulation } from "./simulate.ts";
import { stabilityOf } from "./stability.ts";

/** How far each forecast of the past looks ahead, in periods. */
const ahead = 4;
const runs = 1000;

/**
 * What forecasts of this kind would have been worth before: made at the start of every period that is not refused,
 * from the periods before it, for the four that came.
 */
export function trackRecordOf(
  periods: readonly SamplePeriod[],
  { window, periodWeeks, seed }: { window: number; periodWeeks: number; seed: number },
): TrackRecord {
  const record: TrackRecord = { made: 0, held: 0, periodsAhead: ahead };
  for (let now = 1; now + ahead <= periods.length; now += 1) {
    const past = periods.slice(Math.max(0, now - window), now);
    if (refusalOf(past, stabilityOf(past), periodWeeks) !== null) continue;
    const counts = past.map(({ finished }) => finished);
    const simulation: Simulation = { counts, periodDays: 7 * periodWeeks, runs, seed: seed + now };
    const came = periods.slice(now, now + ahead).reduce((sum, { finished }) => sum + finished, 0);
    record.made += 1;
    if (came >= bandOf(finishedWithin(ahead * simulation.periodDays, simulation), true).p85) record.held += 1;
  }
  return record;
}

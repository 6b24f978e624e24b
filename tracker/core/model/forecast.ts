import type { Day } from "./calendar.ts";
import type { Provenance } from "./provenance.ts";

/** What is true of half, 85% and 95% of the simulated runs. */
export interface Band<T> {
  p50: T;
  p85: T;
  p95: T;
}

/** One period of the past, of whole ISO weeks, with how many tasks were finished in it. */
export interface SamplePeriod {
  /** YYYY-MM-DD. */
  firstDay: Day;
  lastDay: Day;
  finished: number;
}

/** Something that says that the process changed: it is in no stable state, so its past does not tell its future. */
export interface Signal {
  kind: "outside the limits" | "eight in a row on one side";
  /** The period with which it was there. */
  firstDay: Day;
  text: string;
}

/** The limits of an XmR chart over the sample: mean ± 2.66 × mean moving range, never below 0. */
export interface Stability {
  mean: number;
  lower: number;
  upper: number;
  signals: Signal[];
}

export interface Refusal {
  reason: "too few periods" | "too sparse" | "unstable";
  /** Why, and what would help, in a sentence or two. */
  text: string;
}

/** Forecasts made in the same way at earlier times, and in how many of them the 85% number was finished. */
export interface TrackRecord {
  made: number;
  held: number;
  periodsAhead: number;
}

/** `sprintcast/forecast@1`: what past throughput says of the days to come. */
export interface Forecast {
  schema: "sprintcast/forecast@1";
  repository: string;
  asOf: string;
  timeZone: string;
  /** Weeks of one period. */
  periodWeeks: number;
  sample: SamplePeriod[];
  stability: Stability;
  /** null: it is told. */
  refused: Refusal | null;
  trackRecord: TrackRecord;
  /** The shares of runs (0..1) that the bands rest on: 0.5, 0.85 and 0.95, or more where earlier forecasts needed it. */
  levels: Band<number>;
  runs: number;
  seed: number;
  /** How many tasks are finished by the end of that day at least; null: not asked, or refused. */
  howMany: { by: Day; tasks: Band<number> } | null;
  /** By the end of which day that many tasks are finished at the latest; null: not asked, or refused. */
  when: { tasks: number; by: Band<Day> } | null;
  /** The sprint that the questions were read from. */
  sprint: { number: number; team?: string; title: string } | null;
  provenance: Provenance;
}

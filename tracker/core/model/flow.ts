import type { Forecast } from "./forecast.ts";
import type { Provenance } from "./provenance.ts";
import type { LaneRule } from "./rules.ts";

/** Time that passed, in days of 24 hours rounded to 0.01: all of it, and what of it fell on the team's working days. */
export interface Elapsed {
  days: number;
  workingDays: number;
}

/** What half, 85% and 95% of the values lie at or below; null where there is none. */
export interface Percentiles {
  p50: number | null;
  p85: number | null;
  p95: number | null;
}

/** Percentiles of fewer tasks judge nothing. */
export const fewestToJudge = 10;

/** How long tasks took. `tasks`: those with a value; `unknown`: those of which it is not known. */
export interface Spread {
  tasks: number;
  unknown: number;
  days: Percentiles;
  workingDays: Percentiles;
}

export interface LaneTime extends Elapsed {
  name: string;
  role: LaneRule["role"] | "freezebox";
}

/** A task on its way over the boards of all sprints. Instants are ISO strings in UTC. */
export interface FlowTask {
  number: number;
  /** What it is called among several repositories, such as `web#12`; absent: its number says it. */
  ref?: string;
  title: string;
  url: string;
  createdAt: string;
  /** It first stood in a lane of work in progress; null: it never did. */
  startedAt: string | null;
  /** It became done for the last time; null: it is not done. */
  finishedAt: string | null;
  /** From its creation to its end, or so far. */
  lead: Elapsed;
  /** From its start to its end, or so far; null: its start is not known. */
  cycle: Elapsed | null;
  /** Where it stood from its creation to its end, or so far; in the order of the board. */
  lanes: LaneTime[];
  /** Of all that time, what it waited for an open issue that blocks it. */
  blocked: Elapsed;
  /** Numbers of the sprints that it was in at any moment of theirs. */
  sprints: number[];
  provenance: Provenance;
}

/** Work that was begun and is not finished. */
export interface AgeingTask extends FlowTask {
  startedAt: string;
  cycle: Elapsed;
  lane: string;
  /** It waits for an open issue. */
  isBlocked: boolean;
  /** The highest share of finished tasks whose cycle time it is past: 0, 0.5, 0.85 or 0.95; null: too few were finished. */
  past: 0 | 0.5 | 0.85 | 0.95 | null;
}

/** A week from Monday to Sunday in the team's zone. */
export interface FlowWeek {
  /** ISO week: 2026-W07. */
  week: string;
  /** Its Monday, YYYY-MM-DD. */
  firstDay: string;
  finished: number;
  /** It lies in the span as a whole; the first and the last week of a span may not. */
  isWhole: boolean;
}

/** `sprintcast/flow@1`: how work flows through the board, of one sprint or of the newest weeks. */
export interface Flow {
  schema: "sprintcast/flow@1";
  repository: string;
  /** Up to when history is known. */
  asOf: string;
  timeZone: string;
  /** Of that team alone, where there are several; absent: there is one. */
  team?: string;
  /** null: of all tasks, whatever their sprint. */
  sprint: { number: number; title: string; running: boolean } | null;
  /** [from, to): what is measured was finished in it. */
  from: string;
  to: string;
  /** By the instant at which they were finished. */
  finished: FlowTask[];
  lead: Spread;
  cycle: Spread;
  lanes: (Spread & Pick<LaneTime, "name" | "role">)[];
  /** Share of the time on a sprint's board that finished tasks were worked on, and not blocked; null: there was none. */
  efficiency: number | null;
  /** How many finished tasks ever waited for another issue, and how long all of them did. */
  blocked: Elapsed & { tasks: number };
  weeks: FlowWeek[];
  /** Work in progress just before `to`, oldest first. */
  ageing: AgeingTask[];
  /** Cycle times of all tasks finished in a span of 26 weeks before `to`: what ages are held against. */
  reference: { from: string; cycle: Spread };
  /** How many tasks stood in each lane at each midnight; of the done lane: those done since `from`. */
  cumulative: { lanes: Pick<LaneTime, "name" | "role">[]; points: { at: string; counts: number[] }[] };
  provenance: Record<string, Provenance>;
  /** For the sprint that runs, in the file that the website reads; absent: none runs. */
  forecast?: Forecast;
}

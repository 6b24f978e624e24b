import type { FlowTask, LaneTime } from "./flow.ts";
import type { Provenance } from "./provenance.ts";

/** A figure or list of a report in which the issue counts. */
export interface CountedAs {
  /** As `explain` calls it. */
  figure: string;
  /** What `days` counts; absent: man-days. */
  unit?: "points";
  /** What it contributes; null: it is counted without a value. */
  days: number | null;
  why: string;
  at: string | null;
  eventId: number | null;
  provenance: Provenance;
}

export interface LifeSprint {
  number: number;
  /** The team that works it, where there are several. */
  team?: string;
  title: string;
  /** When it carried the sprint's mark; `to` null: it still does. Empty: it counts in the report all the same. */
  marked: { from: string; to: string | null; actor: string | null; eventId: number | null }[];
  /** How many earlier sprints of the same team it was already in. */
  depth: number;
  /** Whether the report is frozen; figures are those that were frozen. */
  frozen: boolean;
  /** The sprint is not over; figures are those so far. */
  running: boolean;
  counted: CountedAs[];
}

/** `sprintcast/issue@1`: one issue's life. Instants are ISO strings in UTC; `to` null: it still lasts. */
export interface IssueLife {
  schema: "sprintcast/issue@1";
  repository: string;
  asOf: string;
  timeZone: string;
  /** What `sizes` count; absent: man-days. */
  unit?: "points";
  pullRequest: boolean;
  author: string | null;
  state: "open" | "closed";
  labels: string[];
  assignees: string[];
  /** The same figures as in `sprintcast/flow@1`; null: it is not of the kind that the team counts. */
  flow: FlowTask | null;
  number: number;
  /** See Card.ref. */
  ref?: string;
  title: string;
  url: string;
  createdAt: string;
  sprints: LifeSprint[];
  /** In order; a time on no board has `name` null. */
  lanes: (Pick<LaneTime, "days" | "workingDays"> & {
    name: string | null;
    from: string;
    to: string | null;
  })[];
  /** In order; without an estimate, both are null. */
  sizes: {
    size: string | null;
    days: number | null;
    from: string;
    to: string | null;
    provenance: Provenance;
  }[];
  /** What was said in all of effort, man-days, each time that it changed. */
  effort: { at: string; days: number; source: string; provenance: Provenance }[];
  provenance: Provenance;
}

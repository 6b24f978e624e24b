import type { IssueReference } from "./event.ts";
import type { Provenance } from "./provenance.ts";

/** An issue on a board or in a list of a report. */
export interface Card {
  number: number;
  /** What an issue is called among several repositories, such as `web#12`, unlike any other; absent: its number says it. */
  ref?: string;
  title: string;
  url: string;
  /** Size name or the number of days as written; null: unestimated. */
  size: string | null;
  days: number | null;
  labels: string[];
  assignees: string[];
  /** The issue's type; absent: none. */
  type?: string;
  /** What stands in its way, own issues by number, others as owner/name#number; absent: nothing. */
  blockedBy?: IssueReference[];
  /** Days really spent; null: unknown. */
  actualDays?: number | null;
  /** When it entered the sprint, ISO, where that matters. */
  enteredAt?: string | null;
  /** Its sized sub-issues count in its place. */
  bySubIssues?: boolean;
  provenance?: Provenance;
}

export interface UnexpectedCard extends Card {
  /** How it entered; `enteredAt` says when. */
  entered?: "new" | "moved in" | "reopened" | "out of the freezebox";
}

/** `blockedBy`: all that ever stood in its way in the sprint. */
export interface BlockedCard extends Card {
  /** Calendar days of 24 hours in which it was in the sprint, open, and waiting. */
  blockedDays: number;
  spans: BlockedSpan[];
}

/** A span [from, to) of ISO instants, and what was waited for in it. `eventId`: of what came last. */
export interface BlockedSpan {
  from: string;
  to: string;
  by: IssueReference[];
  eventId: number | null;
  provenance: Provenance;
}

/** What of a list is of one type. `type` null: of none. `days`: of those that have a size. */
export interface TypeShare {
  type: string | null;
  tasks: number;
  days: number;
  unestimated: number;
}

export interface RemovedCard extends Card {
  /** Why it is no longer in the sprint. */
  reason?: "moved" | "unmarked" | "transferred" | "deleted";
  /** When it left, ISO. */
  at?: string | null;
  /** The sprint, milestone or iteration that it moved to. */
  to?: string | null;
}

export interface SpentCard extends Card {
  /** Where it stood: `settled`: in the sprint, and done or dropped for the whole of it. */
  reason: "left" | "never in it" | "settled";
}

export interface CorrectedCard extends Card {
  /** Man-days, below 0. */
  correction: number;
}

export interface FinishedCard extends Card {
  finishedAt: string;
  eventId: number | null;
  /** Number of the newest sprint that it had been in; null: it was never in a sprint. */
  lastSprint: number | null;
}

export interface CarriedCard extends Card {
  /** How many earlier sprints it was already in. */
  depth: number;
}

export interface FrozenCard extends Card {
  reason: string;
  at: string | null;
}

export interface DebtCard extends Card {
  openedAt: string;
  paidAt: string | null;
  /** The events behind both, where there are any. */
  openedEventId?: number | null;
  paidEventId?: number | null;
}

export interface DroppedDebtCard extends DebtCard {
  reason: string;
  droppedAt: string;
  droppedEventId: number | null;
}

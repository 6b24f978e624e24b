import type { IssueReference, StateReason } from "./event.ts";

/** An issue (or pull request) as GitHub showed it at `observedAt`. Instants in epoch milliseconds, UTC. */
export interface IssueObservation {
  number: number;
  observedAt: number;
  /**
   * Set where a backup kept it: it was fetched at some time between its own `updatedAt` and `observedAt`, when the
   * backup was last written, so it is evidence as of `updatedAt` only.
   */
  kept?: true;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  title: string;
  state: "open" | "closed";
  stateReason: StateReason | null;
  labels: string[];
  milestone: { number: number; title: string } | null;
  assignees: string[];
  author: string | null;
  pullRequest: boolean;
  url: string;
  body: string | null;
  /** The parent issue, where sub-issues are used. */
  parent: IssueReference | null;
  /** The issue's type, null: none. Absent where the source does not say: a GitHub without types, an old backup. */
  type?: string | null;
}

/**
 * The values of an issue's fields (number, choice, text), by the field's name, as GitHub showed them from `since` to
 * `observedAt`.
 */
export interface FieldObservation {
  number: number;
  observedAt: number;
  since: number;
  values: Record<string, string>;
}

/** A milestone as GitHub showed it at `observedAt`. `dueOn` null: no due date. */
export interface MilestoneObservation {
  number: number;
  observedAt: number;
  title: string;
  state: "open" | "closed";
  dueOn: number | null;
  createdAt: number | null;
  closedAt: number | null;
}

/** A label as GitHub showed it at `observedAt`. `color` is six hex digits. */
export interface LabelObservation {
  id: number;
  observedAt: number;
  name: string;
  color: string;
  description: string | null;
}

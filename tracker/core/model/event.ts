import type { ProjectIteration } from "./project.ts";
import type { Provenance } from "./provenance.ts";

/**
 * An issue as another one names it: its number where both are in one repository, else `owner/name#number`.
 */
export type IssueReference = number | string;

/** The reasons whose meaning is known. */
export const stateReasons: readonly string[] = ["completed", "not_planned", "duplicate", "reopened"];

/**
 * How an issue was closed, as GitHub's `state_reason` says it: one of `stateReasons`, or one that GitHub has added
 * since. null while open or where GitHub kept none.
 */
export type StateReason = string;

/**
 * One entry of an issue's history, from GitHub's issue events (or the same entry in a backup).
 * `at` is a UTC instant in epoch milliseconds; `actor` is null where the account is gone.
 * Order of a history: (`at`, `id`).
 */
export interface IssueEvent {
  id: number;
  issue: number;
  at: number;
  actor: string | null;
  /** GitHub's name of the event: labeled, unlabeled, milestoned, closed, renamed, … Unknown kinds are kept. */
  kind: string;
  /** For labeled and unlabeled: the label's name when it happened. */
  label?: string;
  /** For milestoned and demilestoned: the title that the event names. */
  milestone?: string;
  /** For assigned and unassigned. */
  assignee?: string;
  /** For renamed: the issue's title before and after. */
  rename?: { from: string; to: string };
  /** For closed: the reason, where GitHub kept it. */
  stateReason?: StateReason | null;
  /**
   * For project_v2_item_status_changed: the Projects v2 status before and after. Being put into a project and taken
   * out of it carry it too, both without a status. `id` and `number` of the project where the source names them.
   */
  status?: { project: string; id?: number; number?: number; from: string | null; to: string | null };
  /** For issue_field_added, _changed and _removed: the field, and its value before and after as text. */
  field?: { name: string; from: string | null; to: string | null };
  /** For project_v2_item_iteration_changed, which only deliveries of webhooks tell: `project` by its own id. */
  iteration?: { project: number; field: string; from: ProjectIteration | null; to: ProjectIteration | null };
  /**
   * The issue at the other end of a relation: the parent for parent_issue_added and _removed, the child for
   * sub_issue_*, what blocks for blocked_by_*. Absent where GitHub does not show it.
   */
  relation?: IssueReference;
  /** For issue_type_added, _changed and _removed: the type before and after. */
  type?: { from: string | null; to: string | null };
}

/** An issue comment; `/spend` lines in `body` are effort. Instants in epoch milliseconds, UTC. */
export interface Comment {
  id: number;
  issue: number;
  at: number;
  updatedAt: number;
  author: string | null;
  body: string;
  /** Absent: it is there. */
  deleted?: Deletion;
}

/** When a comment was deleted, or found missing, at some time after `since`. Epoch milliseconds. */
export interface Deletion {
  at: number;
  since: number;
  provenance: Provenance;
}

/**
 * A text in which effort may be said: a comment, or the text of an issue itself (`id` below 0), of the issue that the
 * effort counts for or of a pull request that closes it.
 */
export interface EffortText extends Comment {
  /** Number of the pull request where it stands; absent: it stands in the issue. */
  pull?: number;
  /** What an issue's text said before, oldest first, each with when it began to. A comment keeps no versions. */
  earlier?: { at: number; body: string }[];
}

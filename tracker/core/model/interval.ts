import type { StateReason } from "./event.ts";
import type { Provenance } from "./provenance.ts";

/** The end of an interval that still lasts. */
export const forever: number = Number.MAX_SAFE_INTEGER;

export type Attribute =
  | "state"
  | "stateReason"
  | "title"
  | "label"
  | "milestone"
  | "assignee"
  | "status"
  | "iteration"
  /** Converted to a discussion: from then until it is reopened. GitHub's own state and reason stay what they are. */
  | "discussion"
  /** No longer in the repository: `transferred` or `deleted`. What it was before stays. */
  | "gone"
  /** Of a pull request: from its merge on. One that was closed and not merged is dropped. */
  | "merged"
  /** The issue that it is a sub-issue of: a number of this repository, or `owner/name#number` of another. */
  | "parent"
  | "type"
  /** Each issue that it waits for, named like a parent. */
  | "blockedBy"
  /** A value of a field: the key names it as `issue-field:Effort` or `project-field:Estimate`. */
  | "field";

/**
 * A span [from, to) of epoch milliseconds in which one attribute of one issue had one value.
 * Single-valued attributes (state, title, milestone) never overlap; labels and assignees have a chain of
 * intervals per value, status and iteration one per project.
 */
export interface Interval {
  attribute: Attribute;
  /** The name as the history gives it. */
  value: string;
  /**
   * What the name stands for through all renames: a label's current name, a milestone's number (as text);
   * equal to `value` for other attributes. Membership is asked of the key, never of the name.
   */
  key: string;
  from: number;
  to: number;
  startEvent: number | null;
  endEvent: number | null;
  startActor: string | null;
  endActor: string | null;
  provenance: Provenance;
}

/** One issue's whole life as intervals. Derived from events and observations; rebuildable. */
export interface IssueTimeline {
  number: number;
  createdAt: number;
  author: string | null;
  pullRequest: boolean;
  url: string;
  /** Newest title. */
  title: string;
  intervals: Interval[];
  /** Spans in which the intervals above are a best guess, with the reason. Absent: none. */
  doubts?: Doubt[];
  /** Names of renamed labels and milestones over time, by key; a key that is not listed was never renamed. */
  names?: NameSpan[];
}

/** What an interval says while it lasts. */
export type InForce = Pick<Interval, "attribute" | "value" | "key" | "provenance">;

/** One issue with only what is in force at some instant, in the order of its intervals. */
export interface IssueInForce
  extends Pick<IssueTimeline, "number" | "createdAt" | "pullRequest" | "title" | "doubts" | "names"> {
  inForce: InForce[];
}

/** A span [from, to) in which the history of one attribute has a gap, and what was reasoned about it. */
export interface Doubt {
  attribute: Attribute;
  from: number;
  to: number;
  provenance: "inferred" | "unknown";
  why: string;
  /** The label, assignee or milestone that it may have had or not; absent: the whole attribute. */
  about?: { key: string; value: string };
}

/** What a label or milestone was called in [from, to). `inferred`: the rename happened somewhere in that span. */
export interface NameSpan {
  attribute: "label" | "milestone";
  key: string;
  name: string;
  from: number;
  to: number;
  provenance: "replayed" | "inferred";
}

/** One issue as it stood at an instant. `null` provenance fields do not occur: each attribute says how it is known. */
export interface IssueState {
  number: number;
  title: string;
  state: "open" | "closed";
  stateReason: StateReason | null;
  labels: string[];
  /** Keys of the labels in the same order (see Interval.key). */
  labelKeys: string[];
  milestone: { number: number | null; title: string } | null;
  assignees: string[];
  /** Projects v2 status, null where no project is used. */
  status: string | null;
  pullRequest: boolean;
  /** `state` also covers a reason that had to be reasoned out; `stateReason` speaks of the reason alone. */
  provenance: Record<"title" | "state" | "labels" | "milestone" | "assignees", Provenance> & {
    stateReason?: Provenance;
  };
}

/** A rename found in a repository's history. `notBefore`/`notAfter` bound its instant, epoch ms; null: unbounded. */
export interface LabelAlias {
  from: string;
  to: string;
  notBefore: number | null;
  notAfter: number | null;
}

export interface MilestoneAlias extends LabelAlias {
  number: number;
}

import type { Comment, IssueEvent } from "./event.ts";
import type { IssueObservation, LabelObservation, MilestoneObservation } from "./issue.ts";

/** Raw API objects as they arrived: one page of a GitHub listing, or a chunk of a backup folder. */
export interface RawPage {
  kind: "issues" | "events" | "comments" | "milestones" | "labels";
  /** Objects of GitHub's REST API, not yet validated. Events carry `issue.number` or stand under `issueNumber`. */
  items: unknown[];
  /** Set where the objects do not name their issue themselves (a backup's per-issue timeline). */
  issueNumber?: number;
  /** When GitHub gave this answer, epoch milliseconds. */
  observedAt: number;
}

/** The same page as core values, ready for the store. */
export interface HistoryPage {
  issues: IssueObservation[];
  events: IssueEvent[];
  comments: Comment[];
  milestones: MilestoneObservation[];
  labels: LabelObservation[];
}

import type { IssueEvent } from "./event.ts";
import type { LabelObservation } from "./issue.ts";
import type { HistoryPage } from "./page.ts";
import type { ProjectIteration, ProjectName } from "./project.ts";

/**
 * A change of an issue's card, as GitHub delivered it: issue and project by their node ids, which only a sync of
 * projects tells the numbers of. Instants in epoch milliseconds.
 */
export interface CardMove {
  issueNode: string;
  projectNode: string;
  at: number;
  actor: string | null;
  /** Identifies the event that it becomes. */
  eventId: number;
  change:
    | { kind: "added" | "removed" }
    | { kind: "status"; from: string | null; to: string | null }
    | { kind: "iteration"; field: string; from: ProjectIteration | null; to: ProjectIteration | null };
}

/** What a node id stands for. */
export type NodeMeaning = { issue: number } | { project: ProjectName };

/** A label or milestone was deleted, at `at` (epoch milliseconds) or shortly before. */
export interface DeletedName {
  kind: "label" | "milestone";
  name: string;
  at: number;
  /** When it was created, which GitHub says of milestones alone: what bore the name before was another. */
  bornAt: number | null;
}

/** One delivery of a webhook as core values. */
export interface Delivery {
  /** GitHub's own id; the same where it is delivered again. */
  id: string;
  /** Without events: those of a delivery have no number of GitHub's. */
  page: Omit<HistoryPage, "events">;
  /** Under numbers of our own. */
  events: IssueEvent[];
  moves: CardMove[];
  nodes: { id: string; means: NodeMeaning }[];
  /** What a label is called now, and before (null: it is new). It holds where it fits what is known of the label. */
  labels: { label: LabelObservation; from: string | null }[];
  /** Labels and milestones that were deleted, by the name that they bore; `at`: when the delivery came. */
  deletions: DeletedName[];
  /** Issues of which a comment was deleted. */
  suspects: number[];
}

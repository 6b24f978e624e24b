import type { NodeMeaning } from "./delivery.ts";
import type { Comment, IssueEvent } from "./event.ts";
import type { FieldObservation, IssueObservation, LabelObservation, MilestoneObservation } from "./issue.ts";
import type { PlacementObservation, ProjectObservation, ProjectUpdateObservation } from "./project.ts";

/** Raw API objects as they arrived: one page of a GitHub listing, or a chunk of a backup folder. */
export interface RawPage {
  kind:
    | "issues"
    | "events"
    | "comments"
    | "milestones"
    | "labels"
    | "placements"
    | "issueFields"
    | "projects"
    | "absences"
    | "counts";
  /**
   * Objects of GitHub's REST API, not yet validated. Events carry `issue.number` or stand under `issueNumber`.
   * Placements (issues with their cards in projects) and projects are of its GraphQL API. Absences are what GitHub
   * answered when it was asked for an issue that it no longer lists; counts are issues of which only that is read.
   */
  items: unknown[];
  /** Set where the objects do not name their issue themselves (a backup's per-issue timeline). */
  issueNumber?: number;
  /** owner/name of the repository, where the objects may not say it themselves (a backup's timeline entries). */
  repository?: string | null;
  /** When GitHub gave this answer, epoch milliseconds. Of a backup: when it was last written. */
  observedAt: number;
  /**
   * Set where a backup kept the objects: they are evidence as of then only, epoch milliseconds. A timeline (with
   * `issueNumber`) is then all that its issue had.
   */
  asOf?: number;
  /**
   * A listing that was fetched whole: a backup's own one of labels or milestones, or all comments of one issue. Of one
   * issue's own events: this page is the last.
   */
  whole?: boolean;
}

/** Labels and the milestone that an issue of a backup carries. They may bear names of long ago. */
export interface CarriedThings {
  issue: number;
  labels: LabelObservation[];
  milestone: MilestoneObservation | null;
}

/** All labels or milestones that a backup lists. */
export interface WholeListing {
  kind: "label" | "milestone";
  at: number;
  things: (LabelObservation | MilestoneObservation)[];
}

/**
 * What was found when GitHub was asked for an issue that it had listed before, or when one that was gone turned up
 * again. Instants in epoch milliseconds.
 */
export interface Sighting {
  issue: number;
  at: number;
  /** The last instant at which it is known to have been otherwise. */
  since: number;
  found: "there" | "transferred" | "deleted";
  /** Where a transferred issue is now, as owner/name#12; absent: nobody says. */
  to?: string;
  /** When it was found to be at `to`, where that was after `at`: it was transferred more than once. */
  ledAt?: number;
}

/** How many comments GitHub says that an issue has, as of its own update `at`, epoch milliseconds. */
export interface CommentCount {
  issue: number;
  at: number;
  count: number;
}

/** The same page as core values, ready for the store. */
export interface HistoryPage {
  issues: IssueObservation[];
  events: IssueEvent[];
  comments: Comment[];
  milestones: MilestoneObservation[];
  labels: LabelObservation[];
  /** Only where Projects v2 were asked for. `since` is kept from what is known where nothing changed. */
  placements?: Omit<PlacementObservation, "since">[];
  projects?: ProjectObservation[];
  projectUpdates?: ProjectUpdateObservation[];
  /** Only where estimates are read from issue fields. `since` is kept from what is known where nothing changed. */
  fields?: Omit<FieldObservation, "since">[];
  /** What GitHub's node ids mean that deliveries of projects go by. */
  nodes?: { id: string; means: NodeMeaning }[];
  carried?: CarriedThings[];
  listings?: WholeListing[];
  sightings?: Sighting[];
  commentCounts?: CommentCount[];
  /** Issues of which GitHub listed all comments; their comments are those of this page. */
  commentListings?: { issue: number; at: number }[];
  /** Issues that arrived and of which GitHub's own listing of their events ends with this page. */
  ownEvents?: number[];
  /** Issues of which `events` and `comments` hold all that there was at `at`. */
  whole?: { issue: number; at: number }[];
}

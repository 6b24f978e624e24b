import type { Names } from "../core/history/names/resolver.ts";
import type { Delivery } from "../core/model/delivery.ts";
import type { Comment, IssueEvent } from "../core/model/event.ts";
import type { Attribute, IssueInForce, IssueTimeline } from "../core/model/interval.ts";
import type { IssueObservation, LabelObservation, MilestoneObservation } from "../core/model/issue.ts";
import type { HistoryPage, Sighting } from "../core/model/page.ts";
import type { ProjectChoice, ProjectObservation, ProjectUpdateObservation } from "../core/model/project.ts";
import type { TaskKind } from "../core/model/rules.ts";
import type { FormerTitle } from "../core/report/membership.ts";
import type { BackupFiles } from "./backup-files.ts";
import type { Seen } from "./observation-rows.ts";
import type { RefreshOptions } from "./refresh.ts";
import type { SyncState } from "./sync-state.ts";

/** How much of a page was news. */
export interface Appended {
  issues: number;
  pulls: number;
  events: number;
  comments: number;
}

/** A mark an issue may carry, `of` (issues, where it is not said) telling whose state is asked; a name matches whatever bore it at any time, without regard to case. */
export type MarkQuery =
  | { milestone: string | number }
  | { label: string }
  | { status: string }
  | { iteration: string }
  /** A field's key, see `fieldKey`. */
  | { field: string }
  /** An issue type, in any case. */
  | { type: string }
  | { state: "open" | "closed"; of?: TaskKind };

export interface TimelineFilter {
  /** Only these issues. */
  numbers?: readonly number[];
  /** Pull requests too. Default: issues only. */
  pullRequests?: boolean;
}

/**
 * What is known of one repository, or of several together. Issues go by number, those of several repositories by key
 * (`core/model/repositories.ts`), and milestones likewise. All reading is of the state after the last `refresh`.
 */
export interface History {
  /**
   * Brings the intervals up to what was appended; at once done where nothing was. Call it after a sync and
   * before reading. Throws the signal's reason where it is aborted; the next call goes on from there.
   */
  refresh(options?: RefreshOptions): void;
  /** The same in steps, each telling how many issues were replayed so far: signals arrive in between only. */
  refreshSteps(): Iterable<number>;
  /** `owner/name` of the repository whose history this is; null before the first sync. */
  repository(): string | null;
  /** The same, then what it was called before, newest first; empty before the first sync. */
  repositoryNames(): string[];
  /** What GitHub shows now of every project that an issue was seen in. */
  projects(): Seen<ProjectObservation>[];
  /** What those projects say of their own status, as GitHub shows it now. */
  projectUpdates(): Seen<ProjectUpdateObservation>[];
  /** When GitHub was last asked or a backup written, else when something was last seen; null where nothing was. */
  knownUntil(): number | null;
  /** Timelines by issue number. */
  timelines(filter?: TimelineFilter): IssueTimeline[];
  /** The same, one at a time, for repositories that do not fit in memory. */
  eachTimeline(filter?: TimelineFilter): Iterable<IssueTimeline>;
  /**
   * Issues created by an instant, by number, with only what is in force then; pull requests too where asked. All of one
   * moment: nobody writes through this store before the last was drawn.
   */
  eachInForce(at: number, filter?: Pick<TimelineFilter, "pullRequests">): Iterable<IssueInForce>;
  /** Numbers of issues that carried the mark at any time, or at some instant of [from, to). Rising. */
  issuesEverCarrying(mark: MarkQuery, span?: { from: number; to: number }): number[];
  /** The same of [from, to), less those that were closed through all of it and on which nothing changed after `from`. */
  issuesActiveCarrying(mark: MarkQuery, span: { from: number; to: number }): number[];
  /** Numbers of issues that got the mark or lost it at some instant of [from, to). Rising. */
  issuesChanging(mark: MarkQuery, span: { from: number; to: number }): number[];
  /** Numbers of issues and pull requests on which the reason of their state changed in [from, to). Rising. */
  issuesWithNewReason(span: { from: number; to: number }): number[];
  /**
   * Numbers of issues and pull requests whose history of these attributes has a doubt at some instant of [from, to), or
   * one that names no value: of which it may have had any, though it never carried one. Rising.
   */
  issuesInDoubt(
    span: { from: number; to: number },
    attributes: readonly Attribute[],
    of?: "any" | "nameless",
  ): number[];
  /** Numbers of issues, or of what else is named, open at some instant of [from, to). Rising. */
  issuesOpenDuring(span: { from: number; to: number }, of?: TaskKind): number[];
  /** Issues that were ever closed for another reason than these, by the reason. */
  issuesClosedOtherwise(reasons: readonly string[]): Map<string, number[]>;
  /** Numbers of issues and pull requests that were seen and are not gone. Rising; no `refresh` needed. */
  knownIssues(): number[];
  /** Numbers of issues (no pull requests) that are open and there, as GitHub last showed them. Rising; no `refresh` needed. */
  openIssues(): number[];
  /** Issues that were transferred or deleted and did not come back, by number; no `refresh` needed. */
  goneIssues(): Sighting[];
  /** Issues that are there and arrived from another repository, of which GitHub does not show what they were before, by number. */
  unreadArrivals(): { issue: number; at: number }[];
  commentsOf(issues: Iterable<number>): Comment[];
  /** Numbers of issues and pull requests in whose comments or own text effort may be said. Rising. */
  issuesWithEffort(): number[];
  /** Every text that an issue or pull request was seen with, oldest first. */
  issueHistory(number: number): Seen<IssueObservation>[];
  eventsOf(issue: number): IssueEvent[];
  /** What GitHub shows now of one issue; null where it was never seen. */
  issue(number: number): Seen<IssueObservation> | null;
  /** Newest content of every milestone by number; `milestoneHistory` has what it showed before. */
  milestones(): Seen<MilestoneObservation>[];
  milestoneHistory(number: number): Seen<MilestoneObservation>[];
  /** Titles of nothing that is there which milestones may have borne, by the milestone's number. */
  formerTitles(): ReadonlyMap<number, readonly FormerTitle[]>;
  labels(): Seen<LabelObservation>[];
  /** Every name that a label ever had, those of deleted labels among them. */
  labelNames(): string[];
  /** Renames and who bore which name when. */
  names(): Names;
  counts(): { issues: number; pullRequests: number; events: number };
}

/** The history of one repository in one file. */
export interface Store extends History {
  /** Keeps one page in one transaction. Idempotent; `also` runs in the same transaction (a cursor, say). */
  append(page: HistoryPage, also?: () => void): Appended;
  /** The next sync reads everything again, and everything is replayed anew. What is known stays. */
  startOver(): void;
  /** Keeps what a webhook delivered at `at`, epoch ms, in one transaction. False where it was delivered before. */
  deliver(delivery: Delivery, at: number): boolean;
  /** Errors: `store-other-repository` where the database already holds another one. */
  setRepository(name: string): void;
  /** The repository was renamed or moved at GitHub; its history is the same. */
  renameRepository(name: string): void;
  /**
   * Issues and pull requests of which GitHub must be asked for all comments, rising, for one in which effort may be said
   * may be gone.
   */
  commentsToAsk(): number[];
  /** These ids are all comments that GitHub shows: what may say effort and is not among them is suspected. */
  listComments(ids: ReadonlySet<number>): void;
  /** A listing lacks a comment of these. */
  suspectComments(issues: readonly number[]): void;
  /** The comments of this one cannot be had. */
  leaveComments(issue: number): void;
  /** Issues that arrived from another repository and whose own events GitHub was not asked for since. Rising. */
  eventsToAsk(): number[];
  /** The events that this one brought cannot be had; its comments are to be asked for all the same. */
  leaveEvents(issue: number): void;
  /** Which project's statuses and iterations count, from the next `refresh` on; null: every project's. */
  chooseProject(choice: ProjectChoice | null): void;
  /** Files of backups that need not be read again. */
  backupFiles: BackupFiles;
  syncState: SyncState;
  /** Runs `work` in one write transaction; all or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

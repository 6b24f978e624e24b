import type { IssueEvent } from "../core/model/event.ts";
import type { Arrivals } from "./arrivals.ts";
import type { BackupFileTable } from "./backup-files.ts";
import type { CommentChecks } from "./comment-checks.ts";
import type { Comments } from "./comments.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Events } from "./events.ts";
import type { Intervals } from "./intervals.ts";
import type { Kept } from "./kept.ts";
import type { NameStore } from "./names.ts";
import type { Observations } from "./observations.ts";
import type { Sightings } from "./sightings.ts";
import type { Stale } from "./stale.ts";
import type { SyncState } from "./sync-state.ts";

/** What the other repositories of the same file know of this one. */
export interface Neighbours {
  /** Events in which their issues took one of ours as a sub-issue, or gave it up, by ours, told as its own events. */
  parentsTold(): Map<number, IssueEvent[]>;
  /** One of our events speaks of an issue of theirs, `owner/name#number`. */
  touch(reference: string): void;
}

/** All table families of one open database. */
export interface Tables {
  events: Events;
  observations: Observations;
  comments: Comments;
  commentChecks: CommentChecks;
  kept: Kept;
  sightings: Sightings;
  arrivals: Arrivals;
  backupFiles: BackupFileTable;
  deliveries: Deliveries;
  /** Of the other repositories in the file. */
  neighbours: Neighbours;
  stale: Stale;
  intervals: Intervals;
  names: NameStore;
  syncState: SyncState;
  /** Differs whenever this process or another may have written since. */
  version(): string;
  transaction<T>(work: () => T): T;
}

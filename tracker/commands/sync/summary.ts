import type { HistoryPage, Sighting } from "../../core/model/page.ts";
import type { Appended } from "../../store/store.ts";
import { spokenIn } from "./unread.ts";

/** What a sync brought. Counts are of what was new to the database. */
export interface SyncSummary {
  issues: number;
  pulls: number;
  events: number;
  comments: number;
  /** Requests to GitHub, and how many of them were answered «not modified». */
  requests: number;
  unchanged: number;
  /** Objects that could not be read, named. */
  problems: string[];
  /** What a reader of the figures should know: the repository moved, old events are out of reach. */
  notices: string[];
  /** What was found to be transferred or deleted. */
  gone: Sighting[];
  /** Issues and pull requests with new texts in which effort may be said. */
  spoken: Set<number>;
}

export const nothingYet = (): SyncSummary => ({
  issues: 0,
  pulls: 0,
  events: 0,
  comments: 0,
  requests: 0,
  unchanged: 0,
  problems: [],
  notices: [],
  gone: [],
  spoken: new Set(),
});

/** Adds what one page brought. */
export function addTo(sum: SyncSummary, added: Appended, page: HistoryPage): void {
  for (const kind of ["issues", "pulls", "events", "comments"] as const) sum[kind] += added[kind];
  if (added.issues + added.pulls + added.comments > 0)
    for (const number of spokenIn(page)) sum.spoken.add(number);
}

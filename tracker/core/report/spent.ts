import type { IssueTimeline } from "../model/interval.ts";
import type { Provenance } from "../model/provenance.ts";

/** Effort really spent on an issue, all in all, in man-days. */
export interface Spent {
  days: number;
  /** The event of the `actual:` label or the field; null where comments say it, or no event is known. */
  eventId: number | null;
  /** When the newest word on it was said, epoch milliseconds. */
  at: number;
  by: "label" | "comments" | "field";
  /** How many comments and issue texts it was summed from; 0 for a label or a field. */
  comments: number;
  /** The same in words: "by its label", "by 2 comments and its text". */
  source: string;
  provenance: Provenance;
}

/** What is known of an issue's actual effort at an instant; null: nothing was said, so it is unknown. */
export type SpentReader = (timeline: IssueTimeline, t: number) => Spent | null;

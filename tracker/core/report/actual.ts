import { roundDays } from "../model/days.ts";
import type { Comment } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { Provenance } from "../model/provenance.ts";
import type { Rules } from "../model/rules.ts";
import { type SizeReader, sizeAt, sizeReader } from "./estimate.ts";
import { parseSpend } from "./spend.ts";

/** Effort really spent on an issue, all in all, in man-days. */
export interface Spent {
  days: number;
  /** The event of the `actual:` label; null where comments say it. */
  eventId: number | null;
  /** When the newest word on it was said, epoch milliseconds. */
  at: number;
  by: "label" | "comments";
  /** How many comments it was summed from; 0 for a label. */
  comments: number;
  provenance: Provenance;
}

/** What is known of an issue's actual effort at an instant; null: nothing was said, so it is unknown. */
export type SpentReader = (timeline: IssueTimeline, t: number) => Spent | null;

interface Entry {
  at: number;
  updatedAt: number;
  days: number;
}

/**
 * Reads actual effort at any instant. An `actual:` label is a total that a human settled on, so where one is in
 * force it wins over the sum of the issue's `/spend` comments; the two are never added. A comment counts from when
 * it was written, as it reads now: one that was edited after the instant asked is `observed`, not replayed.
 */
export function spentReader(comments: Iterable<Comment>, rules: Rules): SpentReader {
  const readLabel: SizeReader = sizeReader(rules.actualPrefix, rules.sizes);
  const entries = new Map<number, Map<number, Entry>>();
  for (const { id, issue, at, updatedAt, body } of comments) {
    const days = parseSpend(body, rules.hoursPerDay);
    if (days === null) continue;
    const ofIssue = entries.get(issue) ?? new Map<number, Entry>();
    entries.set(issue, ofIssue.set(id, { at, updatedAt, days }));
  }
  return (timeline, t) => {
    const label = sizeAt(timeline, t, readLabel);
    if (label !== null) {
      const { from, startEvent, provenance } = label.interval;
      return { days: label.days, eventId: startEvent, at: from, by: "label", comments: 0, provenance };
    }
    const written = [...(entries.get(timeline.number)?.values() ?? [])].filter((entry) => entry.at <= t);
    if (written.length === 0) return null;
    return {
      days: roundDays(written.reduce((sum, entry) => sum + entry.days, 0)),
      eventId: null,
      at: Math.max(...written.map((entry) => entry.at)),
      by: "comments",
      comments: written.length,
      provenance: written.some((entry) => entry.updatedAt > t) ? "observed" : "replayed",
    };
  };
}

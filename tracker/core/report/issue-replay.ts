import type { Interval, IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { type BoardRules, type IssueView, viewAt } from "./issue-view.ts";

/** What one issue's view was before and after an instant at which something about it changed. */
export interface ViewChange {
  at: number;
  before: IssueView | null;
  after: IssueView | null;
  /** The intervals that began or ended at that instant. */
  causes: { interval: Interval; began: boolean }[];
}

/** An issue's view at the start, and every step after it. */
export interface IssueReplay {
  first: IssueView | null;
  steps: ViewChange[];
}

export type IssueReplays = ReadonlyMap<IssueTimeline, IssueReplay>;

/** Replays an issue through (from, to): every instant at which it changed, in order. */
export function replayIssue(
  timeline: IssueTimeline,
  from: number,
  to: number,
  rules: BoardRules,
): IssueReplay {
  const first = rules.view(timeline, from);
  const causes = new Map<number, ViewChange["causes"]>();
  const note = (at: number, interval: Interval, began: boolean) => {
    if (at <= from || at >= to) return;
    const list = causes.get(at);
    if (list === undefined) causes.set(at, [{ interval, began }]);
    else list.push({ interval, began });
  };
  for (const interval of timeline.intervals) {
    note(interval.from, interval, true);
    note(interval.to, interval, false);
  }
  let before = first;
  const steps = [...causes.keys()]
    .sort((a, b) => a - b)
    .map((at) => {
      const after = viewAt(timeline, at, rules);
      const step = { at, before, after, causes: present(causes.get(at)) };
      before = after;
      return step;
    });
  return { first, steps };
}

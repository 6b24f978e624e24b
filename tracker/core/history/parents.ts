import type { IssueTimeline } from "../model/interval.ts";
import { ownNumber } from "../model/issue-reference.ts";

/** A span [from, to) in which an issue was a sub-issue of our own issue `parent`, and the events at both ends. */
export interface Parentage {
  parent: number;
  from: number;
  to: number;
  startEvent: number | null;
  endEvent: number | null;
}

/** Whose sub-issue an issue was, and when. A parent in another repository is none of ours. */
export function parentsOf({ intervals }: IssueTimeline): Parentage[] {
  return intervals.flatMap(({ attribute, key, from, to, startEvent, endEvent }) => {
    const parent = attribute === "parent" ? ownNumber(key) : null;
    return parent === null ? [] : [{ parent, from, to, startEvent, endEvent }];
  });
}

/** Number of the issue that this one is a sub-issue of at `t` (epoch ms); null: of none in this repository. */
export function parentAt(timeline: IssueTimeline, t: number): number | null {
  return parentsOf(timeline).find(({ from, to }) => from <= t && t < to)?.parent ?? null;
}

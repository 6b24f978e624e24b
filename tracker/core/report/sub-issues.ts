import { parentAt } from "../history/parents.ts";
import { forever, type IssueTimeline } from "../model/interval.ts";
import type { IssueView } from "./issue-view.ts";

/** Reads the parents above an issue at `t`, nearest first. A ring of parents ends where it closes. */
export function ancestorReader(
  timelines: Iterable<IssueTimeline>,
): (issue: IssueTimeline, t?: number) => number[] {
  const family = new Map([...timelines].map((timeline) => [timeline.number, timeline]));
  return (issue, t = forever - 1) => {
    const above: number[] = [];
    let next = parentAt(issue, t);
    while (next !== null && next !== issue.number && !above.includes(next)) {
      above.push(next);
      const parent = family.get(next);
      next = parent === undefined ? null : parentAt(parent, t);
    }
    return above;
  };
}

/** Whether an issue stands for its share of the issues above it: it is in the sprint itself, and sized. */
export const isSizedMember = (view: IssueView | null): boolean => view?.member != null && view.size !== null;

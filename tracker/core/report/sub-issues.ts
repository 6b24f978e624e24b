import type { IssueTimeline } from "../model/interval.ts";
import type { IssueView } from "./issue-view.ts";

/** The parents above an issue, nearest first. A ring of parents ends where it closes. */
export function ancestorReader(timelines: Iterable<IssueTimeline>): (issue: IssueTimeline) => number[] {
  const parents = new Map([...timelines].map((t) => [t.number, t.parent]));
  return (issue) => {
    const above: number[] = [];
    let next = issue.parent;
    while (next !== null && next !== issue.number && !above.includes(next)) {
      above.push(next);
      next = parents.get(next) ?? null;
    }
    return above;
  };
}

/** Whether an issue stands for its share of the issues above it: it is in the sprint itself, and sized. */
export const isSizedMember = (view: IssueView | null): boolean => view?.member != null && view.size !== null;

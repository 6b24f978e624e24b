import type { BoardRules, IssueView } from "./issue-view.ts";

/** Done or dropped: work that is over. What is gone is as it was when it left. */
export function isSettled(view: IssueView | null, boardRules: BoardRules): boolean {
  if (view === null) return false;
  if (view.gone === null) return view.done || view.frozen;
  return isSettled(boardRules.view(view.timeline, view.gone.from - 1), boardRules);
}

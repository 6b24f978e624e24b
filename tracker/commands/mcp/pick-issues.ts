import type { ListedState, StateDocument } from "../state.ts";

/** What of an answer is shown, and what was left out of it, in words. */
export interface Picked {
  value: Record<string, unknown> & { schema: string };
  leftOut: string[];
}

/** Which issues of a state are wanted; all that is given must hold. */
export interface IssueWishes {
  /** As people write them: 12, #12, web#12. */
  issues?: string[];
  state?: "open" | "closed";
  label?: string;
  full?: boolean;
}

/** More than these nobody reads in one answer. */
const most = 100;

/** The issues that are wanted, of many the newest: a repository may have tens of thousands. */
export function pickIssues(value: StateDocument, wishes: IssueWishes): Picked {
  const wanted = value.issues.filter((issue) => isWanted(issue, wishes));
  const shown = wishes.full === true ? wanted : wanted.slice(-most);
  const left = wanted.length - shown.length;
  return {
    value: { ...value, issues: shown },
    leftOut: left === 0 ? [] : [`issues: the ${left} oldest of ${wanted.length}`],
  };
}

function isWanted(issue: ListedState, { issues, state, label }: IssueWishes): boolean {
  const own = [`${issue.number}`, `#${issue.number}`];
  // Of several repositories a number alone is that issue of each of them.
  const names = issue.ref === undefined ? own : [...own, issue.ref];
  return (
    (issues === undefined || issues.some((name) => names.includes(name))) &&
    (state === undefined || issue.state === state) &&
    (label === undefined || issue.labels.some((one) => one.toLowerCase() === label.toLowerCase()))
  );
}

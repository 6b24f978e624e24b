import type { Sprint } from "../core/model/sprint.ts";
import { hundredths } from "./plain-figures.ts";
import { instantsIn, plainState } from "./plain-state.ts";
import type { RawHistory, RawIssue } from "./random-history.ts";

/** What stands in an issue's way at `t`, by looking at every issue that it was said to wait for. */
function blockersAt(history: RawHistory, issue: RawIssue, t: number): (number | string)[] {
  const state = plainState(issue, t);
  if (state === null || !state.isThere || !state.isOpen || state.dropped !== null) return [];
  return state.blockers
    .filter((by) => {
      const blocker = history.issues.find(({ number }) => number === by);
      // What nobody ever saw is open for all that is known.
      if (blocker === undefined) return true;
      const now = plainState(blocker, t);
      return now?.isThere === true && now.isOpen;
    })
    .sort((a, b) => Number(typeof a === "string") - Number(typeof b === "string") || Number(a) - Number(b));
}

/** Which issues waited in a sprint, for how many days, and what blocks each at its end. */
export function plainBlocked(history: RawHistory, sprint: Sprint) {
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, history.asOf));
  const everyInstant = history.issues.flatMap((issue) => instantsIn(issue, sprint.start, end));
  const instants = [...new Set(everyInstant)].sort((a, b) => a - b);
  return history.issues.flatMap((issue) => {
    let waited = 0;
    let wasBlocked = false;
    for (const [index, t] of instants.entries()) {
      if (plainState(issue, t)?.sprint !== sprint.number || blockersAt(history, issue, t).length === 0)
        continue;
      waited += (instants[index + 1] ?? end) - t;
      wasBlocked = true;
    }
    return wasBlocked ? [[issue.number, hundredths(waited / (24 * 3_600_000))] as const] : [];
  });
}

/** The type of each issue that has one, and what blocks it, at the last moment of the sprint. */
export function plainMarks(history: RawHistory, sprint: Sprint) {
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, history.asOf));
  return new Map(
    history.issues.map((issue) => [
      issue.number,
      { type: plainState(issue, end - 1)?.type ?? undefined, by: blockersAt(history, issue, end - 1) },
    ]),
  );
}

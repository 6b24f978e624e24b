import { present } from "../core/model/present.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { instantsIn, laneOf, type PlainState, plainBoard, plainState } from "./plain-state.ts";
import type { RawHistory, RawIssue } from "./random-history.ts";

/**
 * A sprint's figures computed anew, as slowly and plainly as DESIGN words them: every question is asked of raw events
 * at each instant at which something happened. It shares no code with what it is held against.
 */
export function plainFigures(history: RawHistory, sprint: Sprint) {
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, history.asOf));
  const start = Math.min(sprint.start + sprint.grace, end - 1);
  const span = { start, end };
  const before = plainBoard(history, start);
  const after = plainBoard(history, end - 1);
  const isSettled = (state: PlainState | null | undefined) =>
    state?.isDone === true || state?.dropped != null;
  const at = (board: typeof before, number: number) => board.find((state) => state.number === number);
  const isIn = (state: PlainState | undefined) => state?.sprint === sprint.number;
  const size = (board: typeof before, number: number): number => {
    const state = at(board, number);
    return state === undefined || state.byBelow(sprint.number) ? 0 : (state.size ?? 0);
  };
  const sum = (board: typeof before, numbers: number[]) =>
    hundredths(numbers.reduce((total, number) => total + size(board, number), 0));
  const numbers = history.issues.map(({ number }) => number);
  const wasWork = (number: number) =>
    instantsIn(issueOf(history, number), start, end).some(
      (t) => !isSettled(plainState(issueOf(history, number), t)),
    );
  const committed = numbers.filter((n) => isIn(at(before, n)) && !isSettled(at(before, n)));
  const final = numbers.filter((n) => isIn(at(after, n)) && wasWork(n));
  const kept = final.filter((n) => committed.includes(n));
  const added = final.filter((n) => !committed.includes(n));
  const removed = committed.filter((n) => !final.includes(n));
  const completed = final.filter((n) => at(after, n)?.isDone);
  const dropped = final.filter((n) => at(after, n)?.dropped != null);
  const open = final.filter((n) => !isSettled(at(after, n)));
  return {
    effort: {
      committed: sum(before, committed),
      added: sum(after, added),
      removed: sum(before, removed),
      reestimated: hundredths(sum(after, kept) - sum(before, kept)),
      final: sum(after, final),
      completed: sum(after, completed),
      completedInitial: sum(
        after,
        completed.filter((n) => kept.includes(n)),
      ),
      notCompleted: sum(after, open),
      frozen: sum(after, dropped),
    },
    unexpected: added.map((n) => [n, ...entryOf(issueOf(history, n), span, sprint.number)]),
    carriedOver: open.map((n) => [n, depthOf(issueOf(history, n), history.sprints, sprint)]),
    dropped: dropped.map((n) => [n, at(after, n)?.dropped]),
    removed: removed.map((n) => [n, leftBecause(at(after, n))]),
    final,
    ...finishedOutside(history, sprint, span),
    lanes: { start: lanesOf(before, sprint.number), end: lanesOf(after, sprint.number) },
  };
}

export const hundredths = (amount: number): number => Math.round(amount * 100) / 100 + 0;

export const issueOf = (history: RawHistory, number: number): RawIssue => present(history.issues[number - 1]);

const settled = (state: PlainState | null): boolean =>
  state !== null && (state.isDone || state.dropped !== null);

const leftBecause = (state: PlainState | undefined): string =>
  state?.gone ?? (state?.sprint == null ? "unmarked" : "moved");

interface Span {
  start: number;
  end: number;
}

/** How and when an added issue entered. */
function entryOf(issue: RawIssue, { start, end }: Span, sprint: number): [string, string] {
  const isIn = (t: number) => plainState(issue, t)?.sprint === sprint;
  const all = instantsIn(issue, issue.createdAt, end);
  let since = end;
  for (const t of all.toReversed()) {
    if (!isIn(t)) break;
    since = t;
  }
  const iso = (t: number) => new Date(t).toISOString();
  const first = plainState(issue, start);
  if (first === null) return ["new", iso(since)];
  if (!settled(first)) return ["moved in", iso(since)];
  let before = first;
  for (const t of instantsIn(issue, start, end)) {
    const state = present(plainState(issue, t));
    if (!settled(state)) {
      const how =
        !before.isOpen && state.isOpen ? "reopened" : before.dropped ? "out of the freezebox" : "reopened";
      return [how, iso(Math.max(t, since))];
    }
    before = state;
  }
  throw new Error(`#${issue.number} was settled all the while`);
}

/** In how many sprints that began earlier the issue was at any moment of theirs. */
function depthOf(issue: RawIssue, sprints: readonly Sprint[], { start }: Sprint): number {
  const wasIn = (one: Sprint) =>
    instantsIn(issue, one.start, one.end).some((t) => plainState(issue, t)?.sprint === one.number);
  return sprints.filter((one) => one.start < start && wasIn(one)).length;
}

function lanesOf(board: ReturnType<typeof plainBoard>, sprint: number): Record<string, number> {
  const lanes: Record<string, number> = { Backlog: 0, Sprint: 0, "In progress": 0, Done: 0, Freezebox: 0 };
  for (const state of board) {
    const lane = laneOf(state, sprint);
    if (lane !== null) lanes[lane] = present(lanes[lane]) + (state.byBelow(sprint) ? 0 : (state.size ?? 0));
  }
  return Object.fromEntries(Object.entries(lanes).map(([lane, amount]) => [lane, hundredths(amount)]));
}

/** When an issue became done for the last time in (after, until]; null: it did not, or was done before. */
function doneBetween(issue: RawIssue, after: number, until: number): number | null {
  if (plainState(issue, after)?.isDone || !plainState(issue, until)?.isDone) return null;
  let since: number | null = null;
  for (const t of instantsIn(issue, after, until + 1).toReversed()) {
    if (!plainState(issue, t)?.isDone) return since;
    since = t;
  }
  return since;
}

function finishedOutside(history: RawHistory, sprint: Sprint, { start, end }: Span) {
  const found = { finishedOutside: [] as number[], finishedBefore: [] as number[], late: [] as number[] };
  const { sprints, asOf } = history;
  const previous = sprints.filter((one) => one.end <= sprint.start).at(-1);
  const next = sprints.find((one) => one.start >= sprint.end);
  const nextStart = next === undefined ? asOf : Math.min(asOf, next.start + next.grace);
  const isInAny = (issue: RawIssue, from: number, to: number, one: Sprint) =>
    from < to && instantsIn(issue, from, to).some((t) => plainState(issue, t)?.sprint === one.number);
  for (const issue of history.issues) {
    const { number } = issue;
    const within = doneBetween(issue, start, end - 1);
    if (within !== null && !isInAny(issue, sprint.start + sprint.grace, sprint.end, sprint)) {
      const earlier = sprints.filter(
        (one) => one.start <= within && isInAny(issue, one.start, Math.min(one.end, within + 1), one),
      );
      found[earlier.length === 0 ? "finishedOutside" : "late"].push(number);
    }
    if (asOf >= sprint.end && doneBetween(issue, sprint.end - 1, nextStart) !== null)
      found.finishedOutside.push(number);
    if (doneBetween(issue, previous === undefined ? sprint.start : previous.end - 1, start) !== null)
      found.finishedBefore.push(number);
  }
  return found;
}

import { present } from "../core/model/present.ts";
import type { RawEvent, RawHistory, RawIssue } from "./random-history.ts";

/** An issue at one instant, read off its raw events one by one. Shares no code with what it is held against. */
export interface PlainState {
  number: number;
  /** Created, and not transferred or deleted. */
  isThere: boolean;
  gone: "transferred" | "deleted" | null;
  sprint: number | null;
  isOpen: boolean;
  /** Why it is dropped; null: it is not. */
  dropped: string | null;
  isDone: boolean;
  isDebt: boolean;
  inProgress: boolean;
  /** Man-days; null: no size. */
  size: number | null;
  parent: number | null;
  type: string | null;
  /** All that it was said to wait for, whatever became of those. */
  blockers: (number | string)[];
  /** Marked as debt by a label, and not by its type alone. */
  isLabelledDebt: boolean;
  /** What is said of effort, man-days, and what says it; null: nothing is. */
  effort: { days: number; word: string } | null;
}

const days: Record<string, number> = { S: 0.1, M: 0.5, L: 1, "2.5": 2.5, "3": 3 };

/** Of labels in force at once the one put on last; of two put on together the larger. */
function newest(labels: ReadonlyMap<string, number>, prefix: string): { days: number; at: number } | null {
  let found: { days: number; at: number } | null = null;
  for (const [label, at] of labels) {
    if (!label.startsWith(prefix)) continue;
    const size = present(days[label.slice(prefix.length)]);
    if (found === null || at > found.at || (at === found.at && size > found.days)) found = { days: size, at };
  }
  return found;
}

/** The state of an issue at `t`; null before it was created. Everything that happened at `t` has happened. */
export function plainState(issue: RawIssue, t: number): PlainState | null {
  if (t < issue.createdAt) return null;
  const labels = new Map<string, number>();
  let sprint: number | null = null;
  let parent: number | null = null;
  let type: string | null = null;
  const blockers = new Set<number | string>();
  let closedAs: string | null = null;
  let gone: PlainState["gone"] = null;
  for (const event of issue.events) {
    if (event.at > t) break;
    if (event.kind === "labeled") labels.set(event.label, event.at);
    if (event.kind === "unlabeled") labels.delete(event.label);
    if (event.kind === "sprint") sprint = event.sprint;
    if (event.kind === "parent") parent = typeof event.parent === "number" ? event.parent : null;
    if (event.kind === "type") type = event.type;
    if (event.kind === "blocked") blockers.add(event.by);
    if (event.kind === "unblocked") blockers.delete(event.by);
    if (event.kind === "closed") closedAs = event.reason;
    if (event.kind === "converted") closedAs = "discussion";
    if (event.kind === "reopened") closedAs = null;
    if (event.kind === "transferred" || event.kind === "deleted") gone = event.kind;
  }
  const dropped = droppedBecause(closedAs, labels.has("freezebox"));
  return {
    number: issue.number,
    isThere: gone === null,
    gone,
    sprint: gone === null ? sprint : null,
    isOpen: closedAs === null,
    dropped: gone === null ? dropped : null,
    isDone: gone === null && closedAs !== null && dropped === null,
    isDebt: labels.has("technical debt") || type === "Debt",
    isLabelledDebt: labels.has("technical debt"),
    inProgress: labels.has("in progress"),
    size: newest(labels, "size: ")?.days ?? null,
    parent,
    type,
    blockers: [...blockers],
    effort: plainSaid(issue, t),
  };
}

/**
 * What is said of effort at `t`. A line may be written after the day for which it counts, and that day may be one before
 * the issue was there.
 */
export function plainSaid(issue: RawIssue, t: number): PlainState["effort"] {
  const past = issue.events.filter((event) => event.at <= t);
  const field = past.findLast((event) => event.kind === "effort");
  if (field != null && field.days !== null) return { days: field.days, word: `field of ${field.at}` };
  const labels = new Map<string, number>();
  for (const event of past) {
    if (event.kind === "labeled") labels.set(event.label, event.at);
    if (event.kind === "unlabeled") labels.delete(event.label);
  }
  const total = newest(labels, "actual: ");
  if (total !== null) return { days: total.days, word: `label of ${total.at}` };
  const unsaid = past.flatMap((event) => (event.kind === "unsaid" ? [event.nth] : []));
  const spent = issue.events.filter((event) => event.kind === "spent");
  const there = spent.filter(
    ({ at, counts = at }, nth) => Math.min(counts, at) <= t && !unsaid.includes(nth),
  );
  if (there.length === 0) return null;
  const days = there.reduce((sum, { hours }) => sum + hours, 0) / 8;
  return { days, word: `comments ${there.map((one) => spent.indexOf(one))}` };
}

function droppedBecause(closedAs: string | null, isFrozen: boolean): string | null {
  if (closedAs === "discussion") return "converted to a discussion";
  if (closedAs === "not_planned") return "closed as not planned";
  if (closedAs === "duplicate") return "duplicate";
  return isFrozen ? "put into the freezebox" : null;
}

/** `from`, and every instant after it and before `to` at which something happened to the issue. Rising. */
export function instantsIn(issue: RawIssue, from: number, to: number): number[] {
  const found = [issue.createdAt, ...issue.events.map((event: RawEvent) => event.at)];
  return [from, ...new Set(found.filter((at) => at > from && at < to))].sort((a, b) => a - b);
}

/** All issues at `t`, with whether each counts by sized issues below it. */
export function plainBoard(
  history: RawHistory,
  t: number,
): (PlainState & { byBelow: (n: number) => boolean })[] {
  const states = history.issues.flatMap((issue) => plainState(issue, t) ?? []);
  const above = (state: PlainState): number[] => {
    const list: number[] = [];
    for (let next = state.parent; next !== null; next = states.find((s) => s.number === next)?.parent ?? null)
      list.push(next);
    return list;
  };
  return states.map((state) => ({
    ...state,
    byBelow: (sprint) =>
      states.some(
        (other) =>
          other.size !== null &&
          above(other).includes(state.number) &&
          (other.sprint === sprint || (state.sprint !== sprint && laneOf(other, sprint) === "Backlog")),
      ),
  }));
}

/** The lane of an issue on a sprint's board; null: it stands on none. */
export function laneOf(state: PlainState, sprint: number): string | null {
  if (!state.isThere) return null;
  if (state.sprint !== sprint) return state.isOpen && state.dropped === null ? "Backlog" : null;
  if (state.dropped !== null) return "Freezebox";
  if (state.isDone) return "Done";
  return state.inProgress ? "In progress" : "Sprint";
}

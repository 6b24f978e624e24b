import { parentAt, parentsOf } from "../history/parents.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { IssueReplays } from "./issue-replay.ts";
import type { IssueView } from "./issue-view.ts";

/** The issues above one at an instant, nearest first. */
export type AncestorReader = (issue: IssueTimeline, t: number) => number[];

/**
 * Reads ancestors among the issues of a family. In a ring of parents nobody is above the others, so that each of them
 * counts by itself and no effort is lost; above what hangs on a ring is the one that it hangs on.
 */
export function ancestorReader(family: Iterable<IssueTimeline>): AncestorReader {
  const members = new Map([...family].map((timeline) => [timeline.number, timeline]));
  return (issue, t) => {
    const above: number[] = [];
    let next = parentAt(issue, t);
    while (next !== null) {
      if (next === issue.number) return [];
      const ring = above.indexOf(next);
      if (ring >= 0) return above.slice(0, ring + 1);
      above.push(next);
      const parent = members.get(next);
      next = parent === undefined ? null : parentAt(parent, t);
    }
    return above;
  };
}

type Side = "sprint" | "backlog";

/** On which side of the board a sized issue stands for its share of the issues above it; null: on none. */
function sideOf(view: IssueView | null): Side | null {
  if (view === null || view.size === null) return null;
  if (view.member !== null) return "sprint";
  return view.lane === null ? null : "backlog";
}

/** Work of the sprint counts by sized sub-issues in the sprint, other work by any on the board. */
const isCountedBelow = (view: IssueView | null, below: (side: Side) => boolean): boolean =>
  below("sprint") || (view !== null && view.member === null && below("backlog"));

/**
 * Which of the issues seen at an instant count by their sub-issues, and so not by their own size. Board, report,
 * burndown and debts ask here, so that all sums follow one rule.
 */
export function countedBySubIssues(
  views: Iterable<IssueView | null>,
  t: number,
  ancestorsOf: AncestorReader,
): (view: IssueView | null) => boolean {
  const below = { sprint: new Set<number>(), backlog: new Set<number>() };
  for (const view of views) {
    const side = sideOf(view);
    if (side !== null) for (const above of ancestorsOf(present(view).timeline, t)) below[side].add(above);
  }
  return (view) => view !== null && isCountedBelow(view, (side) => below[side].has(view.timeline.number));
}

/** When an issue began or ceased to count by its sub-issues. */
export interface LeafChange {
  at: number;
  byLeaves: boolean;
  eventId: number | null;
}

/** Whether an issue counts by its sub-issues at the beginning, and every change of that. */
export interface LeafHistory {
  first: boolean;
  changes: LeafChange[];
}

interface Moment {
  at: number;
  /** Whose view changed; null: somebody got another parent. */
  issue: IssueTimeline | null;
  after: IssueView | null;
  eventId: number | null;
}

function momentsOf(
  replays: IssueReplays,
  family: readonly IssueTimeline[],
  span: { from: number; to: number },
): Moment[] {
  const inside = (at: number) => at > span.from && at < span.to;
  const moved = family.flatMap(parentsOf).flatMap((p) => [
    { at: p.from, issue: null, after: null, eventId: p.startEvent },
    { at: p.to, issue: null, after: null, eventId: p.endEvent },
  ]);
  const steps = [...replays].flatMap(([issue, { steps }]) =>
    steps.map(({ at, after, causes }): Moment => {
      const events = causes.map(({ interval, began }) => (began ? interval.startEvent : interval.endEvent));
      return { at, issue, after, eventId: events.find((event) => event !== null) ?? null };
    }),
  );
  return [...moved.filter(({ at }) => inside(at)), ...steps].sort((a, b) => a.at - b.at);
}

/** The same through a span: which issues ever counted by their sub-issues in [from, to), and when. */
export function leafHistories(
  replays: IssueReplays,
  family: readonly IssueTimeline[],
  span: { from: number; to: number },
): Map<number, LeafHistory> {
  const found = new Map<number, LeafHistory>();
  const parents = new Set(family.flatMap(parentsOf).map(({ parent }) => parent));
  if (parents.size === 0) return found;
  const isParent = (issue: IssueTimeline) => parents.has(issue.number);
  const isChild = (issue: IssueTimeline) => parentsOf(issue).length > 0;
  const ancestorsOf = ancestorReader(family);
  const relatives = [...replays].filter(([issue]) => isParent(issue) || isChild(issue));
  const views = new Map(relatives.map(([issue, { first }]) => [issue, first]));
  const judge = (t: number): Set<number> => {
    const isCounted = countedBySubIssues(views.values(), t, ancestorsOf);
    return new Set([...views].flatMap(([issue, view]) => (isCounted(view) ? issue.number : [])));
  };
  let counted = judge(span.from);
  for (const number of counted) found.set(number, { first: true, changes: [] });
  const moments = momentsOf(new Map(relatives), family, span);
  for (let next = 0; next < moments.length; ) {
    const { at } = present(moments[next]);
    let eventId: number | null = null;
    let matters = false;
    for (; moments[next]?.at === at; next += 1) {
      const { issue, after, eventId: event } = present(moments[next]);
      const before = issue === null ? null : (views.get(issue) ?? null);
      const isTelling = issue === null || sideOf(before) !== sideOf(after);
      if (isTelling) eventId ??= event;
      matters ||= isTelling || (before?.member == null) !== (after?.member == null);
      if (issue !== null) views.set(issue, after);
    }
    if (!matters) continue;
    const now = judge(at);
    for (const number of new Set([...counted, ...now])) {
      if (counted.has(number) === now.has(number)) continue;
      const history = found.get(number) ?? { first: false, changes: [] };
      history.changes.push({ at, byLeaves: now.has(number), eventId });
      found.set(number, history);
    }
    counted = now;
  }
  return found;
}

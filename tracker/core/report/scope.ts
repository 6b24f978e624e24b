import { roundDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import { type BoardRules, type IssueView, viewAt } from "./issue-view.ts";
import { everMember } from "./membership.ts";
import { isSettled } from "./settled.ts";
import { type Known, sortingAt, unseenAt } from "./sorting.ts";
import { ancestorReader, countedBySubIssues } from "./sub-issues.ts";

/** An issue of the sprint at both ends of it. */
export interface Item {
  timeline: IssueTimeline;
  /** At S = start + grace; null: not yet created. */
  atStart: IssueView | null;
  /** Just before E. */
  atEnd: IssueView | null;
  /** Man-days at S and at E; null: unestimated. 0 where sized sub-issues count in its place. */
  daysAtStart: number | null;
  daysAtEnd: number | null;
  /** Its sized sub-issues in the sprint count instead, at S and at E. */
  byLeavesAtStart: boolean;
  byLeavesAtEnd: boolean;
  /** Done or dropped at S; of what was gone then, when it left. */
  isSettledAtStart: boolean;
  /** Settled at S, and work again after it; null: not settled at S, or settled for the whole sprint. */
  revival: Revival | null;
  /** The last time before E that it was gone and came back. */
  absence: Interval | null;
}

/** The first moment after S at which what was done or dropped at S is work again. */
export interface Revival {
  at: number;
  how: "reopened" | "out of the freezebox";
  eventId: number | null;
}

/** The issues of a sprint, sorted into what the figures of effort are sums over. */
export interface Scope {
  /** Members at S, neither done nor dropped by then. */
  committed: Item[];
  /** Of the final scope, and not committed: new members, and work that was settled at S and taken up again. */
  added: Item[];
  /** Committed, and no member at E. */
  removed: Item[];
  /** Committed, and still members at E. */
  kept: Item[];
  /** Kept and added: members at E, less those settled during the whole of [S, E]. */
  final: Item[];
  completed: Item[];
  /** Of the final scope: in the freezebox at E. */
  frozen: Item[];
  notCompleted: Item[];
  /** Entered (or taken up again) after S, and gone by E. */
  cameAndWent: Item[];
  /** Everything that was a member at any moment from S to E. */
  all: Item[];
  known: Known;
}

/** Whether there was anything to do on it in the sprint: it was not settled during the whole of [S, E]. */
export const isWork = (item: Item): boolean => !item.isSettledAtStart || item.revival !== null;

const isIn = (view: IssueView | null): boolean => view?.member != null;

/** The instants of (from, to) at which anything about an issue changed. */
export function instantsOf(timeline: IssueTimeline, from: number, to: number): number[] {
  const instants = new Set<number>();
  for (const i of timeline.intervals) {
    if (i.from > from && i.from < to) instants.add(i.from);
    if (i.to > from && i.to < to) instants.add(i.to);
  }
  return [...instants].sort((a, b) => a - b);
}

function revivalOf(
  timeline: IssueTimeline,
  from: number,
  to: number,
  boardRules: BoardRules,
): Revival | null {
  let before = boardRules.view(timeline, from);
  if (!isSettled(before, boardRules)) return null;
  for (const at of instantsOf(timeline, from, to)) {
    const after = viewAt(timeline, at, boardRules);
    if (!isSettled(after, boardRules)) {
      const wasClosed = before?.closed ?? null;
      if (wasClosed !== null && after?.closed === null)
        return { at, how: "reopened", eventId: wasClosed.endEvent };
      const { freezeLabel = null, frozen = false } = before ?? {};
      const eventId = freezeLabel?.endEvent ?? null;
      return { at, how: frozen ? "out of the freezebox" : "reopened", eventId };
    }
    before = after;
  }
  return null;
}

/** Whether an issue is in the final scope of a sprint: in it at E, and not settled during the whole of [S, E]. */
export function isFinal(timeline: IssueTimeline, from: number, to: number, boardRules: BoardRules): boolean {
  if (!boardRules.counts(timeline) || !isIn(boardRules.view(timeline, to - 1))) return false;
  const atStart = boardRules.view(timeline, from);
  return !isSettled(atStart, boardRules) || revivalOf(timeline, from, to, boardRules) !== null;
}

const daysOf = (view: IssueView | null, byLeaves: boolean): number | null =>
  view === null ? null : byLeaves ? 0 : view.size === null ? null : roundDays(view.size.days);

/** Every issue that was in the sprint at any moment from S to E, as it stood at both. */
function itemsOf(
  timelines: readonly IssueTimeline[],
  from: number,
  to: number,
  boardRules: BoardRules,
  family: readonly IssueTimeline[],
): Item[] {
  const pairs = timelines
    .filter((t) => boardRules.counts(t) && everMember(t, from, to, boardRules.isMember))
    .map((timeline) => ({
      timeline,
      atStart: boardRules.view(timeline, from),
      atEnd: boardRules.view(timeline, to - 1),
    }));
  const ancestorsOf = ancestorReader(family);
  const counted = {
    start: countedBySubIssues(
      pairs.map(({ atStart }) => atStart),
      from,
      ancestorsOf,
    ),
    end: countedBySubIssues(
      pairs.map(({ atEnd }) => atEnd),
      to - 1,
      ancestorsOf,
    ),
  };
  return pairs.map((pair) => {
    const byLeavesAtStart = counted.start(pair.atStart);
    const byLeavesAtEnd = counted.end(pair.atEnd);
    return {
      ...pair,
      byLeavesAtStart,
      byLeavesAtEnd,
      daysAtStart: daysOf(pair.atStart, byLeavesAtStart),
      daysAtEnd: daysOf(pair.atEnd, byLeavesAtEnd),
      isSettledAtStart: isSettled(pair.atStart, boardRules),
      revival: revivalOf(pair.timeline, from, to, boardRules),
      absence: pair.timeline.intervals.findLast((i) => i.attribute === "gone" && i.to < to) ?? null,
    };
  });
}

/** Whether an issue that was not committed entered the sprint after S, or was taken up again while it was in it. */
const cameAfter = ({ timeline, atStart, revival }: Item, to: number, { isMember }: BoardRules): boolean =>
  !isIn(atStart) || (revival !== null && everMember(timeline, revival.at, to, isMember));

/**
 * Sorts the issues of a sprint. `from` is S = start + grace, `to` is E; an event at E itself belongs to what comes
 * after, for a sprint is half-open. `family`: issues whose parents may stand between two issues of the sprint. Pull
 * requests are never counted.
 */
export function scopeOf(
  timelines: readonly IssueTimeline[],
  from: number,
  to: number,
  boardRules: BoardRules,
  family = timelines,
): Scope {
  const all = itemsOf(timelines, from, to, boardRules, family);
  const committed = all.filter((i) => isIn(i.atStart) && !i.isSettledAtStart);
  const initial = new Set(committed);
  const kept = committed.filter((i) => isIn(i.atEnd));
  const added = all.filter((i) => !initial.has(i) && isIn(i.atEnd) && isWork(i));
  const final = [...kept, ...added];
  const [atStart, atEnd] = [all.map((i) => i.atStart), all.map((i) => i.atEnd)];
  return {
    committed,
    added,
    kept,
    final,
    removed: committed.filter((i) => !isIn(i.atEnd)),
    completed: final.filter((i) => i.atEnd?.done),
    frozen: final.filter((i) => i.atEnd?.frozen),
    notCompleted: final.filter((i) => !isSettled(i.atEnd, boardRules)),
    cameAndWent: all.filter((i) => !initial.has(i) && !isIn(i.atEnd) && cameAfter(i, to, boardRules)),
    all,
    known: {
      start: sortingAt({ all: atStart, judged: atStart, family }, from, boardRules),
      end: sortingAt({ all: atEnd, judged: atEnd.filter(isIn), family }, to - 1, boardRules),
      unseen: unseenAt(family, [from, to - 1], boardRules),
    },
  };
}

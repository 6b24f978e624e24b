import { roundDays } from "../model/days.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { BoardRules, IssueView } from "./issue-view.ts";
import { everMember } from "./membership.ts";
import { ancestorReader, isSizedMember } from "./sub-issues.ts";

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
  /** Numbers of the issues it is a sub-issue of, nearest first. */
  ancestors: readonly number[];
  /** Its sized sub-issues in the sprint count instead, at S and at E. */
  byLeavesAtStart: boolean;
  byLeavesAtEnd: boolean;
}

/** The issues of a sprint, sorted into what the figures of effort are sums over. */
export interface Scope {
  /** Members at S, neither done nor frozen by then. */
  committed: Item[];
  /** Members at E that were none at S, and were not done or frozen by S. */
  added: Item[];
  /** Committed, and no member at E. */
  removed: Item[];
  /** Committed, and still members at E. */
  kept: Item[];
  /** Kept and added. */
  final: Item[];
  completed: Item[];
  /** Of the final scope: in the freezebox at E. */
  frozen: (Item & { atEnd: IssueView })[];
  notCompleted: Item[];
  /** Entered after S and gone by E. */
  cameAndWent: Item[];
  /** Everything that was a member at any moment from S to E. */
  all: Item[];
  /** How well it is known who was a member at S and just before E, where marks are read off Projects v2. */
  membership: Provenance;
}

/** An issue that is done or frozen already is not counted by the sprint that begins. */
export const isSettled = (view: IssueView | null): boolean => view?.done === true || view?.frozen === true;

const daysOf = (view: IssueView | null, byLeaves: boolean): number | null =>
  view === null ? null : byLeaves ? 0 : view.size === null ? null : roundDays(view.size.days);

/**
 * GitHub keeps no history of iterations, and statuses may lack events: then an issue may have been a member without
 * any interval to say so, and a sum over the known members would be a guess.
 */
function membershipDoubts(
  { pullRequest, doubts }: IssueTimeline,
  instants: readonly number[],
  { isMember }: BoardRules,
): Provenance[] {
  if (pullRequest || doubts === undefined) return [];
  return doubts
    .filter(
      ({ attribute, about, from, to }) =>
        (attribute === "iteration" || attribute === "status") &&
        about !== undefined &&
        isMember({ attribute, ...about }) &&
        instants.some((at) => from <= at && at < to),
    )
    .map(({ provenance }) => provenance);
}

/**
 * Sorts the issues of a sprint. `from` is S = start + grace, `to` is E; an event at E itself belongs to what comes
 * after, for a sprint is half-open. `family`: issues whose parents may stand between two issues of the sprint. Pull requests are never counted.
 */
export function scopeOf(
  timelines: readonly IssueTimeline[],
  from: number,
  to: number,
  boardRules: BoardRules,
  family = timelines,
): Scope {
  const issues = timelines.filter((t) => !t.pullRequest && everMember(t, from, to, boardRules.isMember));
  const ancestorsOf = ancestorReader(family);
  const pairs = issues.map((timeline) => ({
    timeline,
    ancestors: ancestorsOf(timeline),
    atStart: boardRules.view(timeline, from),
    atEnd: boardRules.view(timeline, to - 1),
  }));
  const startParents = new Set(pairs.flatMap((p) => (isSizedMember(p.atStart) ? p.ancestors : [])));
  const endParents = new Set(pairs.flatMap((p) => (isSizedMember(p.atEnd) ? p.ancestors : [])));
  const all: Item[] = pairs.map((p) => {
    const byLeavesAtStart = startParents.has(p.timeline.number);
    const byLeavesAtEnd = endParents.has(p.timeline.number);
    return {
      ...p,
      byLeavesAtStart,
      byLeavesAtEnd,
      daysAtStart: daysOf(p.atStart, byLeavesAtStart),
      daysAtEnd: daysOf(p.atEnd, byLeavesAtEnd),
    };
  });
  const isIn = (view: IssueView | null): boolean => view?.member != null;
  const committed = all.filter((i) => isIn(i.atStart) && !isSettled(i.atStart));
  const kept = committed.filter((i) => isIn(i.atEnd));
  const added = all.filter((i) => !isIn(i.atStart) && isIn(i.atEnd) && !isSettled(i.atStart));
  const final = [...kept, ...added];
  return {
    committed,
    added,
    kept,
    final,
    removed: committed.filter((i) => !isIn(i.atEnd)),
    completed: final.filter((i) => i.atEnd?.done),
    frozen: final.filter((i): i is Scope["frozen"][number] => i.atEnd?.frozen === true),
    notCompleted: final.filter((i) => !isSettled(i.atEnd)),
    cameAndWent: all.filter((i) => !isIn(i.atStart) && !isIn(i.atEnd)),
    all,
    membership: worst(family.flatMap((timeline) => membershipDoubts(timeline, [from, to - 1], boardRules))),
  };
}

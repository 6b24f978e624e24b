import type { IssueTimeline } from "../model/interval.ts";
import { ownNumber } from "../model/issue-reference.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { BoardRules, IssueView } from "./issue-view.ts";
import { type IntervalTest, nameless } from "./label-test.ts";
import { mayPlace } from "./membership.ts";
import { isSettled } from "./settled.ts";
import { ancestorReader } from "./sub-issues.ts";

/**
 * How well it is known, at S or just before E, which list an issue belongs into: a list of nobody is no better known
 * than that.
 */
export interface Sorting {
  /** Who was in the sprint. */
  members: Provenance;
  /** The same of those that were done or dropped, or may have been; and of those that were not, or may not have been. */
  over: Provenance;
  left: Provenance;
  /** Who of them was done or dropped. */
  settled: Provenance;
  /** Who of them counts by its sub-issues. */
  parents: Provenance;
}

/** Both ends of a sprint, and what holds for all of it. */
export interface Known {
  start: Sorting;
  end: Sorting;
  /** Who else was in it before iterations and statuses were first looked at: no figure is better known. */
  unseen: Provenance;
}

/**
 * GitHub keeps no history of iterations, and statuses, milestones and labels may lack events: then an issue may have
 * been in the sprint at some instant of [from, to) without any interval to say so, and a sum over the known members
 * would be a guess. How well each way is known in which it may have been; none: it was not, but where an interval says so.
 */
export function membershipDoubts(
  timeline: IssueTimeline,
  span: { from: number; to: number },
  { isMember, isPerhaps, counts }: BoardRules,
  isAsked: IntervalTest = () => true,
): Provenance[] {
  const { doubts = [], intervals } = timeline;
  if ((doubts.length === 0 && isPerhaps === null) || !counts(timeline)) return [];
  const isIn = ({ from, to }: { from: number; to: number }) => from < span.to && span.from < to;
  const now = doubts.filter(isIn);
  const told = now.flatMap(({ attribute, about, provenance }) => {
    const named = { attribute, ...(about ?? nameless) };
    return mayPlace(named, isMember) && isAsked(named) ? [provenance] : [];
  });
  // What is gone may have been there still, or have been back already: then it was where it is said to have been.
  const absences = now.filter(({ attribute }) => attribute === "gone");
  const places = absences.length === 0 ? [] : intervals.filter((i) => isIn(i) && isMember(i) && isAsked(i));
  for (const { from, to, provenance } of absences)
    if (places.some((i) => Math.max(i.from, from, span.from) < Math.min(i.to, to, span.to)))
      told.push(provenance);
  return isPerhaps !== null && intervals.some((i) => isIn(i) && isPerhaps(i) && isAsked(i))
    ? [...told, "inferred"]
    : told;
}

/** What is not replayed of whose sub-issues the sized issues of a sprint were at `t`, and the issues above them. */
function parentDoubts(
  views: readonly IssueView[],
  t: number,
  family: readonly IssueTimeline[],
): Provenance[] {
  const doubtsIn = ({ intervals, doubts = [] }: IssueTimeline): Provenance[] =>
    [
      ...intervals.filter(({ attribute, key }) => attribute === "parent" && ownNumber(key) !== null),
      ...doubts.filter(
        ({ attribute, about }) =>
          attribute === "parent" && (about === undefined || ownNumber(about.key) !== null),
      ),
    ].flatMap(({ from, to, provenance }) => (from <= t && t < to ? [provenance] : []));
  const ancestorsOf = ancestorReader(family);
  const known = new Map(family.map((timeline) => [timeline.number, timeline]));
  return views
    .filter(({ size, member }) => size !== null && member !== null)
    .flatMap(({ timeline }) => [timeline, ...ancestorsOf(timeline, t).flatMap((n) => known.get(n) ?? [])])
    .flatMap(doubtsIn);
}

const at = (t: number) => ({ from: t, to: t + 1 });

/** `judged`: those of `all` whose being settled sorts them. `family`: others that may have been in the sprint. */
export function sortingAt(
  {
    all,
    judged,
    family,
  }: Record<"all" | "judged", readonly (IssueView | null)[]> & {
    family: readonly IssueTimeline[];
  },
  t: number,
  boardRules: BoardRules,
): Sorting {
  const there = (views: readonly (IssueView | null)[]) => views.filter((view) => view !== null);
  const members = [
    ...there(all).map((view) => ({ view, known: view.membershipKnown })),
    ...family.flatMap((timeline) => {
      const doubts = membershipDoubts(timeline, at(t), boardRules);
      return doubts.length === 0 ? [] : [{ view: boardRules.view(timeline, t), known: worst(doubts) }];
    }),
  ];
  const of = (mayBe: (view: IssueView) => boolean) =>
    worst(members.flatMap(({ view, known }) => (view !== null && mayBe(view) ? [known] : [])));
  return {
    members: worst(members.map(({ known }) => known)),
    over: of((view) => view.settledKnown !== "replayed" || isSettled(view, boardRules)),
    left: of((view) => view.settledKnown !== "replayed" || !isSettled(view, boardRules)),
    settled: worst(there(judged).map(({ settledKnown }) => settledKnown)),
    parents: worst(parentDoubts(there(all), t, family)),
  };
}

/**
 * GitHub keeps no history of iterations, and a status may change without a word: who else was in the sprint before it
 * was first looked at, no figure can know.
 */
export function unseenAt(
  family: readonly IssueTimeline[],
  instants: readonly number[],
  boardRules: BoardRules,
): Provenance {
  const isOfProject: IntervalTest = ({ attribute }) => attribute === "iteration" || attribute === "status";
  return worst(
    family.flatMap((timeline) =>
      instants.flatMap((t) => membershipDoubts(timeline, at(t), boardRules, isOfProject)),
    ),
  );
}

/**
 * How well it is known which issues a figure sums up, where that is more than its rows say. What it leaves out is part
 * of it: where one that stayed may have left, that nobody was removed is a guess.
 */
export function sortingBehind({ start, end, unseen }: Known): (figure: string) => Provenance[] {
  const committed = [start.left, start.settled, start.parents];
  const final = [end.members, start.settled, end.parents];
  const outcome = (members: Provenance) => [members, start.settled, end.settled, end.parents];
  const ways = [...committed, ...final];
  const all = [...committed, ...outcome(end.over)];
  const behind: Record<string, Provenance[]> = {
    committed,
    added: ways,
    removed: ways,
    reestimated: ways,
    unexpectedActual: ways,
    completed: outcome(end.over),
    notCompleted: outcome(end.left),
    frozen: outcome(end.over),
    completedInitial: all,
    sayDo: all,
    sayDoInitial: all,
  };
  return (figure) => [unseen, ...(behind[figure] ?? final)];
}

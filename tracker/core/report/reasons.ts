import { roundDays } from "../model/days.ts";
import type { Interval } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { Actual } from "./actual.ts";
import type { Actuals } from "./effort.ts";
import type { IssueView } from "./issue-view.ts";
import type { Item } from "./scope.ts";

/** Why an issue counts in a figure, and with how much. */
export interface Reason {
  days: number | null;
  why: string;
  /** The interval whose beginning is the reason. */
  because: Pick<Interval, "from" | "startEvent"> | null;
  provenance: Provenance;
}

export type ReasonOf = (item: Item) => Reason;

export const lastBegun = (intervals: readonly (Interval | null | undefined)[]): Interval | null =>
  intervals.reduce<Interval | null>(
    (newest, i) => (i && (newest === null || i.from > newest.from) ? i : newest),
    null,
  );

const sizeText = (view: IssueView | null, byLeaves: boolean): string =>
  byLeaves ? "counted by its sub-issues" : view?.size == null ? "no estimate" : `size ${view.size.name}`;

export const both = (item: Item): Provenance =>
  worst([item.atStart?.provenance ?? "replayed", item.atEnd?.provenance ?? "replayed"]);

export const committed = (i: Item): Reason => ({
  days: i.daysAtStart,
  why: `in the sprint at its start, ${sizeText(i.atStart, i.byLeavesAtStart)}`,
  because: lastBegun([i.atStart?.member, i.atStart?.size?.interval]),
  provenance: i.atStart?.provenance ?? "replayed",
});

export const atEnd =
  (why: string, of: (i: Item) => Interval | null) =>
  (i: Item): Reason => ({
    days: i.daysAtEnd,
    why: `${why}, ${sizeText(i.atEnd, i.byLeavesAtEnd)}`,
    because: of(i),
    provenance: both(i),
  });

export const added = atEnd("entered after the start", (i) => i.atEnd?.member ?? null);

export const reestimated = (i: Item): Reason => ({
  days: roundDays((i.daysAtEnd ?? 0) - (i.daysAtStart ?? 0)),
  why: `${sizeText(i.atStart, i.byLeavesAtStart)} at the start, ${sizeText(i.atEnd, i.byLeavesAtEnd)} at the end`,
  because: i.atEnd?.size?.interval ?? null,
  provenance: both(i),
});

export const done = atEnd("done at the end", (i) => i.atEnd?.closed ?? i.atEnd?.member ?? null);

export const removed = (i: Item): Reason => {
  const was = i.atStart?.member ?? null;
  return {
    days: i.daysAtStart === null ? null : -i.daysAtStart,
    why: `left the sprint before its end, ${sizeText(i.atStart, i.byLeavesAtStart)}`,
    because: was === null ? null : { ...was, from: was.to, startEvent: was.endEvent },
    provenance: both(i),
  };
};

function sourceOf({ by, comments }: Actual): string {
  if (by === "label") return "by its label";
  return comments === 1 ? "by a comment" : `by ${comments} comments`;
}

/** The reason where effort is known; that nobody wrote one down is known of the issue, so it casts no doubt on a share. */
const whereSpent =
  (actuals: Actuals, reason: (i: Item, actual: Actual) => Pick<Reason, "days" | "why">): ReasonOf =>
  (i) => {
    const actual = actuals.get(i.timeline.number);
    if (actual === undefined)
      return { days: null, why: "effort unknown", because: null, provenance: both(i) };
    return {
      ...reason(i, actual),
      because: { from: actual.at, startEvent: actual.eventId },
      provenance: worst([actual.provenance, both(i)]),
    };
  };

export const spent = (actuals: Actuals): ReasonOf =>
  whereSpent(actuals, (_, actual) => {
    const earlier = roundDays(actual.days - actual.inSprint);
    const rest = earlier === 0 ? "" : `, ${earlier} d of them in an earlier sprint`;
    return { days: actual.inSprint, why: `spent ${actual.days} d ${sourceOf(actual)}${rest}` };
  });

export const misjudged = (actuals: Actuals): ReasonOf =>
  whereSpent(actuals, (i, actual) => ({
    days: roundDays(actual.days - (i.daysAtEnd ?? 0)),
    why: `spent ${actual.days} d ${sourceOf(actual)}, estimated ${i.daysAtEnd ?? "—"} d (${i.atEnd?.size?.name ?? "—"})`,
  }));

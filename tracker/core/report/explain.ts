import { isoOf, roundDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { ExplanationRow } from "../model/report.ts";
import type { SizeUnit } from "../model/rules.ts";
import type { Departure } from "./departure.ts";
import type { Actuals } from "./effort.ts";
import type { Counted } from "./effort-ledger.ts";
import { entryOf } from "./entry.ts";
import { droppedWhy, type IssueView } from "./issue-view.ts";
import type { Item, Scope } from "./scope.ts";
import { sortingBehind } from "./sorting.ts";

export interface Explanation {
  rows: ExplanationRow[];
  provenance: Provenance;
}

/** What figures of effort rest on, beside the scope. */
export interface Grounds {
  scope: Scope;
  actuals: Actuals;
  elsewhere: readonly Counted[];
  corrections: readonly Counted[];
  departureOf: (item: Item) => Departure;
  /** What sizes count; effort is in days. */
  unit: SizeUnit;
  /** An issue just before the sprint's end. */
  viewAtEnd: (timeline: IssueTimeline) => IssueView | null;
}

/** What one row says, before its instant is written out. */
interface Ground {
  days: number | null;
  why: string;
  at: number | null;
  eventId: number | null;
  provenance: Provenance;
}

const lastBegun = (intervals: readonly (Interval | null | undefined)[]): Interval | null =>
  intervals.reduce<Interval | null>(
    (newest, i) => (i && (newest === null || i.from > newest.from) ? i : newest),
    null,
  );

const begin = (interval: Interval | null): Pick<Ground, "at" | "eventId"> => ({
  at: interval?.from ?? null,
  eventId: interval?.startEvent ?? null,
});

const sizeText = (view: IssueView | null, byLeaves: boolean): string =>
  byLeaves ? "counted by its sub-issues" : view?.size == null ? "no estimate" : `size ${view.size.name}`;

const both = (item: Item): Provenance =>
  worst([item.atStart?.provenance ?? "replayed", item.atEnd?.provenance ?? "replayed"]);

const committed = (i: Item): Ground => ({
  days: i.daysAtStart,
  why: `in the sprint at its start, ${sizeText(i.atStart, i.byLeavesAtStart)}`,
  ...begin(lastBegun([i.atStart?.member, i.atStart?.size?.interval])),
  provenance: i.atStart?.provenance ?? "replayed",
});

const atEnd =
  (why: string, of: (i: Item) => Interval | null) =>
  (i: Item): Ground => ({
    days: i.daysAtEnd,
    why: `${why}, ${sizeText(i.atEnd, i.byLeavesAtEnd)}`,
    ...begin(of(i)),
    provenance: both(i),
  });

const entries = {
  new: "new, entered after the start",
  "moved in": "moved in after the start",
  reopened: "reopened after the start",
  "out of the freezebox": "out of the freezebox after the start",
};

const added = (i: Item): Ground => {
  const entry = entryOf(i);
  const how = entry === null ? "entered after the start" : entries[entry.how];
  return {
    days: i.daysAtEnd,
    why: `${how}, ${sizeText(i.atEnd, i.byLeavesAtEnd)}`,
    at: entry?.at ?? null,
    eventId: entry?.eventId ?? null,
    provenance: both(i),
  };
};

const departures = {
  moved: "moved before the end",
  unmarked: "taken off the sprint before its end",
  transferred: "transferred to another repository before the end",
  deleted: "deleted before the end",
};

const removed =
  (departureOf: Grounds["departureOf"]) =>
  (i: Item): Ground => {
    const { reason, at, eventId, to } = departureOf(i);
    const how = to === null ? departures[reason] : `moved to ${to} before the end`;
    const why = `${how}, ${sizeText(i.atStart, i.byLeavesAtStart)}`;
    return { days: i.daysAtStart, why, at, eventId, provenance: both(i) };
  };

const reestimated = (i: Item): Ground => ({
  days: roundDays((i.daysAtEnd ?? 0) - (i.daysAtStart ?? 0)),
  why: `${sizeText(i.atStart, i.byLeavesAtStart)} at the start, ${sizeText(i.atEnd, i.byLeavesAtEnd)} at the end`,
  ...begin(i.atEnd?.size?.interval ?? null),
  provenance: both(i),
});

const done = atEnd("done at the end", (i) => i.atEnd?.closed ?? i.atEnd?.member ?? null);

const frozen = (i: Item): Ground => {
  const dropped = droppedWhy(i.atEnd);
  return atEnd(
    `in the freezebox at the end, ${dropped?.reason ?? "dropped"}`,
    () => dropped?.since ?? null,
  )(i);
};

const spent =
  (actuals: Actuals, isError: boolean) =>
  (i: Item): Ground => {
    const actual = actuals.get(i.timeline.number) ?? null;
    // That nobody wrote an effort down is known of the issue, so it casts no doubt on the share.
    if (actual === null)
      return { days: null, why: "effort unknown", at: null, eventId: null, provenance: both(i) };
    const said = `spent ${actual.days} d ${actual.source}`;
    const earlier = roundDays(actual.days - actual.inSprint - actual.correction);
    const mended = actual.correction === 0 ? "" : `, corrected by ${-actual.correction} d`;
    return {
      days: isError ? roundDays(actual.days - (i.daysAtEnd ?? 0)) : actual.inSprint,
      why: isError
        ? `${said}, estimated ${i.daysAtEnd ?? "—"} d (${i.atEnd?.size?.name ?? "—"})`
        : `${said}${earlier === 0 ? "" : `, ${earlier} d of them counted before`}${mended}`,
      at: actual.at,
      eventId: actual.eventId,
      provenance: worst([actual.provenance, both(i)]),
    };
  };

type RowsOf = <T extends { timeline: IssueTimeline }>(
  list: readonly T[],
  ground: (one: T) => Ground,
) => Explanation;

/** Writes rows; the same few instants stand in most figures, so each is written out once. */
function rowWriter(titleOf: (timeline: IssueTimeline) => string): RowsOf {
  const texts = new Map<number, string>();
  const textOf = (at: number): string => {
    const text = texts.get(at) ?? isoOf(at);
    texts.set(at, text);
    return text;
  };
  return (list, ground) => {
    const rows = list.map((one): ExplanationRow => {
      const { at, ...rest } = ground(one);
      const { timeline } = one;
      const instant = at === null ? null : textOf(at);
      return { number: timeline.number, title: titleOf(timeline), ...rest, at: instant };
    });
    return { rows, provenance: worst(rows.map(({ provenance }) => provenance)) };
  };
}

const parts = (numerator: Explanation, denominator: Explanation): Explanation => ({
  rows: [
    ...numerator.rows.map((row) => ({ ...row, part: "numerator" as const })),
    ...denominator.rows.map((row) => ({ ...row, part: "denominator" as const })),
  ],
  provenance: worst([numerator.provenance, denominator.provenance]),
});

/** What the sum committed + added + re-estimated − removed = final rests on. */
function explainScope({ scope, departureOf }: Grounds, rowsOf: RowsOf): Record<string, Explanation> {
  return {
    committed: rowsOf(scope.committed, committed),
    added: rowsOf(scope.added, added),
    removed: rowsOf(scope.removed, removed(departureOf)),
    reestimated: {
      rows: rowsOf(
        scope.kept.filter((i) => i.daysAtStart !== i.daysAtEnd),
        reestimated,
      ).rows,
      // That the others kept their estimates is part of the figure.
      provenance: worst(scope.kept.map(both)),
    },
    final: rowsOf(
      scope.final,
      atEnd("in the sprint at its end", (i) => lastBegun([i.atEnd?.member, i.atEnd?.size?.interval])),
    ),
    unestimated: rowsOf(
      scope.final.filter((i) => i.daysAtEnd === null),
      atEnd("counted without a size", (i) => i.atEnd?.member ?? null),
    ),
  };
}

function explainOutcome({ scope }: Grounds, rowsOf: RowsOf): Record<string, Explanation> {
  const initial = new Set(scope.kept);
  const atStart = rowsOf(scope.committed, committed);
  const completed = rowsOf(scope.completed, done);
  const completedInitial = rowsOf(
    scope.completed.filter((i) => initial.has(i)),
    done,
  );
  return {
    completed,
    completedInitial,
    notCompleted: rowsOf(
      scope.notCompleted,
      atEnd("not done at the end", (i) => i.atEnd?.member ?? null),
    ),
    frozen: rowsOf(scope.frozen, frozen),
    sayDo: parts(completed, atStart),
    sayDoInitial: parts(completedInitial, atStart),
  };
}

function explainSpent(
  { scope, actuals, elsewhere, corrections, unit }: Grounds,
  rowsOf: RowsOf,
): Record<string, Explanation> {
  const isKnown = (i: Item) => actuals.has(i.timeline.number);
  const said =
    (days: (one: Counted) => number, why: string) =>
    (one: Counted): Ground => ({
      days: days(one),
      why: one.spent === null ? why : `${why}: ${one.spent.days} d in all ${one.spent.source}`,
      at: one.spent?.at ?? null,
      eventId: one.spent?.eventId ?? null,
      provenance: one.spent?.provenance ?? "replayed",
    });
  return {
    actual: rowsOf(scope.final.filter(isKnown), spent(actuals, false)),
    actualShare: rowsOf(
      scope.final.filter((i) => !i.byLeavesAtEnd),
      spent(actuals, false),
    ),
    ...(unit === "days"
      ? {
          estimationError: rowsOf(
            scope.final.filter((i) => isKnown(i) && i.daysAtEnd !== null && !i.byLeavesAtEnd),
            spent(actuals, true),
          ),
        }
      : {}),
    unexpectedActual: rowsOf(scope.added.filter(isKnown), spent(actuals, false)),
    spentElsewhere: rowsOf(
      elsewhere,
      said(({ days }) => days, "said in the sprint, outside its scope"),
    ),
    corrections: rowsOf(
      corrections,
      said(({ correction }) => correction, "less than was counted before"),
    ),
  };
}

/** The issues, values and events that every figure of effort rests on. Keys are those of `effort`. */
export function explainEffort(grounds: Grounds): Record<string, Explanation> {
  const rowsOf = rowWriter((timeline) => grounds.viewAtEnd(timeline)?.title ?? timeline.title);
  const figures = {
    ...explainScope(grounds, rowsOf),
    ...explainOutcome(grounds, rowsOf),
    ...explainSpent(grounds, rowsOf),
  };
  const sorting = sortingBehind(grounds.scope.known);
  for (const [name, figure] of Object.entries(figures))
    figure.provenance = worst([figure.provenance, ...sorting(name)]);
  return figures;
}

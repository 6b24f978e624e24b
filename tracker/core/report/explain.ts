import { isoOf, roundDays } from "../model/days.ts";
import type { Interval } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { ExplanationRow } from "../model/report.ts";
import type { Actuals } from "./effort.ts";
import type { IssueView } from "./issue-view.ts";
import type { Item, Scope } from "./scope.ts";

export interface Explanation {
  rows: ExplanationRow[];
  provenance: Provenance;
}

interface FigureRows {
  days: number | null;
  why: string;
  /** The interval whose beginning is the reason. */
  because: Pick<Interval, "from" | "startEvent"> | null;
  provenance: Provenance;
}

const lastBegun = (intervals: readonly (Interval | null | undefined)[]): Interval | null =>
  intervals.reduce<Interval | null>(
    (newest, i) => (i && (newest === null || i.from > newest.from) ? i : newest),
    null,
  );

const sizeText = (view: IssueView | null, byLeaves: boolean): string =>
  byLeaves ? "counted by its sub-issues" : view?.size == null ? "no estimate" : `size ${view.size.name}`;

const both = (item: Item): Provenance =>
  worst([item.atStart?.provenance ?? "replayed", item.atEnd?.provenance ?? "replayed"]);

const committed = (i: Item): FigureRows => ({
  days: i.daysAtStart,
  why: `in the sprint at its start, ${sizeText(i.atStart, i.byLeavesAtStart)}`,
  because: lastBegun([i.atStart?.member, i.atStart?.size?.interval]),
  provenance: i.atStart?.provenance ?? "replayed",
});

const atEnd =
  (why: string, of: (i: Item) => Interval | null) =>
  (i: Item): FigureRows => ({
    days: i.daysAtEnd,
    why: `${why}, ${sizeText(i.atEnd, i.byLeavesAtEnd)}`,
    because: of(i),
    provenance: both(i),
  });

const added = atEnd("entered after the start", (i) => i.atEnd?.member ?? null);

const reestimated = (i: Item): FigureRows => ({
  days: roundDays((i.daysAtEnd ?? 0) - (i.daysAtStart ?? 0)),
  why: `${sizeText(i.atStart, i.byLeavesAtStart)} at the start, ${sizeText(i.atEnd, i.byLeavesAtEnd)} at the end`,
  because: i.atEnd?.size?.interval ?? null,
  provenance: both(i),
});

const together = (a: Explanation, b: Explanation): Explanation => ({
  rows: [...a.rows, ...b.rows],
  provenance: worst([a.provenance, b.provenance]),
});

/** The issues, values and events that every figure of effort rests on. Keys are those of `effort`. */
export function explainEffort(scope: Scope, actuals: Actuals): Record<string, Explanation> {
  // The same few instants stand in most figures.
  const texts = new Map<number, string>();
  const textOf = (at: number): string => {
    const text = texts.get(at) ?? isoOf(at);
    texts.set(at, text);
    return text;
  };
  const rowsOf = (items: readonly Item[], ground: (i: Item) => FigureRows): Explanation => {
    const provenances: Provenance[] = [];
    const rows = items.map((item) => {
      const { days, why, because, provenance } = ground(item);
      provenances.push(provenance);
      return {
        number: item.timeline.number,
        title: item.atEnd?.title ?? item.timeline.title,
        days,
        why,
        at: because === null ? null : textOf(because.from),
        eventId: because?.startEvent ?? null,
        provenance,
      };
    });
    return { rows, provenance: worst(provenances) };
  };
  const initial = new Set(scope.kept);
  const done = atEnd("done at the end", (i) => i.atEnd?.closed ?? i.atEnd?.member ?? null);
  const left = (i: Item): FigureRows => {
    const was = i.atStart?.member ?? null;
    return {
      days: i.daysAtStart === null ? null : -i.daysAtStart,
      why: `left the sprint before its end, ${sizeText(i.atStart, i.byLeavesAtStart)}`,
      because: was === null ? null : { ...was, from: was.to, startEvent: was.endEvent },
      provenance: both(i),
    };
  };
  const spent =
    (error: boolean) =>
    (i: Item): FigureRows => {
      const actual = actuals.get(i.timeline.number) ?? null;
      // That nobody wrote an effort down is known of the issue, so it casts no doubt on the share.
      if (actual === null) return { days: null, why: "effort unknown", because: null, provenance: both(i) };
      const { source } = actual;
      const earlier = roundDays(actual.days - actual.inSprint);
      return {
        days: error ? roundDays(actual.days - (i.daysAtEnd ?? 0)) : actual.inSprint,
        why: error
          ? `spent ${actual.days} d ${source}, estimated ${i.daysAtEnd ?? "—"} d (${i.atEnd?.size?.name ?? "—"})`
          : `spent ${actual.days} d ${source}${earlier === 0 ? "" : `, ${earlier} d of them in an earlier sprint`}`,
        because: { from: actual.at, startEvent: actual.eventId },
        provenance: worst([actual.provenance, both(i)]),
      };
    };
  const withBoth = scope.final.filter(
    (i) => actuals.has(i.timeline.number) && i.daysAtEnd !== null && !i.byLeavesAtEnd,
  );
  const known = scope.final.filter((i) => actuals.has(i.timeline.number));
  const atStart = rowsOf(scope.committed, committed);
  const completed = rowsOf(scope.completed, done);
  const completedInitial = rowsOf(
    scope.completed.filter((i) => initial.has(i)),
    done,
  );
  const figures: Record<string, Explanation> = {
    committed: atStart,
    added: rowsOf(scope.added, added),
    removed: rowsOf(scope.removed, left),
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
    completed,
    completedInitial,
    notCompleted: rowsOf(
      scope.notCompleted,
      atEnd("not done at the end", (i) => i.atEnd?.member ?? null),
    ),
    frozen: rowsOf(
      scope.frozen,
      atEnd("in the freezebox at the end", (i) => i.atEnd?.freezeLabel ?? i.atEnd?.closed ?? null),
    ),
    actual: rowsOf(known, spent(false)),
    actualShare: rowsOf(scope.final, spent(false)),
    estimationError: rowsOf(withBoth, spent(true)),
    unexpectedActual: rowsOf(
      scope.added.filter((i) => actuals.has(i.timeline.number)),
      spent(false),
    ),
    sayDo: together(completed, atStart),
    sayDoInitial: together(completedInitial, atStart),
    unestimated: rowsOf(
      scope.final.filter((i) => i.daysAtEnd === null),
      atEnd("counted without a size", (i) => i.atEnd?.member ?? null),
    ),
  };
  // Every figure is a sum over the members: where it is not known who they were, no sum is better known than that.
  for (const figure of Object.values(figures))
    figure.provenance = worst([figure.provenance, scope.membership]);
  return figures;
}

import { quantile } from "d3-array";
import { ageInDays } from "../model/calendar.ts";
import { isoOf, roundDays, sumDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { DebtCard, DebtLedger } from "../model/report.ts";
import { cardOf } from "./card.ts";
import type { BoardRules, IssueView } from "./issue-view.ts";

interface Debt {
  view: IssueView;
  openedAt: number;
  /** The interval of its first debt label. */
  mark: Interval;
  /** When it was closed as done while it was debt; null: not paid. */
  paidAt: number | null;
  isOpen: boolean;
}

/** Closed before the sprint and at its end: the ledger of the sprint says nothing of it. */
const isLongSettled = (timeline: IssueTimeline, start: number, end: number): boolean =>
  timeline.intervals.some(
    (i) => i.attribute === "state" && i.value === "closed" && i.from < start && end <= i.to,
  );

function debtOf(timeline: IssueTimeline, start: number, end: number, boardRules: BoardRules): Debt | null {
  if (timeline.pullRequest || isLongSettled(timeline, start, end)) return null;
  const marks = timeline.intervals.filter(
    (i) => i.attribute === "label" && i.from < end && boardRules.isDebt(i),
  );
  const first = marks[0];
  const view = boardRules.view(timeline, end - 1);
  if (first === undefined || view === null) return null;
  const mark = marks.reduce((oldest, i) => (i.from < oldest.from ? i : oldest), first);
  const marked = marks.some((i) => end - 1 < i.to);
  const paid = marked && view.closed !== null && !view.frozen;
  return {
    view,
    openedAt: mark.from,
    mark,
    paidAt: paid ? view.closed!.from : null,
    isOpen: marked && view.state === "open" && !view.frozen,
  };
}

/**
 * The technical-debt ledger of [start, end): opened is what became debt in it, paid is what was closed as done in it.
 * Debt that was dropped, or that lost the label, is written off: neither open nor paid. Ages in calendar days.
 */
export function computeDebt(
  timelines: Iterable<IssueTimeline>,
  start: number,
  end: number,
  boardRules: BoardRules,
  links: boolean,
): DebtLedger {
  const debts = [...timelines]
    .flatMap((t) => debtOf(t, start, end, boardRules) ?? [])
    .sort((a, b) => a.openedAt - b.openedAt);
  const card = (d: Debt): DebtCard => ({
    ...cardOf(d.view, { links }),
    openedAt: isoOf(d.openedAt),
    paidAt: d.paidAt === null ? null : isoOf(d.paidAt),
    openedEventId: d.mark.startEvent,
    paidEventId: d.paidAt === null ? null : (d.view.closed?.startEvent ?? null),
  });
  const opened = debts.filter((d) => d.openedAt >= start && (d.isOpen || d.paidAt !== null));
  const paid = debts.filter((d) => d.paidAt !== null && d.paidAt >= start);
  const open = debts.filter((d) => d.isOpen);
  const ages = open.map((d) => ageInDays(d.openedAt, end - 1, boardRules.rules.timeZone));
  const age = (p: number): number | null => {
    const at = quantile(ages, p);
    return at === undefined ? null : roundDays(at);
  };
  return {
    opened: opened.map(card),
    paid: paid.map(card),
    openCards: open.map(card),
    open: open.length,
    net: opened.length - paid.length,
    daysOwed: sumDays(open.map((d) => d.view.size?.days ?? null)),
    unestimated: open.filter((d) => d.view.size === null).length,
    ages: { p50: age(0.5), p85: age(0.85), p95: age(0.95) },
  };
}

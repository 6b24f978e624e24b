import { quantile } from "d3-array";
import { ageInDays } from "../model/calendar.ts";
import { isoOf, roundDays, sumDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { DebtCard, DebtLedger, DroppedDebtCard } from "../model/report.ts";
import { cardOf } from "./card.ts";
import { type DebtKnown, debtKnown, debtReader } from "./debt-known.ts";
import { type BoardRules, droppedWhy, type IssueView, viewAt } from "./issue-view.ts";
import { ancestorReader } from "./sub-issues.ts";
import { unitField } from "./unit.ts";

/** A span [from, to) in which an issue was owed: marked as debt by a label or its type, open, not dropped. */
interface OwedSpan {
  timeline: IssueTimeline;
  from: number;
  to: number;
  /** The event that made it a debt; null where history names none. */
  eventId: number | null;
}

/** How a span ended. `paidEventId`: of the closing. */
type Ending =
  | { kind: "paid"; eventId: number | null }
  | { kind: "dropped"; reason: string; eventId: number | null };

/** When an issue was owed up to `until`. An interval that lasts no time is none, so neither is a debt of no time. */
function owedSpans(timeline: IssueTimeline, until: number, boardRules: BoardRules): OwedSpan[] {
  const ends = (i: Interval) =>
    (i.attribute === "state" && i.value === "closed") ||
    i.attribute === "gone" ||
    (i.attribute === "label" && boardRules.isFreezebox(i));
  const marks = timeline.intervals.filter((i) => i.from < until && boardRules.isDebt(i));
  if (!boardRules.counts(timeline) || marks.length === 0) return [];
  const over = timeline.intervals.filter((i) => i.from < until && ends(i));
  const holds = (list: readonly Interval[], t: number) => list.some((i) => i.from <= t && t < i.to);
  const instants = [...new Set([...marks, ...over].flatMap((i) => [i.from, i.to]))].sort((a, b) => a - b);
  const spans: OwedSpan[] = [];
  let open: OwedSpan | null = null;
  for (const at of instants) {
    const isOwed = holds(marks, at) && !holds(over, at);
    if (isOwed && open === null) {
      const began = marks.find((i) => i.from === at) ?? null;
      const event = began?.startEvent ?? over.find((i) => i.to === at)?.endEvent ?? null;
      open = { timeline, from: at, to: Number.POSITIVE_INFINITY, eventId: event };
      if (at < until) spans.push(open);
    } else if (!isOwed && open !== null) {
      open.to = at;
      open = null;
    }
  }
  return spans;
}

function endingOf({ timeline, to }: OwedSpan, boardRules: BoardRules): Ending {
  const view = viewAt(timeline, to, boardRules);
  if (view?.gone) return { kind: "dropped", reason: view.gone.value, eventId: view.gone.startEvent };
  const dropped = droppedWhy(view);
  if (dropped !== null)
    return { kind: "dropped", reason: dropped.reason, eventId: dropped.since?.startEvent ?? null };
  if (view?.closed) return { kind: "paid", eventId: view.closed.startEvent };
  const mark = timeline.intervals.find((i) => i.to === to && boardRules.isDebt(i));
  const reason = mark?.attribute === "type" ? "no longer of a type of debt" : "no longer labelled as debt";
  return { kind: "dropped", reason, eventId: mark?.endEvent ?? null };
}

/**
 * The technical-debt ledger of [start, end): what was owed just before it, what became owed in it (again, where a debt
 * was reopened or labelled anew), what was closed as done, what was dropped or lost its label, and what is owed at its
 * end: open at the start + opened − paid − dropped = open at the end. Ages in calendar days.
 */
export function computeDebt(
  timelines: readonly IssueTimeline[],
  start: number,
  end: number,
  boardRules: BoardRules,
  links: boolean,
): { debt: DebtLedger; provenance: DebtKnown } {
  const spans = timelines
    .flatMap((timeline) => owedSpans(timeline, end, boardRules))
    .filter((span) => span.to >= start)
    .sort((a, b) => a.from - b.from);
  const ended = spans
    .filter((span) => span.to < end)
    .map((span) => ({ span, ending: endingOf(span, boardRules) }));
  const reader = debtReader(boardRules);
  const viewOf = (span: OwedSpan): IssueView =>
    boardRules.view(span.timeline, end - 1) ?? present(viewAt(span.timeline, span.from, boardRules));
  const card = (
    span: OwedSpan,
    paidEventId: number | null = null,
    paidAt: number | null = null,
  ): DebtCard => {
    const { provenance: _, ...shown } = cardOf(viewOf(span), { links });
    const known = reader.entry(span, end);
    return {
      ...shown,
      ...(known === "replayed" ? {} : { provenance: known }),
      openedAt: isoOf(span.from),
      paidAt: paidAt === null ? null : isoOf(paidAt),
      openedEventId: span.eventId,
      paidEventId,
    };
  };
  const opened = spans.filter((span) => span.from >= start);
  const paid = ended.flatMap(({ span, ending }) =>
    ending.kind === "paid" ? [card(span, ending.eventId, span.to)] : [],
  );
  const dropped = ended.flatMap(({ span, ending }): DroppedDebtCard[] => {
    if (ending.kind === "paid") return [];
    const { reason, eventId } = ending;
    return [{ ...card(span), reason, droppedAt: isoOf(span.to), droppedEventId: eventId }];
  });
  const open = spans.filter((span) => span.to >= end);
  const debt: DebtLedger = {
    ...unitField(boardRules.rules.unit),
    openAtStart: spans.filter((span) => span.from < start).length,
    opened: opened.map((span) => card(span)),
    paid,
    dropped,
    openCards: open.map((span) => card(span)),
    open: open.length,
    net: opened.length - paid.length - dropped.length,
    ...owed(open, timelines, end, boardRules),
    ages: agesOf(open, end, boardRules),
  };
  const counted = timelines.filter(boardRules.counts);
  const found = { opened, ended: ended.map(({ span }) => span), open };
  return { debt, provenance: debtKnown(reader, found, counted, { from: start, to: end }) };
}

/** Σ estimates of what is owed; a debt with sized sub-issues among the debts counts by them. */
function owed(
  open: readonly OwedSpan[],
  timelines: readonly IssueTimeline[],
  end: number,
  boardRules: BoardRules,
): Pick<DebtLedger, "daysOwed" | "unestimated"> {
  const ancestorsOf = ancestorReader(timelines);
  const sizeOf = ({ timeline }: OwedSpan) => boardRules.view(timeline, end - 1)?.size ?? null;
  const sized = open.filter((span) => sizeOf(span) !== null);
  const above = new Set(sized.flatMap(({ timeline }) => ancestorsOf(timeline, end - 1)));
  const counting = open.filter(({ timeline }) => !above.has(timeline.number));
  return {
    daysOwed: sumDays(counting.map((span) => sizeOf(span)?.days ?? null)),
    unestimated: counting.filter((span) => sizeOf(span) === null).length,
  };
}

function agesOf(open: readonly OwedSpan[], end: number, { rules }: BoardRules): DebtLedger["ages"] {
  const ages = open.map((span) => ageInDays(span.from, end - 1, rules.timeZone));
  const age = (p: number): number | null => {
    const at = quantile(ages, p);
    return at === undefined ? null : roundDays(at);
  };
  return { p50: age(0.5), p85: age(0.85), p95: age(0.95) };
}

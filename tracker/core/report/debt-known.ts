import type { Doubt, Interval, IssueTimeline } from "../model/interval.ts";
import { best, type Provenance, worst } from "../model/provenance.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";
import { type Named, nameless } from "./label-test.ts";

/** A time in which an issue was owed, of one timeline. */
export interface Owed {
  timeline: IssueTimeline;
  from: number;
  to: number;
}

/** How well the entries of a ledger are known, and what it has none of. */
export interface DebtReader {
  /** Whether an issue was owed at `t`. */
  at(timeline: IssueTimeline, t: number): Provenance;
  /** What an open debt counts at `t`. */
  size(timeline: IssueTimeline, t: number): Provenance;
  /** That it became owed when it did. */
  opened(span: Owed): Provenance;
  /** That it was paid when it was, or dropped. */
  ended(span: Owed): Provenance;
  /** What a ledger up to `end` says of it: when it became owed, that it still is or how that ended, and its size. */
  entry(span: Owed, end: number): Provenance;
  /** Whether a gap of its history that reaches into [from, to) may hide that it was opened, paid or dropped. */
  hidden(timeline: IssueTimeline, from: number, to: number): Provenance;
}

const holdsAt =
  (t: number) =>
  ({ from, to }: { from: number; to: number }): boolean =>
    from <= t && t < to;

/** A doubt that names no value is about whatever the attribute may have been. */
const named = ({ attribute, about }: Doubt): Named => ({ attribute, ...(about ?? nameless) });

const isSame = (doubt: Doubt, interval: Interval): boolean =>
  doubt.attribute === interval.attribute && (doubt.about === undefined || doubt.about.key === interval.key);

/** Whether it decides that an issue is owed no more while it is marked as debt. */
const decides = (one: Named, { isFreezebox }: BoardRules): boolean =>
  one.attribute === "gone" || one.attribute === "state" || (one.attribute === "label" && isFreezebox(one));

export function debtReader(boardRules: BoardRules): DebtReader {
  const { labels, types } = boardRules.rules;
  const marks = { label: labels.debt.length > 0, type: (types?.debt ?? []).length > 0 };
  const isMarkDoubt = (doubt: Doubt): boolean => {
    const { attribute, about } = doubt;
    if (about !== undefined) return boardRules.isDebt(named(doubt));
    return (attribute === "label" || attribute === "type") && marks[attribute];
  };

  const at = (timeline: IssueTimeline, t: number): Provenance => {
    const holds = holdsAt(t);
    const doubts = (timeline.doubts ?? []).filter(holds);
    const marks = timeline.intervals.filter((one) => holds(one) && boardRules.isDebt(one));
    const markDoubts = doubts.filter(isMarkDoubt);
    // Neither marked nor perhaps marked: whatever else is unknown of it, it is no debt.
    if (marks.length + markDoubts.length === 0) return "replayed";
    const knownOf = (interval: Interval): Provenance =>
      worst([
        interval.provenance,
        ...doubts.flatMap((doubt) => (isSame(doubt, interval) ? doubt.provenance : [])),
      ]);
    const deciding = timeline.intervals.filter((one) => holds(one) && decides(one, boardRules));
    const ends = (one: Interval) => one.attribute !== "state" || one.value === "closed";
    // Surely closed, gone or dropped: whatever it was marked as, it is owed no more.
    if (deciding.some((one) => ends(one) && knownOf(one) === "replayed")) return "replayed";
    const gaps = doubts.filter((doubt) => decides(named(doubt), boardRules));
    const marked =
      marks.length > 0 ? best(marks.map(knownOf)) : worst(markDoubts.map(({ provenance }) => provenance));
    return worst([marked, ...deciding.map(knownOf), ...gaps.map(({ provenance }) => provenance)]);
  };

  const size = (timeline: IssueTimeline, t: number): Provenance => {
    const counts = (one: Named) => one.attribute === "parent" || boardRules.readSize(one) !== null;
    return worst([
      ...timeline.intervals
        .filter((one) => holdsAt(t)(one) && counts(one))
        .map(({ provenance }) => provenance),
      ...(timeline.doubts ?? [])
        .filter((one) => holdsAt(t)(one) && counts(named(one)))
        .map(({ provenance }) => provenance),
    ]);
  };

  const around = (timeline: IssueTimeline, t: number) =>
    worst([t - 1, t].filter((one) => one >= timeline.createdAt).map((one) => at(timeline, one)));

  const opened = ({ timeline, from }: Owed) => around(timeline, from);
  // Whether it was paid or dropped is a matter of the reason.
  const ended = ({ timeline, to }: Owed) =>
    worst([around(timeline, to), viewAt(timeline, to, boardRules)?.settledKnown ?? "replayed"]);
  return {
    at,
    size,
    opened,
    ended,
    entry: (span, end) =>
      worst([
        opened(span),
        span.to < end ? ended(span) : at(span.timeline, end - 1),
        size(span.timeline, end - 1),
      ]),
    hidden: (timeline, from, to) =>
      worst(
        (timeline.doubts ?? []).flatMap((doubt) => {
          const t = Math.max(doubt.from, from, timeline.createdAt);
          return t < Math.min(doubt.to, to) ? at(timeline, t) : [];
        }),
      ),
  };
}

/** How well each figure of a ledger is known, by its name. */
export type DebtKnown = Record<
  "debtOpened" | "debtPaid" | "debtDropped" | "debtNet" | "debtOpen" | "daysOwed",
  Provenance
>;

/**
 * Of the ledger of [from, to). What it has no entry for is part of it: where an issue may have become debt and been paid
 * without a word, that nothing was paid is a guess.
 */
export function debtKnown(
  reader: DebtReader,
  { opened, ended, open }: Record<"opened" | "ended" | "open", readonly Owed[]>,
  timelines: readonly IssueTimeline[],
  { from, to }: { from: number; to: number },
): DebtKnown {
  const doubted = timelines.filter(({ doubts }) => doubts !== undefined);
  const hidden = doubted.map((timeline) => reader.hidden(timeline, from, to));
  const debtOpened = worst([...hidden, ...opened.map(reader.opened)]);
  const debtPaid = worst([...hidden, ...ended.map(reader.ended)]);
  const last = (timeline: IssueTimeline) => reader.at(timeline, to - 1);
  const debtOpen = worst(timelines.filter(({ createdAt }) => createdAt < to).map(last));
  return {
    debtOpened,
    debtPaid,
    // One closing is the one or the other.
    debtDropped: debtPaid,
    debtNet: worst([debtOpened, debtPaid]),
    debtOpen,
    daysOwed: worst([debtOpen, ...open.map(({ timeline }) => reader.size(timeline, to - 1))]),
  };
}

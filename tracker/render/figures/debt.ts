import type { DebtCard, DebtLedger, Report } from "../../core/model/report.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { sizeSumText } from "../format.ts";
import type { Figure, FigureRow } from "./figure.ts";

type Owed = Pick<DebtLedger, "unit" | "open" | "daysOwed" | "unestimated">;

/** Whether none of the open debts has an estimate, so that what they cost is unknown, not 0. */
export const isUnsized = ({ open, unestimated }: Omit<Owed, "daysOwed">): boolean =>
  open > 0 && unestimated >= open;

/** Whether a sprint had nothing to do with technical debt at all. */
export const isDebtFree = ({ opened, paid, dropped = [], open }: DebtLedger): boolean =>
  opened.length + paid.length + dropped.length + open === 0;

const rowsOf =
  (list: "opened" | "paid" | "openCards", why: string, at: (card: DebtCard) => string | null) =>
  (report: Report) =>
    report.debt[list].map(
      (card): FigureRow => ({
        number: card.number,
        ref: card.ref,
        title: card.title,
        days: card.days,
        why,
        at: at(card),
        eventId: (list === "paid" ? card.paidEventId : card.openedEventId) ?? null,
        provenance: card.provenance ?? "replayed",
      }),
    );

const opened = rowsOf("opened", "became technical debt", (card) => card.openedAt);
const paid = rowsOf("paid", "resolved", (card) => card.paidAt);
const openRows = rowsOf("openCards", "open since", (card) => card.openedAt);

const dropped = ({ debt }: Report): FigureRow[] =>
  (debt.dropped ?? []).map(({ number, ref, title, days, reason, droppedAt, droppedEventId, provenance }) => ({
    number,
    ref,
    title,
    days,
    why: reason,
    at: droppedAt,
    eventId: droppedEventId,
    provenance: provenance ?? "replayed",
  }));

export const debtFigures = {
  debtOpened: {
    label: "debt opened",
    short: "opened",
    unit: "debts",
    definition: "Technical debt items that were opened in the sprint.",
    more: "An issue counts as debt while it is labelled as debt, open and not dropped. One that is reopened or labelled again is opened again.",
    value: (report: Report) => report.debt.opened.length,
    rows: opened,
  },
  debtPaid: {
    label: "debt resolved",
    short: "resolved",
    unit: "debts",
    definition: "Technical debt items that were resolved in the sprint.",
    value: (report: Report) => report.debt.paid.length,
    rows: paid,
  },
  debtDropped: {
    label: "debt dropped",
    short: "dropped",
    unit: "debts",
    definition: "Technical debt items that no longer count and were not resolved.",
    more: "Dropped, no longer labelled as debt, transferred or deleted; listed with the reason.",
    value: ({ debt }: Report) => debt.dropped?.length ?? null,
    rows: dropped,
  },
  debtNet: {
    label: "debt, net change",
    short: "net",
    unit: "debts",
    isSigned: true,
    definition: "Technical debt items opened minus those resolved or dropped.",
    more: "Remaining at the start + opened − resolved − dropped = remaining at the end.",
    value: (report: Report) => report.debt.net,
    rows: (report: Report) => [...opened(report), ...paid(report), ...dropped(report)],
    rowsOf: ["debtOpened", "debtPaid", "debtDropped"],
  },
  debtOpen: {
    label: "debt remaining",
    short: "remaining",
    unit: "debts",
    definition: "Technical debt items that remain at the sprint's end.",
    more: "Their ages are in calendar days: median, 85th and 95th percentile.",
    value: (report: Report) => report.debt.open,
    rows: openRows,
  },
  daysOwed: {
    label: "size of the debt",
    short: "size",
    unit: "sizes",
    definition: "Total estimate of the technical debt that remains at the sprint's end.",
    value: ({ debt }: Report) => (isUnsized(debt) ? null : debt.daysOwed),
    rows: openRows,
  },
} satisfies Record<string, Figure>;

/** What each sprint adds to the ledger of debts, in the order of its columns. */
export const ledgerKeys = ["debtOpened", "debtPaid", "debtDropped", "debtNet", "debtOpen"] as const;

/** The percentiles of the open debts' ages as one says them. */
export const ageLabels: Record<keyof DebtLedger["ages"], string> = {
  p50: "median age",
  p85: "85% younger than",
  p95: "95% younger than",
};

/** What the remaining debt costs: 2.5 days, 5 points, 1 without an estimate; where none has one, a sum of 0 would say that it is free. */
export function owedText(debt: Owed): string {
  if (isUnsized(debt)) return "no estimates";
  const unsized = debt.unestimated > 0 ? `, ${debt.unestimated} without an estimate` : "";
  return `${sizeSumText(debt.daysOwed, sizeUnitOf(debt))}${unsized}`;
}

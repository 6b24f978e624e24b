import type { DebtCard, DebtLedger, Report } from "../../core/model/report.ts";
import { daysText } from "../format.ts";
import type { Figure, FigureRow } from "./figure.ts";

type Owed = Pick<DebtLedger, "open" | "daysOwed" | "unestimated">;

/** Whether none of the open debts has an estimate, so that what they cost is unknown, not 0. */
export const isUnsized = ({ open, unestimated }: Omit<Owed, "daysOwed">): boolean =>
  open > 0 && unestimated >= open;

const rowsOf =
  (list: "opened" | "paid" | "openCards", why: string, at: (card: DebtCard) => string | null) =>
  (report: Report) =>
    report.debt[list].map(
      (card): FigureRow => ({
        number: card.number,
        title: card.title,
        days: card.days,
        why,
        at: at(card),
        eventId: (list === "paid" ? card.paidEventId : card.openedEventId) ?? null,
        provenance: card.provenance ?? "replayed",
      }),
    );

const opened = rowsOf("opened", "became a debt", (card) => card.openedAt);
const paid = rowsOf("paid", "was paid", (card) => card.paidAt);
const openRows = rowsOf("openCards", "open since", (card) => card.openedAt);

const dropped = ({ debt }: Report): FigureRow[] =>
  (debt.dropped ?? []).map(({ number, title, days, reason, droppedAt, droppedEventId, provenance }) => ({
    number,
    title,
    days,
    why: reason,
    at: droppedAt,
    eventId: droppedEventId,
    provenance: provenance ?? "replayed",
  }));

export const debtFigures = {
  debtOpened: {
    label: "debts opened",
    short: "opened",
    unit: "debts",
    definition: "Technical debts that began in the sprint.",
    more: "An issue is owed while it is labelled as debt, open and not dropped. A debt that was reopened or labelled anew is opened again.",
    value: (report: Report) => report.debt.opened.length,
    rows: opened,
  },
  debtPaid: {
    label: "debts paid",
    short: "paid",
    unit: "debts",
    definition: "Technical debts that were paid in the sprint.",
    value: (report: Report) => report.debt.paid.length,
    rows: paid,
  },
  debtDropped: {
    label: "debts dropped",
    short: "dropped",
    unit: "debts",
    definition: "Technical debts that are no longer owed and were not paid.",
    more: "Dropped as work, no longer labelled as debt, transferred or deleted; listed with the reason.",
    value: ({ debt }: Report) => debt.dropped?.length ?? null,
    rows: dropped,
  },
  debtNet: {
    label: "debts, net",
    short: "net",
    unit: "debts",
    isSigned: true,
    definition: "Technical debts opened less those paid and those dropped.",
    more: "Open at the start + opened − paid − dropped = open at the end.",
    value: (report: Report) => report.debt.net,
    rows: (report: Report) => [...opened(report), ...paid(report), ...dropped(report)],
    rowsOf: ["debtOpened", "debtPaid", "debtDropped"],
  },
  debtOpen: {
    label: "debts open",
    short: "open",
    unit: "debts",
    definition: "Technical debts that stand open at the sprint's end.",
    more: "Their ages are in calendar days: median, 85th and 95th percentile.",
    value: (report: Report) => report.debt.open,
    rows: openRows,
  },
  daysOwed: {
    label: "days owed",
    short: "owed",
    unit: "days",
    definition: "Estimates of the technical debts that stand open at the sprint's end.",
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

/** What open debts cost: 2.5 days owed, 1 without a size; none estimated, where a sum of 0 would say that they are free. */
export function owedText(debt: Owed): string {
  if (isUnsized(debt)) return "none estimated";
  const unsized = debt.unestimated > 0 ? `, ${debt.unestimated} without a size` : "";
  return `${daysText(debt.daysOwed)} ${debtFigures.daysOwed.label}${unsized}`;
}

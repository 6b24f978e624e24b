import type { DebtCard, DebtLedger, Report } from "../../core/model/report.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { figures as texts } from "../../words/en/figures.ts";
import { english, type Words } from "../../words/words.ts";
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
    ...texts.debtOpened,
    unit: "debts",
    value: (report: Report) => report.debt.opened.length,
    rows: opened,
  },
  debtPaid: {
    ...texts.debtPaid,
    unit: "debts",
    value: (report: Report) => report.debt.paid.length,
    rows: paid,
  },
  debtDropped: {
    ...texts.debtDropped,
    unit: "debts",
    value: ({ debt }: Report) => debt.dropped?.length ?? null,
    rows: dropped,
  },
  debtNet: {
    ...texts.debtNet,
    unit: "debts",
    isSigned: true,
    value: (report: Report) => report.debt.net,
    rows: (report: Report) => [...opened(report), ...paid(report), ...dropped(report)],
    rowsOf: ["debtOpened", "debtPaid", "debtDropped"],
  },
  debtOpen: {
    ...texts.debtOpen,
    unit: "debts",
    value: (report: Report) => report.debt.open,
    rows: openRows,
  },
  daysOwed: {
    ...texts.daysOwed,
    unit: "sizes",
    value: ({ debt }: Report) => (isUnsized(debt) ? null : debt.daysOwed),
    rows: openRows,
  },
} satisfies Record<string, Figure>;

/** What each sprint adds to the ledger of debts, in the order of its columns. */
export const ledgerKeys = ["debtOpened", "debtPaid", "debtDropped", "debtNet", "debtOpen"] as const;

/** Those that any of the reports knows: older ones say nothing of dropped debt, and a column of dashes says no more. */
export const ledgerKeysOf = (reports: readonly Report[]) =>
  ledgerKeys.filter((key) => reports.some((report) => debtFigures[key].value(report) !== null));

/** What the remaining debt costs: 2.5 days, 5 points, 1 without an estimate; where none has one, a sum of 0 would say that it is free. */
export function owedText(debt: Owed, words: Words = english): string {
  const { noEstimates, unsized } = words.texts.amounts;
  if (isUnsized(debt)) return noEstimates;
  const rest = debt.unestimated > 0 ? words.say(unsized, { count: debt.unestimated }) : "";
  return sizeSumText(debt.daysOwed, sizeUnitOf(debt), words) + rest;
}

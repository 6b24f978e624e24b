import { stringify } from "csv-stringify/sync";
import type { Card, Report } from "../../../tracker/core/report.ts";

interface Row {
  section: string;
  number: number | "";
  title: string;
  size: string;
  /** Man-days; empty: unknown. */
  days: number | "";
  actualDays: number | "";
  at: string;
  note: string;
  labels: string;
  assignees: string;
}

const columns: (keyof Row)[] = [
  "section",
  "number",
  "title",
  "size",
  "days",
  "actualDays",
  "at",
  "note",
  "labels",
  "assignees",
];

/**
 * A report as one table: each figure of the effort, then each card under the section it belongs to. Unknown is an
 * empty cell. Cells that a spreadsheet would run as a formula are quoted out.
 */
export function reportCsv(report: Report): string {
  const figures: Row[] = Object.entries(report.effort)
    .filter(([, value]) => value === null || typeof value === "number")
    .map(
      ([key, value]): Row => ({
        ...empty,
        section: "effort",
        title: key,
        days: (value as number | null) ?? "",
      }),
    );
  const rows: Row[] = [
    ...figures,
    ...cards("done", report.done),
    ...cards("unexpected", report.unexpected, (card) => ({ at: card.enteredAt ?? "" })),
    ...cards("carried over", report.carriedOver, (card) => ({ note: `depth ${card.depth}` })),
    ...cards("moved on", report.movedOn, (card) => ({ note: `depth ${card.depth}` })),
    ...cards("freezebox", report.freezebox, (card) => ({ at: card.at ?? "", note: card.reason })),
    ...cards("removed", report.removed),
    ...cards("came and went", report.cameAndWent),
    ...cards("re-estimated", report.reestimated, (card) => ({
      note: `${card.daysBefore ?? "unknown"} to ${card.daysAfter ?? "unknown"} days`,
    })),
    ...cards("debt opened", report.debt.opened, (card) => ({ at: card.openedAt })),
    ...cards("debt paid", report.debt.paid, (card) => ({ at: card.paidAt ?? "" })),
    ...cards("debt open", report.debt.openCards, (card) => ({ at: card.openedAt })),
  ];
  return stringify(rows, { header: true, columns, escape_formulas: true, record_delimiter: "windows" });
}

const empty: Row = {
  section: "",
  number: "",
  title: "",
  size: "",
  days: "",
  actualDays: "",
  at: "",
  note: "",
  labels: "",
  assignees: "",
};

function cards<C extends Card>(
  section: string,
  list: C[],
  more: (card: C) => Partial<Row> = () => ({}),
): Row[] {
  return list.map((card) => ({
    ...empty,
    section,
    number: card.number,
    title: card.title,
    size: card.size ?? "",
    days: card.days ?? "",
    actualDays: card.actualDays ?? "",
    labels: card.labels.join(", "),
    assignees: card.assignees.join(", "),
    ...more(card),
  }));
}

import type { Report } from "../../core/model/report.ts";
import { budgetSentences, budgetTally, budgetTitle, serviceColumns, serviceRows } from "../budget-rows.ts";
import { barText } from "./bars.ts";
import { heading, type Look, renderTable, safeText, wrapCell } from "./terminal.ts";

/** What was planned and billed, as two bars and a table of services; empty where the team has no budget. */
export function budgetSection(report: Report, { width, paint }: Look): string {
  const { budget } = report;
  if (budget === undefined) return "";
  const amounts = [
    { name: "planned", amount: Number(budget.planned) },
    { name: "billed ", amount: Number(budget.billed ?? 0) },
  ];
  const highest = Math.max(...amounts.map(({ amount }) => amount));
  const rows = serviceRows(budget);
  const [service = "", ...rest] = serviceColumns();
  const columns = [
    { title: service, flexible: true, min: 16 },
    ...rest.map((title) => ({ title, align: "right" as const })),
  ];
  return [
    heading(budgetTitle, budgetTally(budget), { width, paint }),
    ...amounts.flatMap(({ name, amount }) => {
      const bar = barText(0, amount, highest, Math.max(1, Math.min(40, width - 12)));
      return bar === "" ? [] : [`  ${name} ${paint("cyan", bar)}`];
    }),
    ...(rows.length === 0
      ? []
      : [
          renderTable(
            columns,
            rows.map((row) => row.map(safeText)),
            { width, paint, indent: 2 },
          ),
        ]),
    ...budgetSentences(report).flatMap((text) =>
      wrapCell(safeText(text), width - 2).map((line) => `  ${paint("dim", line)}`),
    ),
  ].join("\n");
}

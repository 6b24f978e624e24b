import type { DebtCard, Report } from "../../core/model/report.ts";
import { counted, daysText, momentText, owedText, signedText, unknown, wholeText } from "../format.ts";
import { type Column, plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

/** The debts a sprint opened and paid, and what it still owes. */
export function debtSection({ debt, sprint }: Report, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const rows = (cards: DebtCard[], mark: string) =>
    cards.map((card) => [
      mark,
      paint("cyan", String(card.number)),
      safeText(card.title),
      daysText(card.days),
    ]);
  const columns: Column[] = [
    { title: "" },
    { title: "#", align: "right" },
    { title: "Debt", flexible: true, min: 20 },
    { title: "Days", align: "right" },
  ];
  const moves = [...rows(debt.opened, paint("red", "opened")), ...rows(debt.paid, paint("green", "paid"))];
  const tally = `${debt.opened.length} opened, ${debt.paid.length} paid, ${debt.open} open (${owedText(debt)})`;
  const title = `${paint("bold", "Technical debt")}  ${paint("dim", tally)}`;
  const asOf = momentText(sprint.end, sprint.timeZone).slice(0, 10);
  const age = `Age of the open ones on ${asOf}: median ${wholeText(debt.ages.p50)} days, 95% under ${wholeText(debt.ages.p95)}.`;
  const ages =
    debt.ages.p50 === null
      ? ""
      : wrapCell(age, width - 2)
          .map((line) => `\n  ${paint("dim", line)}`)
          .join("");
  return moves.length === 0
    ? title + ages
    : `${title}\n${renderTable(columns, moves, { width, paint, indent: 2 })}${ages}`;
}

/** The ledger over all sprints, and the debts that stand open at the end of the newest, oldest first. */
export function renderDebt(reports: Report[], options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const newest = reports.at(-1);
  if (newest === undefined) return "There is no sprint yet.\n";
  const right = (title: string): Column => ({ title, align: "right" });
  const ledger = renderTable(
    [
      right("Sprint"),
      { title: "Title", flexible: true, min: 14 },
      ...["Opened", "Paid", "Net", "Open", "Days owed", "Age p50", "p95"].map(right),
    ],
    reports.map(({ sprint, debt }) => [
      String(sprint.number),
      safeText(sprint.title),
      String(debt.opened.length),
      String(debt.paid.length),
      signedText(debt.net),
      String(debt.open),
      debt.open > 0 && debt.unestimated >= debt.open ? unknown : daysText(debt.daysOwed),
      wholeText(debt.ages.p50),
      wholeText(debt.ages.p95),
    ]),
    { width, paint },
  );
  const { debt, sprint } = newest;
  const open = renderTable(
    [right("#"), { title: "Open debt", flexible: true, min: 20 }, right("Days"), { title: "Since" }],
    debt.openCards.map((card) => [
      paint("cyan", String(card.number)),
      safeText(card.title),
      daysText(card.days),
      momentText(card.openedAt, sprint.timeZone),
    ]),
    { width, paint },
  );
  const tally = `${counted(debt.open, "debt")} open at the end of sprint ${sprint.number}, ${owedText(debt)}. Ages in days.`;
  return `${ledger}\n\n${debt.openCards.length === 0 ? "" : `${open}\n\n`}${paint("dim", tally)}\n`;
}

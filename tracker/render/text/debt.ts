import type { DebtCard, Report } from "../../core/model/report.ts";
import { issueCell } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { english } from "../../words/words.ts";
import {
  capital,
  doubtfulDebtIn,
  type FigureKey,
  figures,
  isDebtFree,
  ledgerKeysOf,
  numberText,
  owedText,
  shortOf,
} from "../figures/figures.ts";
import { counted, dayCount, daysText, momentText, sizeHeading, wholeText } from "../format.ts";
import {
  type Column,
  heading,
  plain,
  renderTable,
  safeText,
  type TableOptions,
  wrapCell,
} from "./terminal.ts";

/** Behind what is not replayed. */
const doubtMark = ({ provenance = "replayed" }: DebtCard): string =>
  provenance === "replayed" ? "" : ` (${provenance})`;

const wholeDays = (days: number | null): number | null => (days === null ? null : Math.round(days));

/** The technical debt that a sprint opened and resolved, and what remains. */
export function debtSection(report: Report, options: TableOptions = {}): string {
  const { debt, sprint } = report;
  const { width = 80, paint = plain } = options;
  const rows = (cards: DebtCard[], mark: string) =>
    cards.map((card) => [
      mark,
      paint("cyan", String(issueCell(card))),
      safeText(card.title) + doubtMark(card),
      daysText(card.days),
    ]);
  const columns: Column[] = [
    { title: "" },
    { title: "#", align: "right" },
    { title: "Debt", flexible: true, min: 20 },
    { title: sizeHeading[sizeUnitOf(debt)], align: "right" },
  ];
  const moves = [
    ...rows(debt.opened, paint("red", shortOf(figures.debtOpened))),
    ...rows(debt.paid, paint("green", shortOf(figures.debtPaid))),
    ...rows(debt.dropped ?? [], paint("dim", shortOf(figures.debtDropped))),
  ];
  const isTold = (key: FigureKey) => key !== "debtDropped" || (debt.dropped ?? []).length > 0;
  const told = (["debtOpened", "debtPaid", "debtDropped", "debtOpen"] as const)
    .filter(isTold)
    .map((key) => `${figures[key].value(report)} ${shortOf(figures[key])}`);
  const tally = isDebtFree(debt)
    ? "none"
    : `${told.join(", ")}${debt.open > 0 ? ` (${owedText(debt)})` : ""}`;
  const title = heading("Technical debt", tally, { width, paint });
  const asOf = momentText(report.asOf, sprint.timeZone).slice(0, 10);
  const { p50, p95 } = english.texts.report.debtAges;
  const age = `On ${asOf}: ${p50} ${dayCount(wholeDays(debt.ages.p50))}, ${p95} ${dayCount(wholeDays(debt.ages.p95))}.`;
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

/** The technical debt of all sprints, and what remains at the end of the newest, oldest first. */
export function renderDebt(reports: Report[], options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const newest = reports.at(-1);
  if (newest === undefined) return "There are no sprints yet.\n";
  const right = (title: string): Column => ({ title, align: "right" });
  const unit = sizeUnitOf(newest.debt);
  const keys = ledgerKeysOf(reports);
  const ledger = renderTable(
    [
      right("Sprint"),
      { title: "Title", flexible: true, min: 10 },
      ...keys.map((key) => right(capital(shortOf(figures[key])))),
      ...[sizeHeading[unit], "Median", "p95"].map(right),
    ],
    reports.map((report) => [
      String(report.sprint.number),
      safeText(report.sprint.title),
      ...keys.map((key) => numberText(figures[key], figures[key].value(report))),
      numberText(figures.daysOwed, figures.daysOwed.value(report)),
      wholeText(report.debt.ages.p50),
      wholeText(report.debt.ages.p95),
    ]),
    { width, paint },
  );
  const { debt, sprint } = newest;
  const open = renderTable(
    [
      right("#"),
      { title: "Remaining debt", flexible: true, min: 20 },
      right(sizeHeading[unit]),
      { title: "Since" },
    ],
    debt.openCards.map((card) => [
      paint("cyan", String(issueCell(card))),
      safeText(card.title),
      daysText(card.days),
      momentText(card.openedAt, sprint.timeZone) + doubtMark(card),
    ]),
    { width, paint },
  );
  const doubts = reports.flatMap((report) => {
    const told = doubtfulDebtIn(report).map(({ label, provenance }) => `${label} (${provenance})`);
    return told.length === 0 ? [] : [`sprint ${report.sprint.number}: ${told.join(", ")}`];
  });
  const trust = doubts.length === 0 ? [] : [`Not fully replayed from events: ${doubts.join("; ")}.`];
  const tally = `${counted(debt.open, "debt item")} ${shortOf(figures.debtOpen)} at the end of sprint ${sprint.number}, ${owedText(debt)}. Ages in days.`;
  return `${ledger}\n\n${debt.openCards.length === 0 ? "" : `${open}\n\n`}${[tally, ...trust]
    .flatMap((sentence) => wrapCell(sentence, width))
    .map((line) => paint("dim", line))
    .join("\n")}\n`;
}

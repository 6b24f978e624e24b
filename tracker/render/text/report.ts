import type { Card, CarriedCard, FrozenCard, Report, UnexpectedCard } from "../../core/model/report.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import { sprintArgument, sprintName } from "../../core/model/sprint.ts";
import { isOver } from "../../core/report/is-over.ts";
import { issueCell } from "../../core/report/issue-refs.ts";
import { laggingIn } from "../../core/report/lagging.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { capital, doubtfulIn, figures, titleIn, titleOf } from "../figures/figures.ts";
import {
  counted,
  daysText,
  laggingText,
  momentText,
  rangeText,
  sizeHeading,
  sprintTitle,
  sumText,
  typeSharesText,
  unknown,
} from "../format.ts";
import { type SideList, sideLists } from "../side-lists.ts";
import { budgetSection } from "./budget.ts";
import { debtSection } from "./debt.ts";
import { effortSection } from "./effort.ts";
import { kalmSection } from "./kalm.ts";
import { projectUpdatesSection } from "./project-updates.ts";
import {
  type Column,
  heading,
  type Look,
  type Paint,
  plain,
  renderTable,
  safeLines,
  safeText,
  type TableOptions,
  wrapCell,
} from "./terminal.ts";

/** A sprint's report for the terminal: its figures, lists of tasks, debts and promises. */
export function renderReport(report: Report, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const look = { width, paint, unit: sizeUnitOf(report) };
  const sections = [
    headSection(report, width, paint),
    effortSection(report, look),
    unexpectedSection(capital(figures.unexpected.label), report.unexpected, report, look),
    carriedSection(titleIn(figures.carriedOver, report), report.carriedOver, look),
    carriedSection(titleOf(figures.movedOn), report.movedOn, look),
    freezeboxSection(report.freezebox, report.sprint.timeZone, look),
    ...sideLists(report).map((list) => sideSection(list, report.sprint.timeZone, look)),
    debtSection(report, look),
    kalmSection(report.kalm, look),
    budgetSection(report, look),
    projectUpdatesSection(report, look),
    trustSection(report, width, paint),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** What sizes count in the lists of one report. */
type ListLook = Look & { unit: SizeUnit };

function headSection(report: Report, width: number, paint: Paint): string {
  const { sprint, goalMet, asOf } = report;
  const goal = wrapCell(safeLines(sprint.goal), width);
  const verdict =
    goalMet === null ? paint("dim", "open") : goalMet ? paint("green", "✓ met") : paint("red", "✗ missed");
  const team = sprint.team === undefined ? "" : `${safeText(sprint.team)}, `;
  const span = `${team}${rangeText(sprint.firstDay, sprint.lastDay)}, ${sprint.timeZone}`;
  const told = (text: string) => wrapCell(safeText(text), width).map((line) => paint("yellow", line));
  return [
    ...wrapCell(safeText(sprintTitle(sprint)), width).map((line) => paint("bold", line)),
    ...wrapCell(span, width).map((line) => paint("dim", line)),
    ...(isOver(report)
      ? []
      : told(`Figures so far, as of the last sync at ${momentText(asOf, sprint.timeZone)}.`)),
    ...laggingIn(report).flatMap(({ name, asOf: until }) =>
      told(`${name}: ${laggingText(until, sprint.timeZone)}.`),
    ),
    "",
    ...goal,
    `Goal ${verdict}`,
  ].join("\n");
}

const taskColumns: Column[] = [
  { title: "#", align: "right" },
  { title: "Task", flexible: true, min: 20 },
];

const sizeColumn = (unit: SizeUnit): Column => ({ title: sizeHeading[unit], align: "right" });

const cardColumns = (unit: SizeUnit): Column[] => [
  ...taskColumns,
  { title: "Size", flexible: true, min: 4 },
  sizeColumn(unit),
];

/** A table without the columns that are blank in every row, so that titles get their room. */
function cardTable(columns: Column[], rows: string[][], look: Look): string {
  const blank = ["", unknown, "·"];
  const isTelling = (_: unknown, index: number) =>
    index < 2 || rows.some((row) => !blank.includes(row[index] ?? ""));
  return renderTable(
    columns.filter(isTelling),
    rows.map((row) => row.filter(isTelling)),
    { ...look, indent: 2 },
  );
}

const cardCells = (card: Card, paint: Paint): string[] => [
  paint("cyan", String(issueCell(card))),
  safeText(card.title),
  safeText(card.size ?? unknown),
  daysText(card.days),
];

function unexpectedSection(
  title: string,
  cards: UnexpectedCard[],
  report: Report,
  { width, paint, unit }: ListLook,
): string {
  if (cards.length === 0) return heading(title, "none", { width, paint });
  const { unexpectedActual } = report.effort;
  const spent =
    unexpectedActual === null ? "" : `, ${counted(unexpectedActual, "day")} of ${figures.actual.label}`;
  const columns: Column[] = [
    ...cardColumns(unit),
    { title: "Actual", align: "right" },
    { title: "How", flexible: true, min: 8 },
    { title: "Since" },
  ];
  const rows = cards.map((card) => [
    ...cardCells(card, paint),
    daysText(card.actualDays),
    card.entered ?? unknown,
    momentText(card.enteredAt, report.sprint.timeZone),
  ]);
  const tally = `${counted(cards.length, "task")}, ${sumText(cards, unit)}${spent}`;
  const types = typeSharesText(report.unexpectedByType, unit);
  const byType =
    types === ""
      ? []
      : wrapCell(`By type: ${safeText(types)}`, width - 2).map((line) => `\n  ${paint("dim", line)}`);
  return `${heading(title, tally, { width, paint })}\n${cardTable(columns, rows, { width, paint })}${byType.join("")}`;
}

function carriedSection(title: string, cards: CarriedCard[], { width, paint, unit }: ListLook): string {
  if (cards.length === 0) return "";
  const columns: Column[] = [...cardColumns(unit), { title: "Earlier sprints", align: "right" }];
  const rows = cards.map((card) => [...cardCells(card, paint), card.depth === 0 ? "·" : String(card.depth)]);
  const tally = `${counted(cards.length, "task")}, ${sumText(cards, unit)}`;
  return `${heading(title, tally, { width, paint })}\n${cardTable(columns, rows, { width, paint })}`;
}

function sideSection({ title, rows }: SideList, timeZone: string, { width, paint, unit }: ListLook): string {
  const columns: Column[] = [...taskColumns, sizeColumn(unit), { title: "Note", flexible: true, min: 12 }];
  const cells = rows.map(({ card, note, at }) => [
    paint("cyan", String(issueCell(card))),
    safeText(card.title),
    daysText(card.days),
    safeText(note) + (at === null ? "" : `, ${momentText(at, timeZone)}`),
  ]);
  return `${heading(title, counted(rows.length, "task"), { width, paint })}\n${cardTable(columns, cells, { width, paint })}`;
}

function freezeboxSection(cards: FrozenCard[], timeZone: string, { width, paint, unit }: ListLook): string {
  if (cards.length === 0) return heading(titleOf(figures.freezebox), "empty", { width, paint });
  const columns: Column[] = [...taskColumns, sizeColumn(unit), { title: "Why", flexible: true, min: 12 }];
  const rows = cards.map((card) => [
    paint("cyan", String(issueCell(card))),
    safeText(card.title),
    daysText(card.days),
    safeText(card.reason) + (card.at === null ? "" : `, ${momentText(card.at, timeZone)}`),
  ]);
  const tally = `${counted(cards.length, "task")}, ${sumText(cards, unit)}`;
  return `${heading(titleOf(figures.freezebox), tally, { width, paint })}\n${cardTable(columns, rows, { width, paint })}`;
}

/** How far the figures can be trusted: what is not replayed, what was restated, and how to find out more. */
function trustSection(report: Report, width: number, paint: Paint): string {
  const doubtful = doubtfulIn(report);
  const kinds = Object.entries(Object.groupBy(doubtful, ({ provenance }) => provenance));
  const named = kinds
    .map(([kind, list]) => `${list.map(({ label }) => label).join(", ")} (${kind})`)
    .join("; ");
  const restated = report.restatements.flatMap((restatement) => [
    `Restated ${momentText(restatement.at, report.sprint.timeZone)}: ${safeText(restatement.note)}`,
    ...restatement.changes.map(
      ({ figure, frozen, now }) => `  ${figure}: frozen ${daysText(frozen)}, now ${daysText(now)}`,
    ),
  ]);
  const seal =
    report.frozen === null ? "" : ` Frozen ${momentText(report.frozen.at, report.sprint.timeZone)}.`;
  const lines = [
    doubtful.length === 0
      ? "Every figure is replayed from the issues' events."
      : `Not fully replayed from events: ${named}.`,
    isOver(report)
      ? `As of the sprint's end.${seal}`
      : `As of the last sync at ${momentText(report.asOf, report.sprint.timeZone)}.${seal}`,
    ...restated,
    `To see what a figure is based on: npx sprintcast explain ${safeText(sprintArgument(sprintName(report.sprint)))} committed`,
  ];
  return lines
    .flatMap((line) => wrapCell(line, width))
    .map((line) => paint("dim", line))
    .join("\n");
}

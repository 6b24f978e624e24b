import Big from "big.js";
import { stringify } from "csv-stringify/sync";
import type { Flow } from "../core/model/flow.ts";
import type { Board, Lane, Report } from "../core/model/report.ts";
import { issueCell } from "../core/report/issue-refs.ts";
import { restatementOf } from "../core/report/restated.ts";
import { sizeUnitOf, unitOf } from "../core/report/unit.ts";
import type { ChartTable } from "./charts/charts.ts";
import { tableOfDebt } from "./charts/charts.ts";
import { figures, isFigureKey } from "./figures/figures.ts";
import { referencesText } from "./format.ts";
import { safeText } from "./safe-text.ts";
import type { Explained } from "./text/explain.ts";

/** A decimal number as text, of any size, that is to stay exact: no double holds all of its digits. */
interface Decimal {
  decimal: string;
}

type Cell = string | number | boolean | Decimal | null | undefined;

/**
 * Rows as CSV (RFC 4180, LF). Text that a spreadsheet would run as a formula gets an apostrophe in front, the way
 * OWASP recommends; numbers stay numbers. Unknown is empty: a dash would make a column of figures into text.
 */
export function renderCsv(columns: string[], rows: Cell[][]): string {
  return stringify([columns.map(harmless), ...rows.map((row) => row.map(harmless))], {
    cast: { number: String, boolean: String },
  });
}

export const csvOfTable = ({ columns, rows }: ChartTable): string => renderCsv(columns, rows);

function harmless(cell: Cell): string | number | boolean {
  if (typeof cell === "object") return cell === null ? "" : plainDecimal(cell.decimal);
  if (typeof cell !== "string") return cell ?? "";
  const text = safeText(cell);
  return /^[\s\uFFFD]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
}

/** Without zeros that say nothing: 100.00 as 100. A report that was changed by hand may hold what is no decimal number. */
const plainDecimal = (text: string): string =>
  /^-?\d+(?:\.\d+)?$/.test(text) ? new Big(text).toFixed() : "";

/** What was planned and billed, in all and of each service; the name has the currency. */
function budgetRows({ sprint, budget }: Report): Cell[][] {
  if (budget === undefined) return [];
  const { currency, planned, billed, plannedForBilled, billedInParts, difference } = budget;
  const amounts = { planned, billed, plannedForBilled, billedInParts, difference };
  const row = (kind: string, name: string, of: string, amount: string | null, title: string | null = null) =>
    [
      sprint.number,
      kind,
      `budget.${name}.${of}`,
      null,
      title,
      null,
      amount === null ? null : { decimal: amount },
      null,
      null,
    ] satisfies Cell[];
  return [
    ...Object.entries(amounts).map(([name, amount]) => row("figure", name, currency, amount)),
    ...budget.otherCurrencies.map((other) => row("figure", "billed", other.currency, other.billed)),
    ...budget.services.flatMap(({ name, ...service }) => [
      row("service", "planned", currency, service.planned, name),
      row("service", "billed", currency, service.billed, name),
    ]),
  ];
}

type NamedSprint = { number: number; team?: string | undefined };

/** A last column, where sprints are of teams. */
const teamColumn = (sprints: readonly NamedSprint[]): string[] =>
  sprints.some(({ team }) => team !== undefined) ? ["team"] : [];
const teamCell = ({ team }: NamedSprint): Cell[] => (team === undefined ? [] : [team]);

/** Whether a sum of sizes says anything: where no task has an estimate it is 0 whatever was done, and the counts tell. */
function isKnownSum(name: string, report: Report): boolean {
  if (unitOf(report) !== "tasks" || !isFigureKey(name)) return true;
  const { unit, needsEstimates } = figures[name];
  return unit !== "work" && unit !== "sizes" && needsEstimates !== true;
}

/** Every issue of the report in the lists it stands in, and every figure: one row each. */
export function reportCsv(report: Report): string {
  const { counts, unestimated, ...effort } = report.effort;
  const sprint = report.sprint.number;
  const team = teamCell(report.sprint);
  const told: Cell[][] = [
    ["capacityDays", report.sprint.capacityDays],
    ...Object.entries(effort).map(([name, sum]) => [name, isKnownSum(name, report) ? sum : null]),
    ...Object.entries(counts).map(([name, count]) => [`counts.${name}`, count]),
    ...Object.entries(unestimated).map(([name, count]) => [`unestimated.${name}`, count]),
    ["debt.open", report.debt.open],
    ["debt.daysOwed", figures.daysOwed.value(report)],
    ["kalm.keepRate", report.kalm.keepRate],
    ...(restatementOf(report)?.changes ?? []).map(({ figure, now }) => [`restated.${figure}`, now]),
  ].map(([figure, value]) => [sprint, "figure", figure, null, null, null, value]);
  const lists = {
    done: report.done,
    unexpected: report.unexpected,
    carriedOver: report.carriedOver,
    movedOn: report.movedOn,
    freezebox: report.freezebox,
    removed: report.removed,
    reestimated: report.reestimated,
    cameAndWent: report.cameAndWent,
    spentElsewhere: report.spentElsewhere ?? [],
    corrections: report.corrections ?? [],
    finishedOutside: report.finishedOutside ?? [],
    finishedBefore: report.finishedBefore ?? [],
    late: report.late ?? [],
    blocked: report.blocked ?? [],
    debtOpened: report.debt.opened,
    debtPaid: report.debt.paid,
    debtDropped: report.debt.dropped ?? [],
  };
  const cards: Cell[][] = Object.entries(lists).flatMap(([list, items]) =>
    items.map((card) => [
      sprint,
      "issue",
      list,
      issueCell(card),
      card.title,
      card.size,
      card.days,
      card.actualDays,
      card.type,
    ]),
  );
  return renderCsv(
    [
      "sprint",
      "row",
      "name",
      "issue",
      "title",
      "size",
      sizeUnitOf(report),
      "actual",
      "type",
      ...teamColumn([report.sprint]),
    ],
    [...told.map((row) => [...row, null, null]), ...budgetRows(report), ...cards].map((row) => [
      ...row,
      ...team,
    ]),
  );
}

/** One row per card, lane by lane; where a lane has more than it lists, a last row without an issue says how many. */
export function boardCsv(sprint: NamedSprint, board: Board): string {
  const columns = [
    "sprint",
    "at",
    "lane",
    "issue",
    "title",
    "size",
    sizeUnitOf(board),
    "labels",
    "assignees",
    "url",
    "type",
    "blockedBy",
    ...teamColumn([sprint]),
  ];
  const hiddenRow = ({ name, hidden }: Lane): Cell[] => {
    const told = [sprint.number, board.at, name, null, `and ${hidden} more, not listed here`];
    const team = teamCell(sprint);
    const blank = Array.from({ length: columns.length - told.length - team.length }, () => null);
    return [...told, ...blank, ...team];
  };
  return renderCsv(
    columns,
    board.lanes.flatMap((lane) => [
      ...lane.cards.map((card) => [
        sprint.number,
        board.at,
        lane.name,
        issueCell(card),
        card.title,
        card.size,
        card.days,
        card.labels.join(", "),
        card.assignees.join(", "),
        card.url,
        card.type,
        card.blockedBy === undefined ? null : referencesText(card.blockedBy),
        ...teamCell(sprint),
      ]),
      ...(lane.hidden > 0 ? [hiddenRow(lane)] : []),
    ]),
  );
}

/** The ledger; of several teams one after the other. */
export function debtCsv(reports: Report[]): string {
  const column = teamColumn(reports.map(({ sprint }) => sprint));
  const tables = [...Map.groupBy(reports, ({ sprint }) => sprint.team)].map(([team, own]) => ({
    table: tableOfDebt(own),
    // Sprints of nobody's beside those of teams leave the cell empty.
    team: column.map(() => team ?? null),
  }));
  const { columns } = tables[0]?.table ?? tableOfDebt([]);
  return renderCsv(
    [...columns, ...column],
    tables.flatMap(({ table, team }) => table.rows.map((row) => [...row, ...team])),
  );
}

/** One row per finished task and per task in progress. */
export function flowCsv(flow: Flow): string {
  const row = (kind: string, task: Flow["finished"][number]): Cell[] => [
    kind,
    issueCell(task),
    task.title,
    task.createdAt,
    task.startedAt,
    task.finishedAt,
    task.lead.days,
    task.lead.workingDays,
    task.cycle?.days,
    task.cycle?.workingDays,
    task.blocked.days,
    task.blocked.workingDays,
    ...flow.lanes.flatMap(({ name }) => {
      const lane = task.lanes.find((one) => one.name === name);
      return [lane?.days ?? 0, lane?.workingDays ?? 0];
    }),
    task.provenance,
  ];
  const pair = (name: string) => [name, `${name}, working days`];
  return renderCsv(
    [
      "row",
      "issue",
      "title",
      "created",
      "started",
      "finished",
      ...["lead", "cycle", "blocked", ...flow.lanes.map(({ name }) => `in ${name}`)].flatMap(pair),
      "provenance",
    ],
    [
      ...flow.finished.map((task) => row("finished", task)),
      ...flow.ageing.map((task) => row("in progress", task)),
    ],
  );
}

export function explanationCsv({ sprint, team, figure, rows, ...explained }: Explained): string {
  return renderCsv(
    [
      "sprint",
      "figure",
      "issue",
      "title",
      sizeUnitOf(explained),
      "why",
      "at",
      "event",
      "provenance",
      "part",
      ...teamColumn([{ number: sprint, team }]),
    ],
    rows.map((row) => [
      sprint,
      figure,
      issueCell(row),
      row.title,
      row.days,
      row.why,
      row.at,
      row.eventId,
      row.provenance,
      row.part,
      ...teamCell({ number: sprint, team }),
    ]),
  );
}

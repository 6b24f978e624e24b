import type { Flow } from "../../core/model/flow.ts";
import { issueCell } from "../../core/report/issue-refs.ts";
import { pastText } from "../charts/flow/ageing.ts";
import { doubtfulFlow, flowFigures, meanThroughput } from "../figures/flow.ts";
import { flowLede, flowSentences, flowTitle, laneText, spreadRows } from "../flow-rows.ts";
import { counted, dayCount, daysText, momentText, unknown } from "../format.ts";
import { type Column, plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

const right = (title: string): Column => ({ title, align: "right" });
const number = right("#");
const task: Column = { title: "Task", flexible: true, min: 16 };

const dimLines = (text: string, { width = 80, paint = plain }: TableOptions): string =>
  wrapCell(text, width)
    .map((line) => paint("dim", line))
    .join("\n");

/** How work flowed through the board, in tables for a terminal. */
export function renderFlow(flow: Flow, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const title = (text: string) => paint("bold", text);
  const dim = (text: string) => wrapCell(text, width).map((line) => paint("dim", line));
  const part = (name: string, table: string | null) => (table === null ? [] : ["", title(name), table]);
  const doubtful = doubtfulFlow(flow).map(({ label, provenance }) => `${label} (${provenance})`);
  return `${[
    ...wrapCell(safeText(flowTitle(flow)), width).map(title),
    ...dim(safeText(flowLede(flow))),
    "",
    spreads(flow, { width, paint }),
    "",
    ...flowSentences(flow).flatMap((sentence) => wrapCell(sentence, width)),
    ...part(flowFigures.weeks.title, weeks(flow, { width, paint })),
    ...part(flowFigures.ageing.title, ageing(flow, { width, paint })),
    ...part("Finished tasks", finished(flow, { width, paint })),
    "",
    ...dim(
      `Days are calendar days of 24 hours; working days leave out weekends and days off. Times in ${flow.timeZone}.`,
    ),
    ...(doubtful.length === 0 ? [] : dim(`Not fully replayed from events: ${doubtful.join(", ")}.`)),
  ].join("\n")}\n`;
}

function spreads(flow: Flow, options: TableOptions): string {
  const rows = spreadRows(flow).map(({ label, spread }) => [
    safeText(label),
    String(spread.tasks),
    ...[spread.days, spread.workingDays].flatMap(({ p50, p85, p95 }) =>
      [p50, p85, p95].map((days) => daysText(days)),
    ),
    spread.unknown === 0 ? "" : String(spread.unknown),
  ]);
  const columns: Column[] = [
    { title: "", flexible: true, min: 12 },
    ...["Tasks", "days p50", "p85", "p95", "working p50", "p85", "p95", "Unknown"].map(right),
  ];
  return renderTable(columns, rows, options);
}

function weeks(flow: Flow, options: TableOptions): string {
  const { paint = plain } = options;
  const highest = Math.max(1, ...flow.weeks.map((week) => week.finished));
  const mean = meanThroughput(flow);
  const rows = flow.weeks.map(({ week, firstDay, finished: count, isWhole }) => [
    week,
    firstDay,
    String(count),
    paint("green", "█".repeat(Math.round((count / highest) * 20))),
    isWhole ? "" : paint("dim", "a part of the week"),
  ]);
  const columns: Column[] = [
    { title: "Week" },
    { title: "From" },
    right("Finished"),
    { title: "" },
    { title: "" },
  ];
  const note =
    mean === null
      ? ""
      : `\n${dimLines(`${counted(mean, "task")} a week on average, over whole weeks.`, options)}`;
  return renderTable(columns, rows, options) + note;
}

function ageing(flow: Flow, options: TableOptions): string {
  const { paint = plain } = options;
  const { tasks, days } = flow.reference.cycle;
  if (flow.ageing.length === 0) return dimLines("No work is in progress.", options);
  const rows = flow.ageing.map((one) => [
    paint("cyan", String(issueCell(one))),
    safeText(one.title),
    safeText(one.lane),
    daysText(one.cycle.days),
    daysText(one.cycle.workingDays),
    one.isBlocked ? paint("red", "blocked") : "",
    pastText(one),
  ]);
  const columns: Column[] = [
    number,
    task,
    { title: "Lane" },
    right("Days"),
    right("working"),
    { title: "" },
    { title: "Against finished tasks", flexible: true, min: 14 },
  ];
  const against =
    tasks === 0
      ? "No cycle time is known to compare these ages with."
      : tasks === 1
        ? `The only finished task took ${dayCount(days.p50)}.`
        : `${counted(tasks, "finished task")} took: half up to ${dayCount(days.p50)}, 85% up to ${daysText(days.p85)}, 95% up to ${daysText(days.p95)}.`;
  return `${renderTable(columns, rows, options)}\n${dimLines(against, options)}`;
}

function finished(flow: Flow, options: TableOptions): string | null {
  if (flow.finished.length === 0) return null;
  const { paint = plain } = options;
  const rows = flow.finished.map((one) => [
    paint("cyan", String(issueCell(one))),
    safeText(one.title),
    momentText(one.finishedAt, flow.timeZone),
    daysText(one.lead.days),
    one.cycle === null ? unknown : daysText(one.cycle.days),
    safeText(laneText(one)),
  ]);
  const columns: Column[] = [
    number,
    task,
    { title: "Finished" },
    right("Lead days"),
    right("Cycle days"),
    { title: "Days in each lane", flexible: true, min: 16 },
  ];
  // No lane is cut off: days that are left out would read as if there were none.
  return renderTable(columns, rows, { ...options, maxLines: 12 });
}

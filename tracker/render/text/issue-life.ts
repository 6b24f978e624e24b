import type { IssueLife, LifeSprint } from "../../core/model/issue-life.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { figures, isFigureKey, labelIn } from "../figures/figures.ts";
import { briefAmount, dayCount, daysText, momentText, sizeHeading, unknown } from "../format.ts";
import { type Column, plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

const right = (title: string): Column => ({ title, align: "right" });

/** One issue's life for the terminal. */
export function renderIssueLife(life: IssueLife, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const look = { width, paint };
  const part = (title: string, table: string | null) =>
    table === null ? [] : ["", paint("bold", title), table];
  const wrapped = (text: string) => wrapCell(safeText(text), width);
  return `${[
    ...wrapped(`${issueNameOf(life)} ${life.title}`).map((line) => paint("bold", line)),
    ...wrapped(headText(life)).map((line) => paint("dim", line)),
    ...(life.url === "" ? [] : [paint("dim", safeText(life.url))]),
    ...timesOf(life).flatMap(wrapped),
    ...part("Sprints", sprintsTable(life, look)),
    ...part("Lanes", lanesTable(life, look)),
    ...part("Sizes", sizesTable(life, look)),
    ...part("Effort said in all", effortTable(life, look)),
    "",
    ...wrapped(
      `${life.provenance === "replayed" ? "Replayed from the issue's events" : `Known as: ${life.provenance}`}, up to ${momentText(life.asOf, life.timeZone)}. Times in ${life.timeZone}.`,
    ).map((line) => paint("dim", line)),
  ].join("\n")}\n`;
}

function headText({ state, pullRequest, author, createdAt, timeZone, assignees, labels }: IssueLife): string {
  const kind = pullRequest ? "pull request" : "issue";
  const words = [
    `${state} ${kind}, opened ${momentText(createdAt, timeZone)}${author === null ? "" : ` by ${author}`}`,
    ...(assignees.length === 0 ? [] : [`assigned to ${assignees.join(", ")}`]),
    ...(labels.length === 0 ? [] : [`${labels.length === 1 ? "label" : "labels"} ${labels.join(", ")}`]),
  ];
  return `${words.join("; ")}.`;
}

function timesOf({ flow, state }: IssueLife): string[] {
  if (flow === null) return [];
  const isOpen = flow.finishedAt === null;
  if (isOpen && state !== "open") return ["Closed, but not done: it has no lead time."];
  const soFar = isOpen ? " so far" : "";
  const time = (name: string, value: { days: number; workingDays: number } | null) =>
    value === null
      ? `${name} not known`
      : `${name} ${dayCount(value.days)} (${daysText(value.workingDays)} working)`;
  // An open task that never stood in a lane of work in progress has no cycle time to be known.
  const cycle = flow.cycle === null && isOpen ? "work not begun" : time(`cycle time${soFar}`, flow.cycle);
  const blocked = flow.blocked.days === 0 ? [] : [time(`blocked${soFar}`, flow.blocked)];
  return [`${[time(isOpen ? "Open for" : "Lead time", flow.lead), cycle, ...blocked].join(", ")}.`];
}

function sprintsTable({ sprints, timeZone }: IssueLife, look: TableOptions): string | null {
  if (sprints.length === 0) return null;
  const rows = sprints.map((sprint) => [
    String(sprint.number),
    safeText(sprint.title),
    sprint.marked
      .map(
        ({ from, to }) => `${momentText(from, timeZone)} – ${to === null ? "now" : momentText(to, timeZone)}`,
      )
      .join(", ") || unknown,
    String(sprint.depth),
    safeText(countedText(sprint)),
  ]);
  const columns: Column[] = [
    right("#"),
    { title: "Sprint", flexible: true, min: 10 },
    { title: "Marked as in it", flexible: true, min: 18 },
    right("Earlier"),
    { title: "Counted as", flexible: true, min: 18 },
  ];
  return renderTable(columns, rows, { ...look, maxLines: 12 });
}

/** committed 0.5 d, completed 0.5 d; a list is named without an amount. */
function countedText({ counted, running }: LifeSprint): string {
  // A task is part of what a share is of, whether or not it is in the share itself.
  const amounts = counted.filter(({ figure }) => !isFigureKey(figure) || figures[figure].unit !== "share");
  const words = amounts.map(({ figure, days, ...row }) => {
    const label = isFigureKey(figure) ? labelIn(figures[figure], running) : figure;
    return days === null ? label : `${label} ${briefAmount(days, sizeUnitOf(row))}`;
  });
  return words.length === 0 ? "in no figure" : [...new Set(words)].join(", ");
}

function lanesTable({ lanes, timeZone }: IssueLife, look: TableOptions): string {
  const rows = lanes.map(({ name, from, to, days, workingDays }) => [
    safeText(name ?? "on no board"),
    momentText(from, timeZone),
    to === null ? "now" : momentText(to, timeZone),
    daysText(days),
    daysText(workingDays),
  ]);
  const columns = [
    { title: "Lane" },
    { title: "From" },
    { title: "To" },
    right("Days"),
    right("Working days"),
  ];
  return renderTable(columns, rows, look);
}

function sizesTable({ sizes, unit, timeZone }: IssueLife, look: TableOptions): string | null {
  if (sizes.every(({ size }) => size === null)) return null;
  const rows = sizes.map(({ size, days, from, to }) => [
    safeText(size ?? unknown),
    daysText(days),
    momentText(from, timeZone),
    to === null ? "now" : momentText(to, timeZone),
  ]);
  return renderTable(
    [{ title: "Size" }, right(sizeHeading[unit ?? "days"]), { title: "From" }, { title: "To" }],
    rows,
    look,
  );
}

function effortTable({ effort, timeZone }: IssueLife, look: TableOptions): string | null {
  if (effort.length === 0) return null;
  const rows = effort.map(({ at, days, source, provenance }) => [
    momentText(at, timeZone),
    daysText(days),
    safeText(provenance === "replayed" ? source : `${source} (${provenance})`),
  ]);
  return renderTable(
    [{ title: "When" }, right("Days"), { title: "Said", flexible: true, min: 12 }],
    rows,
    look,
  );
}

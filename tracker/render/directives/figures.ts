import type { RootContent } from "mdast";
import type { Kalm, KalmEntry } from "../../core/model/kalm.ts";
import type { Card, Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { headingOf, promiseKinds, verdictOf } from "../../core/report/promises.ts";
import { emptyText, isEmpty, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { budgetSentences, budgetTally, serviceColumns, serviceRows } from "../budget-rows.ts";
import {
  besidePoints,
  capital,
  type FigureKey,
  figures,
  isInUnit,
  numberText,
  owedText,
  pointsNote,
  shortOf,
  titleOf,
} from "../figures/figures.ts";
import {
  counted,
  dateFormat,
  daysText,
  isSized,
  promiseLinkText,
  promiseText,
  shareText,
  sizeSumText,
  typeSharesText,
  unitNames,
  unknown,
} from "../format.ts";
import type { Directive, ReportFigure } from "./directive.ts";
import { type Inline, list, paragraph, strong, table, webLink } from "./nodes.ts";

export interface FigureStyle {
  links: boolean;
}

/** In place of the chart of a sprint without tasks. */
export const noBurndown = "There was no work to burn down.";

/** In place of the budget of a team that has set none. */
export const noBudget = "No budget is set.";

/** A figure as paragraphs, lists and tables, readable in a terminal and on a page. */
export function figureNodes(directive: Directive, report: Report | null, style: FigureStyle): RootContent[] {
  if (directive.name === "video") return video(directive.youtube);
  if (report === null) return [paragraph("The live demo is on this page of the website.")];
  switch (directive.name) {
    case "board":
      return board(report, directive.at, style);
    case "effort":
      return isEmpty(report) ? [paragraph(emptyText(report))] : effort(report);
    case "unexpected":
      return unexpected(report, style);
    case "debt":
      return debt(report, style);
    case "kalm":
      return kalm(report.kalm);
    case "burndown":
      return isEmpty(report) ? [paragraph(noBurndown)] : burndown(report);
    case "budget":
      return budget(report);
    case "demo":
      return [paragraph(`The live demo of sprint ${report.sprint.number} is on this page of the website.`)];
  }
}

/** A figure of a sprint that has no report: one sentence says what will stand here. */
export function notYetNodes(directive: ReportFigure, sprint: number): RootContent[] {
  const what = directive.name === "board" ? `board at the ${directive.at}` : waiting[directive.name];
  return [paragraph(`The ${what} of sprint ${sprint} will appear here once the sprint has a report.`)];
}

const waiting: Record<Exclude<ReportFigure["name"], "board">, string> = {
  effort: "effort",
  unexpected: `list of ${titleOf(figures.unexpected).toLowerCase()}`,
  debt: "list of technical debt",
  kalm: "list of promises",
  burndown: "burndown",
  budget: "budget",
};

function budget(report: Report): RootContent[] {
  if (report.budget === undefined) return [paragraph(noBudget)];
  const rows = serviceRows(report.budget);
  return [
    paragraph(`${budgetTally(report.budget)}.`),
    ...(rows.length === 0 ? [] : [table(serviceColumns, rows, [1, 2])]),
    ...budgetSentences(report).map((text) => paragraph(text)),
  ];
}

function cardText(card: Card, style: FigureStyle): Inline[] {
  const name = issueNameOf(card);
  return [style.links ? webLink(card.url, name) : name, ` ${card.title}`];
}

function board(report: Report, at: "start" | "end", style: FigureStyle): RootContent[] {
  const shown = report.boards[at].lanes.filter(
    (lane) => lane.role !== "backlog" && lane.cards.length + lane.hidden > 0,
  );
  if (shown.length === 0) return [paragraph(`The board was empty at the ${at} of the sprint.`)];
  return shown.flatMap((lane): RootContent[] => [
    paragraph([
      strong(lane.name),
      ` · ${counted(lane.cards.length + lane.hidden, "task")}${isSized(lane) ? ` · ${sizeSumText(lane.days, sizeUnitOf(report))}` : ""}`,
    ]),
    list([
      ...lane.cards.map((card) => [...cardText(card, style), ` (${card.size ?? "no size"})`].flat()),
      ...(lane.hidden > 0 ? [`and ${lane.hidden} more`] : []),
    ]),
  ]);
}

/** The rows of the table in their order. The row of the say/do ratio shows both of its figures. */
const effortKeys: FigureKey[] = [
  "capacityDays",
  "committed",
  "added",
  "reestimated",
  "removed",
  "final",
  "completed",
  "completedInitial",
  "frozen",
  "notCompleted",
  "actual",
  "estimationError",
  "sayDo",
];

function effort(report: Report): RootContent[] {
  const unit = unitOf(report);
  const shown = effortKeys.filter((key) => isInUnit(figures[key], report));
  const rows = shown.map((key): Inline[] => [titleOf(figures[key]), effortText(key, report)]);
  const { unestimated, actualShare } = report.effort;
  const notes = [
    unit === "tasks" ? `No task has an estimate, so tasks are counted instead of ${sizeUnitOf(report)}.` : "",
    unit !== "tasks" && unestimated.final > 0
      ? `${counted(unestimated.final, "task")} in the ${figures.final.label} had no estimate.`
      : "",
    actualShare === null || actualShare === 1
      ? ""
      : `${shareText(actualShare)} of the tasks have ${figures.actual.label} recorded.`,
    ...(unit === "points" ? [...besidePoints(report), pointsNote(report)] : []),
  ].filter((note) => note !== "");
  return [
    table([capital(unitNames[unit]), `Sprint ${report.sprint.number}`], rows, [1]),
    ...(notes.length > 0 ? [paragraph(notes.join(" "))] : []),
  ];
}

function effortText(key: FigureKey, report: Report): string {
  const text = numberText(figures[key], figures[key].value(report));
  if (key !== "sayDo") return text;
  const { sayDoInitial } = figures;
  return `${text} (${shortOf(sayDoInitial)} ${numberText(sayDoInitial, sayDoInitial.value(report))})`;
}

function unexpected(report: Report, style: FigureStyle): RootContent[] {
  if (report.unexpected.length === 0) return [paragraph("Nothing was added during the sprint.")];
  return [
    table(
      ["Unexpected task", "Added", "Size", titleOf(figures.actual)],
      report.unexpected.map((card) => [
        cardText(card, style).flat(),
        card.entered ?? unknown,
        card.size ?? unknown,
        daysText(card.actualDays),
      ]),
      [2, 3],
    ),
    ...(report.unexpectedByType === undefined
      ? []
      : [paragraph(`By type: ${typeSharesText(report.unexpectedByType, sizeUnitOf(report))}.`)]),
  ];
}

function debt(report: Report, style: FigureStyle): RootContent[] {
  const { opened, paid, dropped = [], open, ages } = report.debt;
  const age = ages.p50 === null ? "" : ` Median age: ${counted(Math.round(ages.p50), "day")}.`;
  const block = (title: string, cards: Card[]): RootContent[] =>
    cards.length === 0
      ? []
      : [paragraph(strong(title)), list(cards.map((card) => cardText(card, style).flat()))];
  return [
    ...block(capital(shortOf(figures.debtOpened)), opened),
    ...block(capital(shortOf(figures.debtPaid)), paid),
    ...block(capital(shortOf(figures.debtDropped)), dropped),
    paragraph(
      open === 0
        ? "No technical debt remains at the end."
        : `${capital(shortOf(figures.debtOpen))} at the end: ${counted(open, "debt item")}, ${owedText(report.debt)}.${age}`,
    ),
  ];
}

/** Its words and owner, and what it points to. */
const promiseNodes = (entry: KalmEntry): (string | ReturnType<typeof webLink>)[] =>
  entry.link === undefined
    ? [promiseText(entry)]
    : [`${promiseText(entry)} `, webLink(entry.link, promiseLinkText(entry))];

function kalm(value: Kalm): RootContent[] {
  const promises = promiseKinds.flatMap(({ kind, heading }): RootContent[] =>
    value[kind].length === 0 ? [] : [paragraph(strong(heading)), list(value[kind].map(promiseNodes))],
  );
  const followUp: RootContent[] =
    value.followUp.length === 0
      ? []
      : [
          table(
            ["Earlier promise", "Sprint", "Answer"],
            value.followUp.map((entry) => [
              [`${headingOf[entry.kind]}: `, promiseNodes(entry)].flat(),
              String(entry.from),
              verdictOf(entry.kept),
            ]),
            [1],
          ),
        ];
  if (promises.length + followUp.length === 0) return [paragraph("No promises in this sprint.")];
  return [...followUp, ...promises];
}

function burndown(report: Report): RootContent[] {
  const { points } = report.burndown;
  const days = dateFormat("en-CA", { timeZone: report.sprint.timeZone, dateStyle: "short" });
  // A point at midnight closes the day before it.
  const dayOf = (at: string) => days.format(Date.parse(at) - 1);
  const ends = points.filter((point, index) => {
    const next = points[index + 1];
    return next === undefined || dayOf(next.at) !== dayOf(point.at);
  });
  if (ends.length === 0) return [paragraph("There is no burndown yet.")];
  return [
    table(
      ["End of day", "Scope", "Done", "Remaining"],
      ends.map((point) => [
        dayOf(point.at),
        daysText(point.scope),
        daysText(point.done),
        daysText(point.remaining),
      ]),
      [1, 2, 3],
    ),
  ];
}

function video(id: string): RootContent[] {
  return [paragraph(["Video: ", webLink(`https://www.youtube.com/watch?v=${id}`, "watch on YouTube")])];
}

import type { RootContent } from "mdast";
import type { Kalm, KalmEntry } from "../../core/model/kalm.ts";
import type { Card, Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { promiseKinds, verdictOf } from "../../core/report/promises.ts";
import { isEmpty, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { budgetSentences, budgetTally, serviceColumns, serviceRows } from "../budget-rows.ts";
import {
  besidePoints,
  capital,
  type FigureKey,
  figuresIn,
  isInUnit,
  numberText,
  owedText,
  pointsNote,
  shortOf,
  titleOf,
} from "../figures/figures.ts";
import {
  countOf,
  dateFormat,
  daysText,
  emptyText,
  isSized,
  promiseLinkText,
  promiseText,
  shareText,
  sizeSumText,
  sprintLabel,
  typeSharesText,
  unknown,
} from "../format.ts";
import type { Directive, ReportFigure } from "./directive.ts";
import { type Inline, list, paragraph, strong, table, webLink } from "./nodes.ts";

export interface FigureStyle {
  links: boolean;
  /** Default: English. */
  words?: Words;
}

/** A figure as paragraphs, lists and tables, readable in a terminal and on a page. */
export function figureNodes(directive: Directive, report: Report | null, style: FigureStyle): RootContent[] {
  const { words = english } = style;
  const { empty, figure: texts } = words.texts.report;
  if (directive.name === "video") return video(directive.youtube, words);
  if (report === null) return [paragraph(texts.liveDemo)];
  switch (directive.name) {
    case "board":
      return board(report, directive.at, style);
    case "effort":
      return isEmpty(report) ? [paragraph(emptyText(report, words))] : effort(report, words);
    case "unexpected":
      return unexpected(report, style);
    case "debt":
      return debt(report, style);
    case "kalm":
      return kalm(report.kalm, words);
    case "burndown":
      return isEmpty(report) ? [paragraph(empty.burndown)] : burndown(report, words);
    case "budget":
      return budget(report, style.words);
    case "demo":
      return [paragraph(words.say(texts.liveDemoOf, { sprint: sprintLabel(report.sprint) }))];
  }
}

/** A figure of a sprint that has no report: one sentence says what will stand here. */
export function notYetNodes(directive: ReportFigure, sprint: number, words: Words): RootContent[] {
  const texts = words.texts.report.figure.notYet;
  const text =
    directive.name === "board"
      ? texts[directive.at === "start" ? "boardStart" : "boardEnd"]
      : texts[directive.name];
  return [paragraph(words.say(text, { sprint: String(sprint) }))];
}

function budget(report: Report, told?: Words): RootContent[] {
  const words = told ?? english;
  const { none, tallied } = words.texts.report.budget;
  if (report.budget === undefined) return [paragraph(none)];
  const rows = serviceRows(report.budget, words);
  return [
    paragraph(words.say(tallied, { tally: budgetTally(report.budget, words) })),
    ...(rows.length === 0 ? [] : [table(serviceColumns(words), rows, [1, 2])]),
    ...budgetSentences(report, told).map((text) => paragraph(text)),
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
  const { words = english } = style;
  const { figure: texts } = words.texts.report;
  if (shown.length === 0) return [paragraph(at === "start" ? texts.emptyBoardStart : texts.emptyBoardEnd)];
  return shown.flatMap((lane): RootContent[] => [
    paragraph([
      strong(lane.name),
      ` · ${countOf(lane.cards.length + lane.hidden, "task", words)}${isSized(lane) ? ` · ${sizeSumText(lane.days, sizeUnitOf(report), words)}` : ""}`,
    ]),
    list([
      ...lane.cards.map((card) =>
        [...cardText(card, style), ` (${card.size ?? words.texts.amounts.noSize})`].flat(),
      ),
      ...(lane.hidden > 0 ? [words.say(texts.more, { count: lane.hidden })] : []),
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

function effort(report: Report, words: Words): RootContent[] {
  const figures = figuresIn(words);
  const { empty, figure: texts } = words.texts.report;
  const unit = unitOf(report);
  const shown = effortKeys.filter((key) => isInUnit(figures[key], report));
  const rows = shown.map((key): Inline[] => [titleOf(figures[key]), effortText(key, report, words)]);
  const { unestimated, actualShare } = report.effort;
  const notes = [
    unit === "tasks" ? empty.sized[sizeUnitOf(report)] : "",
    unit !== "tasks" && unestimated.final > 0 ? words.say(texts.unestimated, { n: unestimated.final }) : "",
    actualShare === null || actualShare === 1
      ? ""
      : words.say(texts.shareKnown, { share: shareText(actualShare, words) }),
    ...(unit === "points" ? [...besidePoints(report, words), pointsNote(report, words)] : []),
  ].filter((note) => note !== "");
  return [
    table(
      [
        capital(words.texts.amounts.units[unit]),
        words.say(texts.sprint, { sprint: sprintLabel(report.sprint) }),
      ],
      rows,
      [1],
    ),
    ...(notes.length > 0 ? [paragraph(notes.join(" "))] : []),
  ];
}

function effortText(key: FigureKey, report: Report, words: Words): string {
  const figures = figuresIn(words);
  const text = numberText(figures[key], figures[key].value(report), words);
  if (key !== "sayDo") return text;
  const { sayDoInitial } = figures;
  const share = numberText(sayDoInitial, sayDoInitial.value(report), words);
  return words.say(words.texts.report.figure.shareBeside, { text, label: shortOf(sayDoInitial), share });
}

function unexpected(report: Report, style: FigureStyle): RootContent[] {
  const { words = english } = style;
  const { byType, empty, figure: texts } = words.texts.report;
  if (report.unexpected.length === 0) return [paragraph(empty.unexpected)];
  return [
    table(
      [texts.unexpectedTask, texts.added, texts.size, titleOf(figuresIn(words).actual)],
      report.unexpected.map((card) => [
        cardText(card, style).flat(),
        card.entered === undefined ? unknown : words.phrase(card.entered),
        card.size ?? unknown,
        daysText(card.actualDays, words),
      ]),
      [2, 3],
    ),
    ...(report.unexpectedByType === undefined
      ? []
      : [
          paragraph(
            words.say(byType, { shares: typeSharesText(report.unexpectedByType, sizeUnitOf(report), words) }),
          ),
        ]),
  ];
}

function debt(report: Report, style: FigureStyle): RootContent[] {
  const { opened, paid, dropped = [], open, ages } = report.debt;
  const { words = english } = style;
  const figures = figuresIn(words);
  const { figure: texts } = words.texts.report;
  const age = ages.p50 === null ? "" : words.say(texts.medianAge, { n: Math.round(ages.p50) });
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
        ? texts.noDebt
        : words.say(texts.debtAtEnd, {
            items: countOf(open, "debt", words),
            owed: owedText(report.debt, words),
            age,
          }),
    ),
  ];
}

/** Its words and owner, and what it points to. */
const promiseNodes = (entry: KalmEntry): (string | ReturnType<typeof webLink>)[] =>
  entry.link === undefined
    ? [promiseText(entry)]
    : [`${promiseText(entry)} `, webLink(entry.link, promiseLinkText(entry))];

function kalm(value: Kalm, words: Words): RootContent[] {
  const { figure: texts, promises: kinds, verdicts } = words.texts.report;
  const promises = promiseKinds.flatMap(({ kind }): RootContent[] =>
    value[kind].length === 0
      ? []
      : [paragraph(strong(kinds[kind].heading)), list(value[kind].map(promiseNodes))],
  );
  const followUp: RootContent[] =
    value.followUp.length === 0
      ? []
      : [
          table(
            [texts.earlierPromise, texts.sprintColumn, texts.answer],
            value.followUp.map((entry) => [
              [
                words.say(texts.promiseOfKind, { kind: kinds[entry.kind].heading }),
                promiseNodes(entry),
              ].flat(),
              String(entry.from),
              verdicts[verdictOf(entry.kept)],
            ]),
            [1],
          ),
        ];
  if (promises.length + followUp.length === 0) return [paragraph(texts.noPromises)];
  return [...followUp, ...promises];
}

function burndown(report: Report, words: Words): RootContent[] {
  const { burndownColumns: columns, noBurndown } = words.texts.report.figure;
  const { points } = report.burndown;
  const days = dateFormat("en-CA", { timeZone: report.sprint.timeZone, dateStyle: "short" });
  // A point at midnight closes the day before it.
  const dayOf = (at: string) => days.format(Date.parse(at) - 1);
  const ends = points.filter((point, index) => {
    const next = points[index + 1];
    return next === undefined || dayOf(next.at) !== dayOf(point.at);
  });
  if (ends.length === 0) return [paragraph(noBurndown)];
  return [
    table(
      [columns.day, columns.scope, columns.done, columns.remaining],
      ends.map((point) => [
        dayOf(point.at),
        daysText(point.scope, words),
        daysText(point.done, words),
        daysText(point.remaining, words),
      ]),
      [1, 2, 3],
    ),
  ];
}

function video(id: string, { texts }: Words): RootContent[] {
  const { video: label, watch } = texts.report.figure;
  return [paragraph([label, webLink(`https://www.youtube.com/watch?v=${id}`, watch)])];
}

import type { Root, RootContent } from "mdast";
import type { Board, Card, CarriedCard, Report } from "../core/model/report.ts";
import { isOver } from "../core/report/is-over.ts";
import { issueNameOf } from "../core/report/issue-refs.ts";
import { laggingIn } from "../core/report/lagging.ts";
import { isEmpty, sizeUnitOf } from "../core/report/unit.ts";
import { english } from "../words/words.ts";
import { budgetTitle } from "./budget-rows.ts";
import { figureNodes } from "./directives/figures.ts";
import { heading, type Inline, paragraph, table, webLink } from "./directives/nodes.ts";
import {
  capital,
  doubtfulDebtIn,
  doubtfulIn,
  figures,
  ledgerKeysOf,
  numberText,
  shortOf,
  titleIn,
  titleOf,
} from "./figures/figures.ts";
import {
  counted,
  daysText,
  isSized,
  laggingText,
  momentText,
  rangeText,
  referencesText,
  sizeHeading,
  sizeSumText,
  sprintTitle,
  unitNames,
  unknown,
  wholeText,
} from "./format.ts";
import { projectUpdatesPart } from "./project-updates.ts";
import { sideLists } from "./side-lists.ts";
import type { BoardHead } from "./text/board.ts";
import type { Explained } from "./text/explain.ts";
import { explanationTitle, partText } from "./text/explain.ts";

const root = (...children: RootContent[]): Root => ({ type: "root", children });

const named = (card: Card): Inline => [webLink(card.url, issueNameOf(card)), ` ${card.title}`];

/** The whole report with the figures that posts embed. */
export function reportDocument(report: Report): Root {
  const { sprint, goalMet } = report;
  const style = { links: true };
  const size = sizeHeading[sizeUnitOf(report)];
  const part = (title: string, nodes: RootContent[]) => [heading(2, title), ...nodes];
  const cards = <C extends Card>(title: string, list: C[], note: (card: C) => string, column: string) =>
    list.length === 0
      ? []
      : part(title, [
          table(
            ["Task", size, column],
            list.map((card) => [named(card), daysText(card.days), note(card)]),
            [1],
          ),
        ]);
  const depth = (card: CarriedCard) => String(card.depth);
  const verdict = goalMet === null ? "open" : goalMet ? "met" : "missed";
  return root(
    heading(1, sprintTitle(sprint)),
    paragraph(
      `${sprint.team === undefined ? "" : `${sprint.team}, `}${rangeText(sprint.firstDay, sprint.lastDay)}, ${sprint.timeZone}`,
    ),
    ...(isOver(report)
      ? []
      : [paragraph(`Figures so far, as of the last sync at ${momentText(report.asOf, sprint.timeZone)}.`)]),
    ...laggingIn(report).map(({ name, asOf }) =>
      paragraph(`${name}: ${laggingText(asOf, sprint.timeZone)}.`),
    ),
    paragraph(`Goal (${verdict}): ${sprint.goal}`),
    ...part("Effort", figureNodes({ name: "effort" }, report, style)),
    ...part("Board at the start", figureNodes({ name: "board", at: "start" }, report, style)),
    ...part(titleOf(figures.unexpected), figureNodes({ name: "unexpected" }, report, style)),
    ...part(
      isOver(report) ? "Board at the end" : "Board now",
      figureNodes({ name: "board", at: "end" }, report, style),
    ),
    ...cards(titleIn(figures.carriedOver, report), report.carriedOver, depth, "Earlier sprints"),
    ...cards(titleOf(figures.movedOn), report.movedOn, depth, "Earlier sprints"),
    ...cards(titleOf(figures.freezebox), report.freezebox, (card) => card.reason, "Why"),
    ...sideLists(report).flatMap(({ title, rows }) =>
      part(title, [
        table(
          ["Task", size, "Note", "When"],
          rows.map(({ card, note, at }) => [
            named(card),
            daysText(card.days),
            note,
            momentText(at, sprint.timeZone),
          ]),
          [1],
        ),
      ]),
    ),
    ...(isEmpty(report) ? [] : part("Burndown", figureNodes({ name: "burndown" }, report, style))),
    ...part("Technical debt", figureNodes({ name: "debt" }, report, style)),
    ...part("K.A.L.M.", figureNodes({ name: "kalm" }, report, style)),
    ...(report.budget === undefined ? [] : part(budgetTitle, figureNodes({ name: "budget" }, report, style))),
    ...projectUpdatesPart(report),
    ...trust(report),
  );
}

function trust(report: Report): RootContent[] {
  const doubtful = doubtfulIn(report).map(({ label, provenance }) => `${label} (${provenance})`);
  const words =
    doubtful.length === 0
      ? "Every figure is replayed from the issues' events."
      : `Not fully replayed from events: ${doubtful.join(", ")}.`;
  const restatements = report.restatements.flatMap((one) => [
    paragraph(`Restated ${momentText(one.at, report.sprint.timeZone)}: ${one.note}`),
    table(
      ["Figure", "Frozen", "Now"],
      one.changes.map((change) => [change.figure, daysText(change.frozen), daysText(change.now)]),
      [1, 2],
    ),
  ]);
  return [heading(2, "Where the figures come from"), paragraph(words), ...restatements];
}

export function boardDocument(head: BoardHead, board: Board): Root {
  const unit = sizeUnitOf(board);
  const isTyped = board.lanes.some(({ cards }) => cards.some(({ type }) => type !== undefined));
  const lanes = board.lanes.flatMap((lane): RootContent[] => [
    heading(2, isSized(lane) ? `${lane.name} (${sizeSumText(lane.days, unit)})` : lane.name),
    lane.cards.length === 0
      ? paragraph(lane.hidden > 0 ? counted(lane.hidden, "task") : "Empty.")
      : table(
          ["Task", "Size", sizeHeading[unit], "Assigned", ...(isTyped ? ["Type"] : [])],
          lane.cards.map((card) => [
            [named(card), card.blockedBy ? ` (blocked by ${referencesText(card.blockedBy)})` : ""].flat(),
            card.size ?? unknown,
            daysText(card.days),
            card.assignees.join(", "),
            ...(isTyped ? [card.type ?? ""] : []),
          ]),
          [2],
        ),
    ...(lane.hidden > 0 && lane.cards.length > 0 ? [paragraph(`and ${lane.hidden} more`)] : []),
  ]);
  return root(
    heading(1, sprintTitle(head)),
    paragraph(`Board as of ${momentText(board.at, head.timeZone)} (${head.timeZone}).`),
    ...lanes,
  );
}

/** How a card is known, where it is not replayed. */
const knownText = ({ provenance = "replayed" }: Card): string =>
  provenance === "replayed" ? "" : ` (${provenance})`;

export function debtDocument(reports: Report[]): Root {
  const newest = reports.at(-1);
  const keys = ledgerKeysOf(reports);
  return root(
    heading(1, "Technical debt"),
    table(
      [
        "Sprint",
        ...keys.map((key) => capital(shortOf(figures[key]))),
        `${titleOf(figures.daysOwed)}, ${unitNames[sizeUnitOf(newest?.debt ?? {})]}`,
        ...(["p50", "p85", "p95"] as const).map((age) => capital(english.texts.report.debtAges[age])),
      ],
      reports.map((report) => [
        `${report.sprint.number}: ${report.sprint.title}`,
        ...[...keys, "daysOwed" as const].map((key) => numberText(figures[key], figures[key].value(report))),
        wholeText(report.debt.ages.p50),
        wholeText(report.debt.ages.p85),
        wholeText(report.debt.ages.p95),
      ]),
      Array.from({ length: keys.length + 4 }, (_, index) => index + 1),
    ),
    ...(newest === undefined || newest.debt.openCards.length === 0
      ? []
      : [
          heading(
            2,
            `Remaining ${isOver(newest) ? "at the end of" : "now, in"} sprint ${newest.sprint.number}`,
          ),
          table(
            ["Debt item", sizeHeading[sizeUnitOf(newest.debt)], "Since"],
            newest.debt.openCards.map((card) => [
              named(card),
              daysText(card.days),
              momentText(card.openedAt, newest.sprint.timeZone) + knownText(card),
            ]),
            [1],
          ),
        ]),
    ...reports.flatMap((report) => {
      const doubtful = doubtfulDebtIn(report).map(({ label, provenance }) => `${label} (${provenance})`);
      return doubtful.length === 0
        ? []
        : [
            paragraph(
              `Sprint ${report.sprint.number}, not fully replayed from events: ${doubtful.join(", ")}.`,
            ),
          ];
    }),
  );
}

export function explanationDocument(explained: Explained): Root {
  const isRatio = explained.rows.some((row) => row.part !== undefined);
  return root(
    heading(1, `${explanationTitle(explained)}: ${explained.value}`),
    paragraph(explained.definition),
    table(
      [
        ...(isRatio ? ["Part"] : []),
        "Task",
        sizeHeading[sizeUnitOf(explained)],
        "Why",
        "When",
        "Event",
        "Known",
      ],
      explained.rows.map((row) => [
        ...(isRatio ? [partText(explained, row)] : []),
        row.number === null ? row.title : `${issueNameOf(row)} ${row.title}`,
        daysText(row.days),
        row.why,
        momentText(row.at, explained.timeZone),
        row.eventId === null ? unknown : String(row.eventId),
        row.provenance,
      ]),
      isRatio ? [2, 5] : [1, 4],
    ),
  );
}

import type { Card, Report } from "../../core/model/report.ts";
import { isOver } from "../../core/report/is-over.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { isEmpty } from "../../core/report/unit.ts";
import { budgetComparison, budgetTally, budgetTitle } from "../budget-rows.ts";
import { doubtfulIn, type FigureKey, figures, titleIn, valueText } from "../figures/figures.ts";
import { momentText, rangeText, sprintTitle } from "../format.ts";

/** What a chat message says of a sprint, whatever the chat. */
export interface MessageFacts {
  title: string;
  /** Days of the sprint, and that it still runs. */
  span: string;
  goal: string;
  verdict: "Goal met" | "Goal missed" | "Goal open";
  figures: { label: string; value: string }[];
  lists: { title: string; cards: MessageCard[]; more: number }[];
  /** How the figures are known. */
  known: string;
}

export interface MessageCard {
  name: string;
  title: string;
  /** "" where it has none. */
  url: string;
}

const shown: FigureKey[] = [
  "committed",
  "completed",
  "sayDoInitial",
  "added",
  "notCompleted",
  "frozen",
  "actual",
  "debtOpen",
];
const most = 10;

export function factsOf(report: Report): MessageFacts {
  const { sprint, goalMet, asOf } = report;
  const running = isOver(report) ? "" : `, so far (up to ${momentText(asOf, sprint.timeZone)})`;
  const doubtful = doubtfulIn(report).map(({ label, provenance }) => `${label} (${provenance})`);
  return {
    title: sprintTitle(sprint),
    span: `${rangeText(sprint.firstDay, sprint.lastDay)}${running}`,
    goal: sprint.goal,
    verdict: goalMet === null ? "Goal open" : goalMet ? "Goal met" : "Goal missed",
    figures: [...(isEmpty(report) ? [] : effortFacts(report)), ...budgetFacts(report)],
    lists: [
      listOf("Done", report.done),
      listOf(titleIn(figures.unexpected, report), report.unexpected),
      listOf(titleIn(figures.carriedOver, report), report.carriedOver),
    ].filter(({ cards }) => cards.length > 0),
    known:
      doubtful.length === 0
        ? "Every figure is replayed from the issues' events."
        : `Not fully replayed from events: ${doubtful.join(", ")}.`,
  };
}

const effortFacts = (report: Report): MessageFacts["figures"] =>
  shown.flatMap((key) => {
    const figure = figures[key];
    return figure.value(report) === null
      ? []
      : [{ label: titleIn(figure, report), value: valueText(figure, report) }];
  });

/** With what it is compared to, which may be a part of the sprint. */
function budgetFacts({ budget, sprint }: Report): MessageFacts["figures"] {
  if (budget === undefined) return [];
  const compared = budgetComparison({ budget, sprint });
  return [{ label: budgetTitle, value: [`${budgetTally(budget)}.`, ...compared].join(" ") }];
}

const listOf = (title: string, cards: readonly Card[]): MessageFacts["lists"][number] => ({
  title,
  cards: cards.slice(0, most).map((card) => ({ name: issueNameOf(card), title: card.title, url: card.url })),
  more: Math.max(0, cards.length - most),
});

/** At most so many characters, cut between characters and marked with …. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

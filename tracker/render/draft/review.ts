import type { KalmAnswer, KalmKind } from "../../core/model/kalm.ts";
import type { Report } from "../../core/model/report.ts";
import { promiseKinds } from "../../core/report/promises.ts";
import { forReaders, isEmpty, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { budgetTitle } from "../budget-rows.ts";
import { capital, figures, titleOf } from "../figures/figures.ts";
import { counted, daysText, emptyText, nounFor, promiseText, sprintInWords } from "../format.ts";
import { renderBlock } from "./blocks.ts";
import { amountOf, bullets, cardName, escapeMarkdown, prompt, reestimateText, sprintLines } from "./words.ts";

/** A review to be finished by a human: figures by directives, questions as comments, promises to answer. */
export function draftReview(report: Report, date: string): string {
  const { sprint } = report;
  const sections = [
    frontMatter(report, date),
    "## Recap",
    renderBlock("goal", goalLines(report)),
    prompt("Was the goal met? Say so in the first sentence. What was most important about this sprint?"),
    "## Tasks",
    "The board at the start of the sprint:",
    "::board{at=start}",
    "Commitment and outcome:",
    "::effort",
    "::burndown",
    renderBlock("task-questions", questions(taskQuestions(report))),
    `## ${titleOf(figures.unexpected)}`,
    "::unexpected",
    renderBlock("unexpected-questions", questions(unexpectedQuestions(report))),
    "## Technical debt",
    "::debt",
    renderBlock("debt-questions", questions(debtQuestions(report))),
    "## Done",
    "::board{at=end}",
    renderBlock("done", doneLines(report)),
    prompt("What can users do now that they could not do before the sprint?"),
    "## K.A.L.M.",
    ...followUp(report.kalm.followUp),
    ...promiseKinds.flatMap(({ kind, heading }) => [`### ${heading}`, prompt(promisePrompts[kind])]),
    ...(report.budget === undefined
      ? []
      : [`## ${budgetTitle}`, "::budget", prompt("What cost more or less than planned, and why?")]),
    "## Conclusion",
    prompt(`What will you do differently in sprint ${sprint.number + 1}?`),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const promisePrompts: Record<KalmKind, string> = {
  keep: "One line for each habit that helped and should stay.",
  add: "One line for each new thing to start. If you link an issue (#12), its state answers the promise.",
  less: "One line for each habit to reduce.",
  more: "One line for each habit to build on.",
};

function frontMatter(report: Report, date: string): string {
  const title = `Review of ${sprintInWords(report.sprint)}`;
  // JSON strings are YAML strings, so quotes and colons in a title are escaped.
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "kind: review",
    ...sprintLines(report.sprint),
    `date: ${date}`,
    'summary: ""',
    "# Take this line out to publish.",
    "draft: true",
    "---",
  ].join("\n");
}

function goalLines(report: Report): string {
  const goal =
    report.sprint.goal === ""
      ? "This sprint had no goal."
      : `The goal: ${escapeMarkdown(report.sprint.goal)}`;
  if (isEmpty(report)) return `${goal}\n\n${emptyText(report)}\n`;
  const { effort } = forReaders(report);
  const committed = amountOf(effort.committed, unitOf(report));
  return `${goal}\n\n${capital(figures.committed.label)} ${nounFor(effort.committed, "was", "were")} ${committed}, ${figures.completed.label} ${daysText(effort.completed)}.\n`;
}

const questions = (texts: string[]): string => texts.map((text) => `${prompt(text)}\n`).join("");

const most = 12;

/** A question about each of the first cards, and one about all the others together. */
function about<T>(cards: T[], ask: (card: T) => string, rest: (count: number) => string): string[] {
  if (cards.length <= most + 2) return cards.map(ask);
  return [...cards.slice(0, most).map(ask), rest(cards.length - most)];
}

function taskQuestions(report: Report): string[] {
  // Only days can be held against days.
  const capacity = report.unit === "points" ? null : report.sprint.capacityDays;
  const { committed } = report.effort;
  return [
    ...(capacity !== null && committed > capacity
      ? [
          `The team committed to ${counted(committed, "day")} with a ${figures.capacityDays.label} of ${daysText(capacity)}. Why?`,
        ]
      : []),
    ...about(
      report.reestimated,
      (card) => `${cardName(card)}: ${reestimateText(card, sizeUnitOf(report))}. What did you learn?`,
      (count) => `${count} more were ${figures.reestimated.label}. What do they have in common?`,
    ),
    ...about(
      report.removed,
      (card) => `${cardName(card)} was taken out. Why, and did everybody know at once?`,
      (count) => `${count} more were taken out. What do they have in common?`,
    ),
    ...about(
      report.freezebox,
      (card) => `${cardName(card)} is in the freezebox: ${escapeMarkdown(card.reason)}. Why?`,
      (count) => `${count} more are in the freezebox. What do they have in common?`,
    ),
    ...about(
      report.carriedOver.filter((card) => card.depth > 0).toSorted((a, b) => b.depth - a.depth),
      (card) =>
        `${cardName(card)} was in ${counted(card.depth, "earlier sprint")} and is not done. Is it still wanted?`,
      (count) => `${count} more were in earlier sprints and are not done. Which of them are still wanted?`,
    ),
  ];
}

function unexpectedQuestions(report: Report): string[] {
  return about(
    report.unexpected,
    (card) => `${cardName(card)}: could it have been foreseen during planning?`,
    (count) => `${count} more were unexpected. Which of them could have been foreseen?`,
  );
}

function debtQuestions(report: Report): string[] {
  const oldest = report.debt.openCards[0];
  return [
    ...about(
      report.debt.opened,
      (card) => `${cardName(card)}: why was it accepted, and what does it cost?`,
      (count) => `${counted(count, "more debt item")} were opened. Why were they accepted?`,
    ),
    ...(oldest === undefined ? [] : [`The oldest is ${cardName(oldest)}. When will it be resolved?`]),
  ];
}

function doneLines(report: Report): string {
  if (report.done.length === 0) return "No task was finished.\n";
  return bullets(report.done.map(cardName));
}

/**
 * Promises to be answered. One with a linked issue has its answer already; the others wait for a mark. The words stand
 * alone, because they tie an answer to its promise.
 */
function followUp(answers: KalmAnswer[]): string[] {
  if (answers.length === 0) return [];
  const lines = answers.map(({ kept, ...promise }) => {
    const words = escapeMarkdown(promiseText(promise));
    return kept === true ? `[x] ${words}` : kept === false ? `[ ] ~~${words}~~` : `[ ] ${words}`;
  });
  return [
    "### Follow-up",
    prompt(
      "Did you keep these promises? [x] means kept, ~~struck out~~ not kept, [ ] still open. A promise to do less is kept by doing less.",
    ),
    renderBlock("promises", bullets(lines)),
  ];
}

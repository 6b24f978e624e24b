import type { Card, Report } from "../../core/model/report.ts";
import { forReaders, unitOf } from "../../core/report/unit.ts";
import { figures } from "../figures/figures.ts";
import { counted, daysText } from "../format.ts";
import { renderBlock } from "./blocks.ts";
import { bullets, cardLine, cardName, escapeMarkdown, prompt } from "./words.ts";

/**
 * The refinement checklist before a sprint. `previous`: the last sprint's report, null before the first;
 * `next`: the report of the sprint to plan, as it stands; `velocity`: completed days of earlier sprints, oldest first.
 */
export interface PlanningFacts {
  previous: Report | null;
  next: Report;
  velocity: number[];
}

export function draftPlanning(facts: PlanningFacts, date: string): string {
  const { next } = facts;
  const sections = [
    [
      "---",
      `title: ${JSON.stringify(`Planning sprint ${next.sprint.number}: ${next.sprint.title}`)}`,
      "kind: planning",
      `sprint: ${next.sprint.number}`,
      `date: ${date}`,
      'summary: ""',
      "# Take this line out to publish.",
      "draft: true",
      "---",
    ].join("\n"),
    prompt("What is this sprint for, in two sentences?"),
    "## Clearing the table",
    ...checklist(facts).flatMap((step) => [`### ${step.title}`, renderBlock(step.name, step.body)]),
    "## The commitment",
    "::board{at=start}",
    renderBlock("commitment", commitment(facts)),
    prompt("What goes first if something must give?"),
  ];
  return `${sections.join("\n\n")}\n`;
}

const many = 14;

interface Step {
  name: string;
  title: string;
  body: string;
}

function checklist({ previous, next }: PlanningFacts): Step[] {
  const planned = membersOf(next);
  const left = previous?.carriedOver ?? [];
  const moved = previous?.movedOn ?? [];
  const stillOpen = uniqueByNumber([...left, ...moved, ...planned]);
  const large = stillOpen.filter((card) => (card.days ?? 0) >= 1);
  return [
    step("clear-done", "Clear done", previous?.done ?? [], cardName, "Nothing was finished."),
    step(
      "clear-freezebox",
      "Clear the freezebox",
      previous?.freezebox ?? [],
      (card) => `${cardName(card)}: ${escapeMarkdown(card.reason)}`,
      "It is empty.",
    ),
    step(
      "left-behind",
      "Left behind: back to the backlog",
      left,
      (card) => `${cardLine(card)}${card.depth === 0 ? "" : `, in ${counted(card.depth, "earlier sprint")}`}`,
      "Nothing was left behind.",
    ),
    reestimateStep(stillOpen, left, previous?.reestimated ?? []),
    step(
      "add-debt",
      "Add debt",
      previous?.debt.openCards ?? next.debt.openCards,
      cardLine,
      "No debt is open.",
    ),
    step("add-subtasks", "Add subtasks", large, cardLine, "No task is a day or longer."),
    revalidateStep(planned, left),
  ];
}

/** Dozens of tasks without a size are told once, since a list that comes three times is ticked off unread. */
function reestimateStep(stillOpen: Card[], left: Card[], reestimated: Report["reestimated"]): Step {
  const isUnsized = stillOpen.length > many && stillOpen.every((card) => card.days === null);
  const learned = reestimated.filter((card) => (card.daysAfter ?? 0) > (card.daysBefore ?? 0));
  return step(
    "re-estimate",
    "Re-estimate",
    isUnsized ? [] : uniqueByNumber([...stillOpen.filter((card) => card.days === null), ...left]),
    cardLine,
    "Every task has an estimate.",
    [
      ...(isUnsized
        ? [`None of the ${stillOpen.length} open tasks has a size: agree on one for those that come first.`]
        : []),
      ...learned.map(
        (card) =>
          `${cardName(card)} grew from ${daysText(card.daysBefore)} to ${daysText(card.daysAfter)} days: what else is like it?`,
      ),
    ],
  );
}

/** Dozens of planned tasks that were all left behind stand in that list already. */
function revalidateStep(planned: Card[], left: Card[]): Step {
  const behind = new Set(left.map((card) => card.number));
  const isSame = planned.length > many && planned.every((card) => behind.has(card.number));
  const told = `All ${planned.length} planned tasks stand above, as left behind: which are still wanted and still true?`;
  return step(
    "re-validate",
    "Re-validate",
    isSame ? [] : planned,
    (card) => `${cardName(card)}: still wanted, still true?`,
    "Nothing is planned yet.",
    isSame ? [told] : [],
  );
}

function step<C extends Card>(
  name: string,
  title: string,
  cards: C[],
  line: (card: C) => string,
  empty: string,
  extra: string[] = [],
): Step {
  const lines = [...cards.toSorted((a, b) => a.number - b.number).map(line), ...extra];
  return { name, title, body: lines.length === 0 ? `${empty}\n` : bullets(lines, "- [ ]") };
}

/** Open members of the sprint as its newest board shows them. */
function membersOf(report: Report): Card[] {
  return report.boards.start.lanes
    .filter((lane) => lane.role === "sprint" || lane.role === "progress")
    .flatMap((lane) => lane.cards);
}

function uniqueByNumber<C extends { number: number }>(cards: C[]): C[] {
  return [...new Map(cards.map((card) => [card.number, card])).values()];
}

function commitment({ next, velocity }: PlanningFacts): string {
  const unit = unitOf(next);
  const { committed, unestimated } = forReaders(next).effort;
  const capacity = unit === "days" ? next.sprint.capacityDays : null;
  const lines = [
    `Planned: ${daysText(committed)} ${unit}${capacity === null ? "" : `, ${figures.capacityDays.label} ${daysText(capacity)}`}.`,
    ...(capacity !== null && committed > capacity
      ? [`That is ${daysText(committed - capacity)} days too many.`]
      : []),
    ...(unestimated.committed > 0 ? [`${unestimated.committed} tasks have no estimate.`] : []),
    ...(velocity.length > 0
      ? [`Completed in the sprints before: ${velocity.map(daysText).join(", ")} ${unit}.`]
      : []),
  ];
  return `${lines.join(" ")}\n`;
}

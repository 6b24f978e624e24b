import type { Card, Report } from "../../core/model/report.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { headingOf, leadsToItsIssue, type TeamPromise } from "../../core/report/promises.ts";
import { forReaders, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { english } from "../../words/words.ts";
import { capital, figures, valueText } from "../figures/figures.ts";
import { counted, daysText, promiseText, sprintInWords } from "../format.ts";
import { renderBlock } from "./blocks.ts";
import {
  amountOf,
  bullets,
  cardLine,
  cardName,
  escapeMarkdown,
  prompt,
  reestimateText,
  sprintLines,
} from "./words.ts";

/**
 * The refinement checklist before a sprint. `previous`: the last sprint's report, null before the first;
 * `next`: the report of the sprint to plan, as it stands; `velocity`: completed work of earlier sprints, oldest first.
 */
export interface PlanningFacts {
  previous: Report | null;
  next: Report;
  velocity: number[];
  /** What earlier reviews promised, and nobody has answered. */
  promises: TeamPromise[];
}

export function draftPlanning(facts: PlanningFacts, date: string): string {
  const { next } = facts;
  const sections = [
    [
      "---",
      `title: ${JSON.stringify(`Planning ${sprintInWords(next.sprint)}`)}`,
      "kind: planning",
      ...sprintLines(next.sprint),
      `date: ${date}`,
      'summary: ""',
      "# Take this line out to publish.",
      "draft: true",
      "---",
    ].join("\n"),
    prompt("What is this sprint for, in two sentences?"),
    "## Board clean-up",
    ...checklist(facts).flatMap((step) => [`### ${step.title}`, renderBlock(step.name, step.body)]),
    "## Commitment",
    "::board{at=start}",
    renderBlock("commitment", commitment(facts)),
    prompt("What will be dropped first if time runs short?"),
  ];
  return `${sections.join("\n\n")}\n`;
}

const many = 14;

interface Step {
  name: string;
  title: string;
  body: string;
}

function checklist({ previous, next, promises }: PlanningFacts): Step[] {
  const planned = membersOf(next);
  const left = previous?.carriedOver ?? [];
  const moved = previous?.movedOn ?? [];
  const stillOpen = uniqueIssues([...left, ...moved, ...planned]);
  return [
    step("clear-done", "Clear the done tasks", previous?.done ?? [], cardName, "No task was finished."),
    step(
      "clear-freezebox",
      "Clear the freezebox",
      previous?.freezebox ?? [],
      (card) => `${cardName(card)}: ${escapeMarkdown(card.reason)}`,
      "The freezebox is empty.",
    ),
    step(
      "left-behind",
      "Unfinished: back to the backlog",
      left,
      (card) => `${cardLine(card)}${card.depth === 0 ? "" : `, in ${counted(card.depth, "earlier sprint")}`}`,
      "Nothing was left unfinished.",
    ),
    reestimateStep(stillOpen, left, previous),
    step(
      "add-debt",
      "Add technical debt",
      previous?.debt.openCards ?? next.debt.openCards,
      cardLine,
      "No technical debt remains.",
    ),
    subtasksStep(stillOpen, sizeUnitOf(next)),
    revalidateStep(planned, left),
    promiseStep(promises),
  ];
}

/** Promises that wait for an answer, oldest first, with who looks after them. */
function promiseStep(promises: TeamPromise[]): Step {
  const lines = promises.map((promise) => {
    const issue = promise.issue === null ? "" : `, ${issueNameOf({ ...promise, number: promise.issue })}`;
    const link = promise.link === undefined || leadsToItsIssue(promise) ? "" : `, <${promise.link}>`;
    const age = promise.age === 0 ? "" : `, open for ${counted(promise.age, "sprint")}`;
    const owner = promise.owner === undefined ? ", nobody looks after it yet" : "";
    return `${headingOf[promise.kind]}: ${escapeMarkdown(promiseText(promise))}${escapeMarkdown(issue)}${link}${age}${owner}`;
  });
  const body = lines.length === 0 ? "No promise is open.\n" : bullets(lines, "- [ ]");
  return { name: "open-promises", title: "Open promises", body };
}

/** What is large enough to be parted: a day or more; of points nobody says how many are many, so the largest. */
function subtasksStep(cards: Card[], unit: SizeUnit): Step {
  const sizes = cards.flatMap(({ days }) => days ?? []);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const large = cards.filter(({ days }) => days !== null && days >= (unit === "days" ? 1 : most));
  return unit === "days"
    ? step("add-subtasks", "Add subtasks", large, cardLine, "No task is a day or longer.")
    : step(
        "add-subtasks",
        "Add subtasks",
        least < most ? large : [],
        cardLine,
        "No task is larger than others.",
      );
}

/** Dozens of tasks without a size are told once, since a list that comes three times is ticked off unread. */
function reestimateStep(stillOpen: Card[], left: Card[], previous: Report | null): Step {
  const { reestimated = [] } = previous ?? {};
  const isUnsized = stillOpen.length > many && stillOpen.every((card) => card.days === null);
  const learned = reestimated.filter((card) => (card.daysAfter ?? 0) > (card.daysBefore ?? 0));
  return step(
    "re-estimate",
    "Re-estimate",
    isUnsized ? [] : uniqueIssues([...stillOpen.filter((card) => card.days === null), ...left]),
    cardLine,
    "Every task has an estimate.",
    [
      ...(isUnsized
        ? [`None of the ${stillOpen.length} open tasks has an estimate. Estimate the ones that come first.`]
        : []),
      ...learned.map(
        (card) =>
          `${cardName(card)} grew ${reestimateText(card, sizeUnitOf(previous ?? {}))}. Which other tasks are like it?`,
      ),
    ],
  );
}

/** Dozens of planned tasks that are all unfinished ones stand in that list already. */
function revalidateStep(planned: Card[], left: Card[]): Step {
  const behind = new Set(left.map(issueNameOf));
  const isSame = planned.length > many && planned.every((card) => behind.has(issueNameOf(card)));
  const told = `All ${planned.length} planned tasks are in the list of unfinished ones above. Which of them are still wanted and still correct?`;
  return step(
    "re-validate",
    "Re-validate",
    isSame ? [] : planned,
    (card) => `${cardName(card)}: still wanted, still correct?`,
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
  const lines = [...cards.toSorted(inOrder).map(line), ...extra];
  return { name, title, body: lines.length === 0 ? `${empty}\n` : bullets(lines, "- [ ]") };
}

/** Open members of the sprint as its newest board shows them. */
function membersOf(report: Report): Card[] {
  return report.boards.start.lanes
    .filter((lane) => lane.role === "sprint" || lane.role === "progress")
    .flatMap((lane) => lane.cards);
}

function uniqueIssues<C extends Card>(cards: C[]): C[] {
  return [...new Map(cards.map((card) => [issueNameOf(card), card])).values()];
}

/** By repository, then by number. */
const inOrder = (a: Card, b: Card): number => {
  const [one, two] = [a, b].map(({ ref = "" }) => ref.split("#")[0] ?? "");
  return one === two ? a.number - b.number : (one ?? "") < (two ?? "") ? -1 : 1;
};

function completedBefore(velocity: readonly number[], unit: ReturnType<typeof unitOf>): string[] {
  const [one, ...more] = velocity;
  if (one === undefined) return [];
  if (more.length === 0) return [`Completed in the last sprint: ${amountOf(one, unit)}.`];
  return [
    `Completed in the last sprints: ${english.list(velocity.map((amount) => daysText(amount)))} ${unit}.`,
  ];
}

function commitment({ next, velocity }: PlanningFacts): string {
  const unit = unitOf(next);
  const { committed, unestimated } = forReaders(next).effort;
  const capacity = unit === "days" ? next.sprint.capacityDays : null;
  const lines = [
    `Planned: ${amountOf(committed, unit)}${capacity === null ? "" : `, ${figures.capacityDays.label} ${daysText(capacity)}`}.`,
    ...(capacity !== null && committed > capacity
      ? [`That is ${counted(committed - capacity, "day")} more than the capacity.`]
      : []),
    ...(unit === "points" && next.sprint.capacityDays !== null
      ? [
          `${capital(figures.capacityDays.label)}: ${valueText(figures.capacityDays, next)}, not compared with points.`,
        ]
      : []),
    ...(unestimated.committed > 0
      ? [`${counted(unestimated.committed, "task")} ${figures.unestimated.label}.`]
      : []),
    ...completedBefore(velocity, unit),
  ];
  return `${lines.join(" ")}\n`;
}

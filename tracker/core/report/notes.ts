import type { ClosingPulls, Notes, NotesGrouping, ShippedTask } from "../model/notes.ts";
import type { Card, Report } from "../model/report.ts";
import { namedSprint } from "../model/sprint.ts";
import { isOver } from "./is-over.ts";
import { issueNameOf } from "./issue-refs.ts";

export interface NotesInput {
  report: Report;
  pulls: ClosingPulls;
  /** null: by type where any task has one, else by label. */
  grouping: NotesGrouping | null;
  /** Whether a label says something of the work, unlike a size or a lane. */
  saysWhat(label: string): boolean;
}

const isBot = (login: string): boolean => login.endsWith("[bot]");
const sorted = (names: Iterable<string>): string[] =>
  [...new Set(names)].filter((name) => !isBot(name)).sort((a, b) => a.localeCompare(b, "en"));

/** What a sprint shipped: what was completed in it, and what else was finished since the sprint before. */
export function computeNotes({ report, pulls, grouping, saysWhat }: NotesInput): Notes {
  const shipped = shippedIn(report);
  const groupedBy = grouping ?? (shipped.some(({ type }) => type !== undefined) ? "type" : "label");
  const groupOf = grouperOf(shipped, groupedBy, saysWhat);
  const found = Map.groupBy(shipped, groupOf);
  // Where no task has a group of its own, nothing is other than the rest.
  const rest = found.size === 1 ? "Tasks" : "Other";
  const groups = [...found]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b, "en")))
    .map(([title, cards]) => ({
      title: title ?? rest,
      tasks: cards.map((card) => taskOf(card, pulls)),
    }));
  const { title, goal, firstDay, lastDay } = report.sprint;
  return {
    schema: "sprintcast/notes@1",
    repository: report.repository,
    sprint: { ...namedSprint(report.sprint), title, goal, firstDay, lastDay },
    running: !isOver(report),
    groupedBy,
    groups,
    contributors: sorted(groups.flatMap(({ tasks }) => tasks.flatMap((task) => task.contributors))),
  };
}

/** Each task once: what is finished after the end is the next sprint's to tell. */
function shippedIn(report: Report): Card[] {
  const outside = (report.finishedOutside ?? []).filter(({ finishedAt }) => finishedAt < report.sprint.end);
  const all = [...report.done, ...(report.finishedBefore ?? []), ...(report.late ?? []), ...outside];
  return [...new Map(all.map((card) => [issueNameOf(card), card])).values()];
}

/** The group of a card, null: none. Of several labels, the one that most of the tasks carry. */
function grouperOf(
  cards: readonly Card[],
  grouping: NotesGrouping,
  saysWhat: NotesInput["saysWhat"],
): (card: Card) => string | null {
  if (grouping === "none") return () => null;
  if (grouping === "type") return ({ type }) => type ?? null;
  const counts = new Map<string, number>();
  for (const label of cards.flatMap(({ labels }) => labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const count = (label: string) => counts.get(label) ?? 0;
  return ({ labels }) =>
    labels.filter(saysWhat).sort((a, b) => count(b) - count(a) || a.localeCompare(b, "en"))[0] ?? null;
}

function taskOf(card: Card, { byIssue, authors }: ClosingPulls): ShippedTask {
  const pulls = byIssue.get(issueNameOf(card)) ?? [];
  const own = authors.get(issueNameOf(card)) ?? [];
  const { number, ref, title, url, provenance } = card;
  return {
    number,
    ...(ref === undefined ? {} : { ref }),
    title,
    url,
    ...(provenance === undefined ? {} : { provenance }),
    pulls: [...pulls],
    contributors: sorted([
      ...card.assignees,
      ...[own].flat(),
      ...pulls.flatMap(({ author }) => author ?? []),
    ]),
  };
}

import type { Board, Card, Change, Replay } from "../core/model/report.ts";
import { randomOf } from "./random.ts";

/** The cards of a sprint that nobody worked, and how they moved. Instants in epoch milliseconds. */
export interface InventedSprint {
  start: number;
  end: number;
  cards: Card[];
  /** By instant. */
  moves: Replay["moves"];
}

export const inventedLanes = ["Backlog", "Sprint", "In progress", "Done", "Freezebox"] as const;

const sizes: [string, number][] = [
  ["S", 0.1],
  ["M", 0.5],
  ["L", 1],
];
const verbs = ["Send", "Show", "Store", "Measure", "Rename", "Retry", "Explain", "Archive"];
const things = [
  "readings",
  "the outbox",
  "the sensor list",
  "battery alarms",
  "the login page",
  "old exports",
];
const people = ["ada", "grace", "linus", "margaret", "rob"];

export const iso = (at: number): string => new Date(at).toISOString();
export const round = (days: number): number => Math.round(days * 100) / 100;
export const sumOf = (cards: readonly Card[]): number =>
  round(cards.reduce((total, card) => total + (card.days ?? 0), 0));

/** The same number gives the same sprint. `title`: titles as hostile or as long as a test wants them. */
export function inventSprint(
  number: number,
  span: { start: number; end: number },
  { cards: count, title }: { cards: number; title?: ((index: number) => string) | undefined },
): InventedSprint {
  const random = randomOf(number * 7919);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const at = (share: number) => iso(span.start + share * (span.end - span.start));
  const moves: Replay["moves"] = [];
  const cards = Array.from({ length: count }, (_, index): Card => {
    const [size, days] = pick(sizes);
    const issue = number * 1000 + index;
    const steps = inventSteps(index, random);
    for (const [share, lane, what] of steps)
      moves.push({
        at: at(share),
        number: issue,
        lane,
        days,
        size,
        what,
        actor: pick(people),
        eventId: moves.length,
      });
    return {
      number: issue,
      title: title?.(index) ?? `${pick(verbs)} ${pick(things)} ${index}`,
      url: `https://github.com/example/fleet/issues/${issue}`,
      size,
      days,
      labels: index % 7 === 3 ? ["technical debt"] : [],
      assignees: [pick(people)],
      actualDays: random() < 0.6 ? round(days * (0.5 + random())) : null,
      enteredAt: at(steps[0][0]),
      provenance: "replayed",
    };
  });
  return { ...span, cards, moves: moves.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)) };
}

/** When of the sprint (0 start, 1 end), to which lane and why; in order. */
type Step = [share: number, lane: string, what: string];

/** A card of five enters late, most are begun, two of three are done. */
function inventSteps(index: number, random: () => number): [Step, ...Step[]] {
  const late = index % 5 === 4;
  const entered = late ? 0.1 + random() * 0.5 : -0.2;
  const steps: Step[] = [];
  if (random() < 0.85)
    steps.push([Math.max(entered, 0) + random() * 0.2 + 0.02, "In progress", "work began"]);
  const fate = random();
  if (fate < 0.65) steps.push([Math.max(entered, 0.55) + random() * 0.35, "Done", "closed as completed"]);
  else if (fate < 0.75)
    steps.push([Math.max(entered, 0.6) + random() * 0.2, "Freezebox", "closed as not planned"]);
  return [[entered, "Sprint", late ? "entered the sprint" : "planned"], ...steps.sort((a, b) => a[0] - b[0])];
}

/** Which lane each issue stood in at an instant. */
export function standingAt(moves: Replay["moves"], at: number): Map<number, string | null> {
  const standing = new Map<number, string | null>();
  for (const move of moves) if (Date.parse(move.at) <= at) standing.set(move.number, move.lane);
  return standing;
}

export function boardAt({ cards, moves }: InventedSprint, at: number): Board {
  const standing = standingAt(moves, at);
  return {
    at: iso(at),
    lanes: inventedLanes.map((name) => {
      const inside = cards.filter((card) => standing.get(card.number) === name);
      const role = name === "In progress" ? "progress" : name.toLowerCase();
      return {
        name,
        role: role as Board["lanes"][number]["role"],
        days: sumOf(inside),
        cards: inside,
        hidden: 0,
      };
    }),
  };
}

/** What changed within the sprint, as a report lists it. */
export function changesOf({ moves, cards, start, end }: InventedSprint): Change[] {
  const titles = new Map(cards.map((card) => [card.number, card.title]));
  const standing = new Map<number, string | null>();
  const changes: Change[] = [];
  for (const move of moves) {
    const from = standing.get(move.number) ?? null;
    standing.set(move.number, move.lane);
    const at = Date.parse(move.at);
    if (at <= start || at >= end) continue;
    changes.push({
      number: move.number,
      title: titles.get(move.number) ?? "",
      what: move.what,
      kind: from === null ? "entered" : move.lane === "Freezebox" ? "frozen" : "lane",
      at: move.at,
      actor: move.actor,
      eventId: move.eventId,
      from,
      to: move.lane,
    });
  }
  return changes;
}

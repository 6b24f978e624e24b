import { Temporal } from "temporal-polyfill";
import type { Kalm } from "../core/model/kalm.ts";
import type { Card, CarriedCard, Effort, ExplanationRow, Report } from "../core/model/report.ts";
import {
  boardAt,
  changesOf,
  type InventedSprint,
  inventedLanes,
  inventSprint,
  iso,
  round,
  standingAt,
  sumOf,
} from "./invent-sprint.ts";

/**
 * A report invented from a seed, for tests and benchmarks only: it is consistent in itself (the boards, figures,
 * burndown and explanations are all read off one made-up list of moves), but nobody ever worked that sprint.
 */
export interface Recipe {
  number: number;
  cards: number;
  /** Titles as hostile or as long as a test wants them. */
  title?: (index: number) => string;
  /** How many days it lasts. Default 12. */
  days?: number;
}

const day = 86_400_000;
const timeZone = "Europe/Vienna";

export function makeReport({ number, cards, title, days = 12 }: Recipe): Report {
  const first = Temporal.PlainDate.from("2026-01-05").add({ days: (number - 1) * 14 });
  const instant = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  const span = { start: instant(first), end: instant(first.add({ days })) };
  const sprint = inventSprint(number, span, { cards, title });
  const lists = listsOf(sprint);
  const { planned, unexpected, done, freezebox, carriedOver } = lists;
  const committed = sumOf(planned);
  return {
    schema: "sprintcast/report@1",
    repository: "example/fleet",
    asOf: iso(sprint.end + day),
    sprint: {
      number,
      title: `Sprint ${number}`,
      goal: `Readings of floor ${number} arrive within a second`,
      start: iso(sprint.start),
      end: iso(sprint.end),
      capacityDays: round(committed * 1.1),
      timeZone,
      firstDay: first.toString(),
      lastDay: first.add({ days: days - 1 }).toString(),
      committedAt: iso(sprint.start),
    },
    effort: effortOf(sprint.cards, lists),
    unexpected,
    carriedOver,
    movedOn: [],
    freezebox,
    cameAndWent: [],
    done,
    removed: [],
    reestimated: [],
    debt: debtOf(sprint),
    kalm: kalmOf(number),
    goalMet: number % 3 !== 0,
    boards: { start: boardAt(sprint, sprint.start), end: boardAt(sprint, sprint.end) },
    changes: changesOf(sprint),
    burndown: burndownOf(sprint, lists),
    replay: {
      lanes: [...inventedLanes],
      cards: sprint.cards.map(({ number: n, title: t, url }) => ({ number: n, title: t, url })),
      moves: sprint.moves,
    },
    explanations: {
      committed: rowsOf(planned, "in the sprint at its start"),
      added: rowsOf(unexpected, "entered after the start"),
      completed: rowsOf(done, "done at the end"),
    },
    provenance: { committed: "replayed", completed: "replayed", actual: "observed", boards: "replayed" },
    frozen: null,
    restatements: [],
  };
}

type Lists = Pick<Report, "unexpected" | "carriedOver" | "freezebox" | "done"> & { planned: Card[] };

function listsOf(sprint: InventedSprint): Lists {
  const { cards, start, end } = sprint;
  const standing = standingAt(sprint.moves, end);
  const lane = (...names: string[]) =>
    names.flatMap((name) => cards.filter((card) => standing.get(card.number) === name));
  const isLate = (card: Card) => Date.parse(card.enteredAt ?? "") > start;
  return {
    unexpected: cards.filter(isLate),
    planned: cards.filter((card) => !isLate(card)),
    done: lane("Done"),
    freezebox: lane("Freezebox").map((card) => ({ ...card, reason: "not planned", at: iso(end - day) })),
    carriedOver: lane("Sprint", "In progress").map(
      (card, index): CarriedCard => ({ ...card, depth: index % 3 }),
    ),
  };
}

function effortOf(cards: Card[], { unexpected, planned, done, freezebox, carriedOver }: Lists): Effort {
  const actuals = cards.filter((card) => typeof card.actualDays === "number");
  const committed = sumOf(planned);
  const completed = sumOf(done);
  const completedInitial = sumOf(done.filter((card) => planned.includes(card)));
  return {
    committed,
    added: sumOf(unexpected),
    removed: 0,
    reestimated: 0,
    final: sumOf(cards),
    completed,
    completedInitial,
    notCompleted: sumOf(carriedOver),
    frozen: sumOf(freezebox),
    actual: round(actuals.reduce((total, card) => total + (card.actualDays ?? 0), 0)),
    actualShare: cards.length === 0 ? null : round(actuals.length / cards.length),
    estimationError: round(
      actuals.reduce((total, card) => total + (card.actualDays ?? 0) - (card.days ?? 0), 0),
    ),
    unexpectedActual: null,
    sayDo: committed ? round(completed / committed) : null,
    sayDoInitial: committed ? round(completedInitial / committed) : null,
    unestimated: { committed: 0, final: 0 },
    counts: {
      committed: planned.length,
      added: unexpected.length,
      removed: 0,
      final: cards.length,
      completed: done.length,
      frozen: freezebox.length,
    },
  };
}

function debtOf({ cards, start }: InventedSprint): Report["debt"] {
  const debts = cards
    .filter((card) => card.labels.length > 0)
    .map((card) => ({ ...card, openedAt: iso(start), paidAt: null }));
  return {
    opened: debts,
    paid: [],
    openCards: debts,
    open: debts.length,
    net: debts.length,
    daysOwed: sumOf(debts),
    unestimated: 0,
    ages: { p50: 12, p85: 20, p95: 31 },
  };
}

/** From the second sprint on, one promise of the sprint before is answered; every other one is kept. */
function kalmOf(number: number): Kalm {
  const entry = (text: string) => [{ text, from: number, issue: null }];
  const text = "Small pull requests";
  const kept = number % 2 === 0;
  return {
    keep: entry("Pairing on the feeder"),
    add: entry("A daily look at the dead letters"),
    less: entry("Meetings after lunch"),
    more: entry(text),
    followUp: number > 1 ? [{ text, from: number - 1, issue: null, kind: "more", kept, age: 1 }] : [],
    keepRate: number > 1 ? Number(kept) : null,
  };
}

function burndownOf(
  { cards, moves, start, end }: InventedSprint,
  { planned, unexpected }: Lists,
): Report["burndown"] {
  return {
    points: Array.from({ length: Math.round((end - start) / day) + 1 }, (_, index) => {
      const at = Math.min(end, start + index * day);
      const standing = standingAt(moves, at);
      const scope = sumOf(cards.filter((card) => standing.has(card.number)));
      const done = sumOf(cards.filter((card) => standing.get(card.number) === "Done"));
      return { at: iso(at), scope, done, remaining: round(scope - done) };
    }),
    ideal: [
      { at: iso(start), remaining: sumOf(planned) },
      { at: iso(end), remaining: 0 },
    ],
    scopeEvents: unexpected.map((card) => ({
      at: card.enteredAt ?? iso(start),
      number: card.number,
      title: card.title,
      delta: card.days ?? 0,
      eventId: null,
    })),
  };
}

function rowsOf(cards: Card[], why: string): ExplanationRow[] {
  return cards.map((card) => ({
    number: card.number,
    title: card.title,
    days: card.days,
    why,
    at: card.enteredAt ?? null,
    eventId: null,
    provenance: "replayed",
  }));
}

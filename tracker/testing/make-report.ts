import { Temporal } from "temporal-polyfill";
import type {
  Board,
  Card,
  CarriedCard,
  Change,
  ExplanationRow,
  Replay,
  Report,
} from "../core/model/report.ts";

/**
 * A report invented from a seed, for tests and benchmarks only: it is consistent in itself (the boards, figures,
 * burndown and explanations are all read off one made-up list of moves), but nobody ever worked that sprint.
 */
export interface Recipe {
  number: number;
  cards: number;
  /** Titles as hostile or as long as a test wants them. */
  title?: (index: number) => string;
}

const lanes = ["Backlog", "Sprint", "In progress", "Done", "Freezebox"] as const;
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
const day = 86_400_000;

/** Mulberry32: small, seeded, good enough to shuffle cards. */
function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function makeReport({ number, cards: count, title }: Recipe): Report {
  const next = random(number * 7919);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const timeZone = "Europe/Vienna";
  const first = Temporal.PlainDate.from("2026-01-05").add({ days: (number - 1) * 14 });
  const instant = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  const [t0, t1] = [instant(first), instant(first.add({ days: 12 }))];
  const iso = (ms: number) => new Date(ms).toISOString();
  const round = (days: number) => Math.round(days * 100) / 100;

  const moves: Replay["moves"] = [];
  const cards: Card[] = Array.from({ length: count }, (_, index) => {
    const [size, days] = pick(sizes);
    const issue = number * 1000 + index;
    const at = (share: number) => iso(t0 + share * (t1 - t0));
    const late = index % 5 === 4;
    const entered = late ? 0.1 + next() * 0.5 : -0.2;
    const steps: [number, string, string][] = [[entered, "Sprint", late ? "entered the sprint" : "planned"]];
    if (next() < 0.85) steps.push([Math.max(entered, 0) + next() * 0.2 + 0.02, "In progress", "work began"]);
    const fate = next();
    if (fate < 0.65) steps.push([0.55 + next() * 0.4, "Done", "closed as completed"]);
    else if (fate < 0.75) steps.push([0.6 + next() * 0.2, "Freezebox", "closed as not planned"]);
    for (const [share, lane, what] of steps.sort((a, b) => a[0] - b[0])) {
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
    }
    return {
      number: issue,
      title: title?.(index) ?? `${pick(verbs)} ${pick(things)} ${index}`,
      url: `https://github.com/example/fleet/issues/${issue}`,
      size,
      days,
      labels: index % 7 === 3 ? ["technical debt"] : [],
      assignees: [pick(people)],
      actualDays: next() < 0.6 ? round(days * (0.5 + next())) : null,
      enteredAt: at(entered),
      provenance: "replayed",
    };
  });
  moves.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

  const laneAt = (ms: number) => {
    const standing = new Map<number, string | null>();
    for (const move of moves) if (Date.parse(move.at) <= ms) standing.set(move.number, move.lane);
    return standing;
  };
  const sum = (list: Card[]) => round(list.reduce((total, card) => total + (card.days ?? 0), 0));
  const board = (ms: number): Board => {
    const standing = laneAt(ms);
    return {
      at: iso(ms),
      lanes: lanes.map((name) => {
        const inside = cards.filter((card) => standing.get(card.number) === name);
        const role = ({ "In progress": "progress" } as const)[name as "In progress"] ?? name.toLowerCase();
        return {
          name,
          role: role as Board["lanes"][number]["role"],
          days: sum(inside),
          cards: inside,
          hidden: 0,
        };
      }),
    };
  };
  const boards = { start: board(t0), end: board(t1) };
  const lane = (name: string) => boards.end.lanes.find((one) => one.name === name)?.cards ?? [];
  const unexpected = cards.filter((card) => Date.parse(card.enteredAt ?? "") > t0);
  const planned = cards.filter((card) => !unexpected.includes(card));
  const done = lane("Done");
  const freezebox = lane("Freezebox").map((card) => ({ ...card, reason: "not planned", at: iso(t1 - day) }));
  const carriedOver: CarriedCard[] = [...lane("Sprint"), ...lane("In progress")].map((card, index) => ({
    ...card,
    depth: index % 3,
  }));
  const debts = cards
    .filter((card) => card.labels.length > 0)
    .map((card) => ({ ...card, openedAt: iso(t0), paidAt: null }));
  const actuals = cards.filter((card) => typeof card.actualDays === "number");
  const committed = sum(planned);
  const completed = sum(done);
  const completedInitial = sum(done.filter((card) => planned.includes(card)));
  const rows = (list: Card[], why: string): ExplanationRow[] =>
    list.map((card) => ({
      number: card.number,
      title: card.title,
      days: card.days,
      why,
      at: card.enteredAt ?? null,
      eventId: null,
      provenance: "replayed",
    }));
  const points = Array.from({ length: 13 }, (_, index) => {
    const ms = t0 + index * day;
    const standing = laneAt(ms);
    const scope = sum(cards.filter((card) => standing.has(card.number)));
    const finished = sum(cards.filter((card) => standing.get(card.number) === "Done"));
    return { at: iso(ms), scope, done: finished, remaining: round(scope - finished) };
  });
  const kalm = (text: string) => [{ text, from: number, issue: null }];

  return {
    schema: "sprintcast/report@1",
    repository: "example/fleet",
    asOf: iso(t1 + day),
    sprint: {
      number,
      title: `Sprint ${number}`,
      goal: `Readings of floor ${number} arrive within a second`,
      start: iso(t0),
      end: iso(t1),
      capacityDays: round(committed * 1.1),
      timeZone,
      firstDay: first.toString(),
      lastDay: first.add({ days: 11 }).toString(),
      committedAt: iso(t0),
    },
    effort: {
      committed,
      added: sum(unexpected),
      removed: 0,
      reestimated: 0,
      final: sum(cards),
      completed,
      completedInitial,
      notCompleted: sum(carriedOver),
      frozen: sum(freezebox),
      actual: round(actuals.reduce((total, card) => total + (card.actualDays ?? 0), 0)),
      actualShare: count === 0 ? null : round(actuals.length / count),
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
        final: count,
        completed: done.length,
        frozen: freezebox.length,
      },
    },
    unexpected,
    carriedOver,
    movedOn: [],
    freezebox,
    cameAndWent: [],
    done,
    removed: [],
    reestimated: [],
    debt: {
      opened: debts,
      paid: [],
      openCards: debts,
      open: debts.length,
      net: debts.length,
      daysOwed: sum(debts),
      unestimated: 0,
      ages: { p50: 12, p85: 20, p95: 31 },
    },
    kalm: {
      keep: kalm("Pairing on the feeder"),
      add: kalm("A daily look at the dead letters"),
      less: kalm("Meetings after lunch"),
      more: kalm("Small pull requests"),
      followUp:
        number > 1
          ? [
              {
                text: "Small pull requests",
                from: number - 1,
                issue: null,
                kind: "more",
                kept: number % 2 === 0,
                age: 1,
              },
            ]
          : [],
      keepRate: number > 1 ? (number % 2 === 0 ? 1 : 0) : null,
    },
    goalMet: number % 3 !== 0,
    boards,
    changes: changesOf(moves, cards, t0, t1),
    burndown: {
      points,
      ideal: [
        { at: iso(t0), remaining: committed },
        { at: iso(t1), remaining: 0 },
      ],
      scopeEvents: unexpected.map((card) => ({
        at: card.enteredAt ?? iso(t0),
        number: card.number,
        title: card.title,
        delta: card.days ?? 0,
        eventId: null,
      })),
    },
    replay: {
      lanes: [...lanes],
      cards: cards.map(({ number: n, title: t, url }) => ({ number: n, title: t, url })),
      moves,
    },
    explanations: {
      committed: rows(planned, "in the sprint at its start"),
      added: rows(unexpected, "entered after the start"),
      completed: rows(done, "done at the end"),
    },
    provenance: { committed: "replayed", completed: "replayed", actual: "observed", boards: "replayed" },
    frozen: null,
    restatements: [],
  };
}

function changesOf(moves: Replay["moves"], cards: Card[], t0: number, t1: number): Change[] {
  const titles = new Map(cards.map((card) => [card.number, card.title]));
  const standing = new Map<number, string | null>();
  const changes: Change[] = [];
  for (const move of moves) {
    const from = standing.get(move.number) ?? null;
    standing.set(move.number, move.lane);
    const at = Date.parse(move.at);
    if (at <= t0 || at >= t1) continue;
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

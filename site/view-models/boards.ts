import { briefAmount, figuresIn, isSized, referencesText } from "sprintcast/render";
import type { Board, Card, Change, Lane, Report, SizeUnit } from "sprintcast/report";
import { isOver, issueNameOf, sizeUnitOf, unitOf } from "sprintcast/report";
import type { Words } from "sprintcast/words";

export type Role = Lane["role"];

/** A badge on a card. Its kind picks the colour; its text says the same without colour. */
export interface Mark {
  kind: "blocked" | "unexpected" | "carried" | "dropped" | "debt" | "done" | "gone" | "changed";
  text: string;
}

export interface CardView {
  card: Card;
  /** Its size as text; empty where no task of the sprint has an estimate. */
  size: string;
  marks: Mark[];
  /** What happened to it during the sprint, oldest first. */
  changes: Change[];
}

export interface LaneView {
  name: string;
  role: Role;
  days: number;
  /** Whether the days say anything: some card has an estimate. */
  sized: boolean;
  hidden: number;
  cards: CardView[];
  /** The cards shown at once, and those folded under a line that describes them. */
  shown: CardView[];
  folded: { words: string; cards: CardView[]; past: boolean }[];
}

export interface BoardView {
  at: string;
  /** What sizes count. */
  unit: SizeUnit;
  lanes: LaneView[];
}

/** What the report says about each card, looked up by its name. */
interface Notes {
  unexpected: Set<string>;
  depth: Map<string, number>;
  dropped: Map<string, string>;
  debt: Set<string>;
  gone: Set<string>;
  changes: Map<string, Change[]>;
  report: Report;
}

function notesOf(report: Report): Notes {
  const changes = new Map<string, Change[]>();
  for (const change of report.changes) {
    const list = changes.get(issueNameOf(change));
    if (list) list.push(change);
    else changes.set(issueNameOf(change), [change]);
  }
  const { opened, paid, openCards } = report.debt;
  return {
    unexpected: new Set(report.unexpected.map(issueNameOf)),
    depth: new Map([...report.carriedOver, ...report.movedOn].map((card) => [issueNameOf(card), card.depth])),
    dropped: new Map(report.freezebox.map((card) => [issueNameOf(card), card.reason])),
    debt: new Set([...opened, ...paid, ...openCards].map(issueNameOf)),
    gone: new Set(report.removed.map(issueNameOf)),
    changes,
    report,
  };
}

function marksOf(card: Card, when: "start" | "end", notes: Notes, words: Words): Mark[] {
  const { board: texts } = words.texts.sprint;
  const name = issueNameOf(card);
  const marks: Mark[] = [];
  if (card.blockedBy)
    marks.push({
      kind: "blocked",
      text: words.say(texts.blockedBy, { issues: referencesText(card.blockedBy) }),
    });
  if (when === "end") {
    if (notes.unexpected.has(name))
      marks.push({ kind: "unexpected", text: figuresIn(words).unexpected.label });
    const reason = notes.dropped.get(name);
    if (reason !== undefined) marks.push({ kind: "dropped", text: words.phrase(reason) });
    const depth = notes.depth.get(name);
    if (depth !== undefined) marks.push({ kind: "carried", text: carriedWords(depth, notes.report, words) });
  } else if (notes.gone.has(name)) {
    marks.push({ kind: "gone", text: texts.left });
  }
  if (notes.debt.has(name)) marks.push({ kind: "debt", text: texts.debt });
  return marks;
}

/** @param depth how many earlier sprints the card was already in. */
export function carriedWords(depth: number, report: Report, words: Words): string {
  const { board: texts } = words.texts.sprint;
  const [first, second, nth] = isOver(report)
    ? ([texts.carried, texts.carriedSecond, texts.carriedNth] as const)
    : ([texts.stillOpen, texts.stillOpenSecond, texts.stillOpenNth] as const);
  if (depth === 0) return first;
  return depth === 1 ? second : words.say(nth, { count: depth + 1 });
}

/** A board of the report with what became of each card; the lanes keep the report's order. */
export function boardView(report: Report, when: "start" | "end", words: Words): BoardView {
  const notes = notesOf(report);
  const board: Board = report.boards[when];
  const past = new Set(
    report.boards.start.lanes
      .filter((lane) => lane.role === "done")
      .flatMap((lane) => lane.cards.map(issueNameOf)),
  );
  const isCounting = unitOf(report) === "tasks";
  const unit = sizeUnitOf(report);
  return {
    // A board ends just before its instant, which reads as the last minute of a day, but as a wrong one of a sync.
    at: when === "end" && !isOver(report) ? report.asOf : board.at,
    unit,
    lanes: board.lanes.map((lane) => {
      const cards = lane.cards.map((card) => ({
        card,
        size: isCounting && card.days === null ? "" : sizeWords(card, unit, words),
        marks: marksOf(card, when, notes, words),
        changes: when === "end" ? (notes.changes.get(issueNameOf(card)) ?? []) : [],
      }));
      return {
        name: lane.name,
        role: lane.role,
        days: lane.days,
        sized: isSized(lane),
        hidden: lane.hidden,
        cards,
        ...fold(cards, lane.role === "done" ? past : new Set(), words),
      };
    }),
  };
}

/** Columns of cards that fit beside each other on a wide screen. */
const columns = 5;
/** A lane of no more cards than this is short enough as one column. */
const short = 5;

/**
 * Which of the lanes that stand side by side are as wide as two or three: a long one where others leave room. By the
 * class that makes it so.
 */
export function widthsOf(lanes: readonly LaneView[]): Map<LaneView, "of-2" | "of-3"> {
  const width = new Map(lanes.map((lane) => [lane, 1]));
  const height = (lane: LaneView) => lane.shown.length / (width.get(lane) ?? 1);
  for (let room = columns - 1 - lanes.length; room > 0; room -= 1) {
    const [longest] = lanes
      .filter((lane) => height(lane) > short && (width.get(lane) ?? 1) < 3)
      .sort((a, b) => height(b) - height(a));
    if (longest) width.set(longest, (width.get(longest) ?? 1) + 1);
  }
  return new Map(
    [...width].flatMap(([lane, of]) => (of === 1 ? [] : [[lane, of === 2 ? "of-2" : "of-3"] as const])),
  );
}

const few = 12; // cards that a reader takes in at a glance
const many = 30;

/**
 * Folds what would hide the news: work done before the sprint, since a label stays on it for good, and in a long lane
 * the cards that did not change. The rest keeps the lane's order.
 */
function fold(all: CardView[], past: ReadonlySet<string>, words: Words): Pick<LaneView, "shown" | "folded"> {
  const { board: texts } = words.texts.sprint;
  const isPast = ({ card, changes }: CardView) => past.has(issueNameOf(card)) && changes.length === 0;
  const before = all.filter(isPast);
  const own = all.filter((view) => !isPast(view));
  const room = own.length <= few + 3 ? own.length : few;
  const moved = own.filter((view) => view.changes.length > 0).slice(0, many);
  const still = own.filter((view) => !moved.includes(view)).slice(0, Math.max(0, room - moved.length));
  const shown = own.filter((view) => moved.includes(view) || still.includes(view));
  const rest = own.filter((view) => !shown.includes(view));
  const isSame = moved.length > 0 && rest.every((view) => view.changes.length === 0);
  return {
    shown,
    folded: [
      {
        words: words.say(isSame ? texts.foldedUnchanged : texts.folded, { count: rest.length }),
        cards: rest,
        past: false,
      },
      { words: words.say(texts.foldedDone, { count: before.length }), cards: before, past: true },
    ].filter(({ cards }) => cards.length > 0),
  };
}

/** "M · 0.5 d", "0.25 d", "L · 5 points", "no estimate". */
export function sizeWords(card: Pick<Card, "size" | "days">, unit: SizeUnit, words: Words): string {
  if (card.days === null) return words.texts.amounts.noEstimate;
  const days = briefAmount(card.days, unit, words);
  return card.size && Number.isNaN(Number(card.size))
    ? words.say(words.texts.sprint.board.sized, { size: card.size, days })
    : days;
}

/** A change in words: "entered the sprint", "Sprint → Done". Apart from lanes, the report has the words. */
export function changeWords(change: Pick<Change, "what" | "from" | "to" | "kind">, words: Words): string {
  if (change.kind === "lane" && change.from && change.to) return `${change.from} → ${change.to}`;
  return words.phrase(change.what);
}

import type { SizeUnit } from "sprintcast/report";
import { fill, formOf, type Numbers, type Text, type Words } from "sprintcast/words";
import { isolated } from "./direction.ts";

/** What the player says by itself, in the words of the page; `mark`: behind a sum of sizes. */
export type ReplayTexts = Pick<
  Words["texts"]["sprint"]["replay"],
  | "play"
  | "pause"
  | "start"
  | "unchanged"
  | "resting"
  | "unknownSize"
  | "tally"
  | "fromSprint"
  | "noneFromSprint"
  | "moment"
  | "event"
  | "eventBy"
> & { mark: Text };

/**
 * The board player's data as it stands beside the page: rows instead of objects, times as whole seconds since
 * `t0`, lanes and actors by index. A card is where its newest move at or before the instant put it.
 */
export interface CompactReplay {
  /** Start and end of the sprint, epoch milliseconds UTC. */
  t0: number;
  t1: number;
  zone: string;
  locale: string;
  /** Of the texts. */
  language: string;
  texts: ReplayTexts;
  /** What sizes count. */
  unit: SizeUnit;
  lanes: string[];
  actors: string[];
  /** What happened, each wording once. */
  whats: string[];
  /** [number, or what it is called among several repositories; title] */
  cards: [number | string, string][];
  /**
   * [seconds since t0, card index, lane index or −1, size or null, index of what, actor index or −1], in time order; then the
   * card's title from that move on, where it is not the one in `cards`.
   */
  moves: [number, number, number, number | null, number, number, string?][];
}

/** What the clock shows: of the end, which is the midnight after the last day, the minute before, as boards do. */
export const clockAt = (instant: number, end: number): string =>
  new Date(Math.min(instant, end - 1)).toISOString();

/** What a card of the page's data is called. */
export const cardName = ([name]: CompactReplay["cards"][number]): string =>
  typeof name === "string" ? name : `#${name}`;

/** Where every card stands: lane index, days and title per card index; lane −1 means not on the board. */
export interface Standing {
  lane: number[];
  days: (number | null)[];
  title: string[];
  /** Index of the newest move applied; −1 before the first. */
  move: number;
}

/** @param seconds since t0. One pass over the moves: thousands take well under a frame. */
export function standingAt(replay: CompactReplay, seconds: number): Standing {
  const lane = replay.cards.map(() => -1);
  const days: (number | null)[] = replay.cards.map(() => null);
  const title = replay.cards.map(([, one]) => one);
  let move = -1;
  for (const [index, [at, card, to, size, , , named]] of replay.moves.entries()) {
    if (at > seconds) break;
    lane[card] = to;
    days[card] = size;
    title[card] = named ?? replay.cards[card]?.[1] ?? "";
    move = index;
  }
  return { lane, days, title, move };
}

/** The indexes of lanes that ever hold a card; others take no room. */
export function usedLanes(replay: CompactReplay): Set<number> {
  return new Set(replay.moves.map(([, , lane]) => lane).filter((lane) => lane >= 0));
}

/**
 * Indexes of the cards that stood in one of these lanes when the sprint began and never moved again, such as work
 * that was done long before.
 */
export function restingIn(replay: CompactReplay, lanes: ReadonlySet<number>): Set<number> {
  const { lane } = standingAt(replay, 0);
  const moved = new Set(replay.moves.filter(([at]) => at > 0).map(([, card]) => card));
  return new Set([...replay.cards.keys()].filter((card) => lanes.has(lane[card] ?? -1) && !moved.has(card)));
}

/** The instants at which something moved inside the span, ascending, without repeats; seconds since t0. */
export function stops(replay: CompactReplay): number[] {
  const length = (replay.t1 - replay.t0) / 1000;
  const inside = replay.moves.map(([at]) => at).filter((at) => at > 0 && at < length);
  return [...new Set(inside)];
}

/** The next stop after `from` in a direction, or the end of the span. */
export function nextStop(all: number[], from: number, direction: 1 | -1, length: number): number {
  if (direction === 1) return all.find((at) => at > from) ?? length;
  return all.findLast((at) => at < from) ?? 0;
}

/**
 * An instant from a link (`#at=2026-11-03T09:00:00Z`): seconds since t0, held inside the span; null when the
 * link names none or nonsense.
 */
export function instantFromHash(hash: string, replay: Pick<CompactReplay, "t0" | "t1">): number | null {
  const text = new URLSearchParams(hash.replace(/^#/, "")).get("at");
  const at = text ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return null;
  return Math.round((Math.min(Math.max(at, replay.t0), replay.t1) - replay.t0) / 1000);
}

export function hashOfInstant(seconds: number, replay: Pick<CompactReplay, "t0">): string {
  return `#at=${new Date(replay.t0 + seconds * 1000).toISOString().replace(".000Z", "Z")}`;
}

const day = 86_400;

/**
 * Where a key leads on the slider from `now`, seconds since t0, which may be outside the span; null: the key is none of
 * its own. `all`: where something moved.
 */
export function instantOfKey(key: string, now: number, all: number[], length: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return nextStop(all, now, 1, length);
    case "ArrowLeft":
    case "ArrowDown":
      return nextStop(all, now, -1, length);
    case "PageUp":
      return now + day;
    case "PageDown":
      return now - day;
    case "Home":
      return 0;
    case "End":
      return length;
    default:
      return null;
  }
}

/** What last happened in the sprint before an instant, in words, and the card that it happened to; −1: none. */
export function eventAt(
  replay: Pick<CompactReplay, "cards" | "moves" | "whats" | "actors" | "texts">,
  seconds: number,
  standing: Pick<Standing, "move" | "title">,
): { card: number; text: string } {
  const { texts } = replay;
  const move = replay.moves[standing.move];
  // What came before the sprint is where it began, and no event of it.
  if (move === undefined || move[0] <= 0)
    return { card: -1, text: seconds > 0 ? texts.unchanged : texts.start };
  const [, card, , , what, actor] = move;
  const told: Record<string, string | undefined> = {
    issue: cardName(replay.cards[card] ?? [0, ""]),
    title: isolated(standing.title[card] ?? ""),
    what: replay.whats[what],
    actor: replay.actors[actor],
  };
  return { card, text: fill(actor < 0 ? texts.event : texts.eventBy, (slot) => told[slot]) };
}

/**
 * What stands beside a lane's name: how many cards, and the sum of those with a size. `isShared`: the lane holds more than
 * the sprint's cards, which are all that is counted here.
 */
export function tallyText(
  sizes: readonly (number | null)[],
  isShared: boolean,
  texts: Pick<ReplayTexts, "tally" | "fromSprint" | "noneFromSprint" | "mark">,
  numbers: Pick<Numbers, "numeral" | "category">,
): string {
  const count = numbers.numeral(sizes.length);
  if (isShared) return sizes.length === 0 ? texts.noneFromSprint : fill(texts.fromSprint, () => count);
  const sized = sizes.filter((size) => size !== null);
  if (sized.length === 0) return count;
  const sum = sized.reduce((all, size) => all + size, 0);
  const amount = `${numbers.numeral(sum)} ${formOf(texts.mark, numbers.category(sum))}`;
  return fill(texts.tally, (slot) => ({ count, amount })[slot]);
}

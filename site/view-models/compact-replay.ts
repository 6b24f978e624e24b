import { issueNameOf, type Replay, type Report, type SizeUnit } from "sprintcast/report";
import type { Words } from "sprintcast/words";
import type { CompactReplay, ReplayTexts } from "./replay.ts";

/** A report's replay as the board player reads it. */
export function compactReplay(
  replay: Replay,
  span: { start: string; end: string; timeZone: string; unit?: SizeUnit },
  words: Words,
): CompactReplay {
  const t0 = Date.parse(span.start);
  const { unit = "days" } = span;
  const [actors, whats] = [new Map<string, number>(), new Map<string, number>()];
  const cards = new Map(replay.cards.map((card, index) => [issueNameOf(card), index]));
  const known = replay.moves.filter((move) => cards.has(issueNameOf(move)));
  return {
    t0,
    t1: Date.parse(span.end),
    zone: span.timeZone,
    locale: words.locale,
    language: words.language,
    unit,
    texts: textsOf(unit, words),
    lanes: replay.lanes,
    cards: replay.cards.map((card) => [card.ref ?? card.number, card.title]),
    moves: known
      .map((move) => {
        const row: CompactReplay["moves"][number] = [
          Math.round((Date.parse(move.at) - t0) / 1000),
          cards.get(issueNameOf(move)) ?? 0,
          move.lane === null ? -1 : replay.lanes.indexOf(move.lane),
          move.days,
          indexIn(whats, move.what),
          move.actor === null ? -1 : indexIn(actors, move.actor),
        ];
        if (move.title !== undefined) row[6] = move.title;
        return row;
      })
      .sort((a, b) => a[0] - b[0]),
    actors: [...actors.keys()],
    whats: [...whats.keys()].map(words.phrase),
  };
}

function textsOf(unit: SizeUnit, { texts }: Words): ReplayTexts {
  const { play, pause, start, unchanged, resting, unknownSize, moment, event, eventBy } = texts.sprint.replay;
  const { tally, fromSprint, noneFromSprint } = texts.sprint.replay;
  const mark = texts.amounts.marks[unit];
  const tallies = { tally, fromSprint, noneFromSprint, mark };
  return { play, pause, start, unchanged, resting, unknownSize, moment, event, eventBy, ...tallies };
}

/** Where a word stands in a table that grows by each new one. */
function indexIn(table: Map<string, number>, word: string): number {
  const index = table.get(word) ?? table.size;
  table.set(word, index);
  return index;
}

/** Up to where a board can be shown: of a running sprint the last sync, else its end. */
export const knownUntil = ({ asOf, sprint }: Pick<Report, "asOf" | "sprint">): string =>
  Date.parse(asOf) < Date.parse(sprint.end) ? asOf : sprint.end;

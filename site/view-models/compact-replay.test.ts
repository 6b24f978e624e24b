import type { Replay } from "sprintcast/report";
import { english, wordsOf } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { compactReplay } from "./compact-replay.ts";

const span = {
  start: "2026-03-02T23:00:00.000Z",
  end: "2026-03-13T23:00:00.000Z",
  timeZone: "Europe/Vienna",
};

type Move = Replay["moves"][number];

const move = (number: number, at: string, lane: string | null, more: Partial<Move> = {}): Move => ({
  ...{ at, number, lane, days: null, size: null, what: "changed", actor: null, eventId: null },
  ...more,
});

const replayOf = (moves: Move[], numbers = [1, 2]): Replay => ({
  lanes: ["Sprint", "Done"],
  cards: numbers.map((number) => ({ number, title: `Task ${number}`, url: "https://github.com/x" })),
  moves,
});

describe("a replay as the player reads it", () => {
  it("has moves in seconds since the start, in their order, with lanes, cards and people by index", () => {
    const { moves, actors, lanes, cards, t0, t1 } = compactReplay(
      replayOf([
        move(2, "2026-03-03T23:00:00.400Z", "Done", { days: 0.5, actor: "ben" }),
        move(1, "2026-03-02T22:59:00Z", "Sprint", { days: 1 }),
        move(2, "2026-03-02T23:00:00Z", "Sprint", { actor: "ana" }),
        move(1, "2026-03-04T23:00:00.600Z", null, { actor: "ben", title: "Task 1, as it was" }),
      ]),
      span,
      english,
    );
    expect([t0, t1 - t0]).toEqual([Date.parse(span.start), 11 * 86_400_000]);
    expect([lanes, cards]).toEqual([
      ["Sprint", "Done"],
      [
        [1, "Task 1"],
        [2, "Task 2"],
      ],
    ]);
    expect(
      moves.map(([at, card, lane, days, , actor, title]) => [at, card, lane, days, actors[actor], title]),
    ).toEqual([
      [-60, 0, 0, 1, undefined, undefined],
      [0, 1, 0, null, "ana", undefined],
      [86_400, 1, 1, 0.5, "ben", undefined],
      [172_801, 0, -1, null, "ben", "Task 1, as it was"],
    ]);
  });

  it("says each wording and each name once, the wordings in the page's language", () => {
    const entered = { what: "entered the sprint", actor: "ana" };
    const { whats, actors, moves } = compactReplay(
      replayOf([
        move(1, span.start, "Sprint", entered),
        move(2, span.start, "Sprint", entered),
        move(1, span.start, "Done", { what: "Sprint → Done", actor: "ana" }),
      ]),
      span,
      wordsOf("de-DE", {}),
    );
    expect(actors).toEqual(["ana"]);
    expect(whats).toHaveLength(2);
    expect(whats[0]).not.toBe("entered the sprint");
    expect(moves.map(([, , , , what]) => what)).toEqual([0, 0, 1]);
  });

  it("keeps the order of events at one instant", () => {
    const at = "2026-03-05T10:00:00Z";
    const lanes = ["Sprint", "Done", "Sprint", "Done"];
    const { moves } = compactReplay(replayOf(lanes.map((lane) => move(1, at, lane))), span, english);
    expect(moves.map(([, , lane]) => lane)).toEqual([0, 1, 0, 1]);
  });

  it("tells the cards of several repositories apart by what they are called there", () => {
    const { cards, moves } = compactReplay(
      {
        lanes: ["Sprint"],
        cards: [
          { number: 7, title: "a", url: "", ref: "api#7" },
          { number: 7, title: "b", url: "", ref: "web#7" },
        ],
        moves: [
          move(7, span.start, "Sprint", { ref: "web#7" }),
          move(7, span.start, "Sprint", { ref: "api#7" }),
        ],
      },
      span,
      english,
    );
    expect(cards.map(([name]) => name)).toEqual(["api#7", "web#7"]);
    expect(moves.map(([, card]) => card)).toEqual([1, 0]);
  });

  it("leaves out what happened to a card that it does not have", () => {
    const moves = [move(1, span.start, "Sprint"), move(9, span.start, "Done", { actor: "eve" })];
    const compact = compactReplay(replayOf(moves), span, english);
    expect(compact.moves).toHaveLength(1);
    expect(compact.actors).toEqual([]);
  });

  it("has no address of a card, and no more than the player's own words", () => {
    const compact = compactReplay(replayOf([]), span, english);
    expect(JSON.stringify(compact)).not.toContain("github.com");
    expect(Object.keys(compact.texts)).not.toContain("intro");
    for (const text of Object.values(compact.texts)) expect(text).toBeTruthy();
    expect(compact.unit).toBe("days");
  });
});

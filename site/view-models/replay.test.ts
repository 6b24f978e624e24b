import fc from "fast-check";
import { makeReport } from "sprintcast/testing";
import { english, numbersOf } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { compactReplay, knownUntil } from "./compact-replay.ts";
import {
  type CompactReplay,
  cardName,
  clockAt,
  eventAt,
  hashOfInstant,
  instantFromHash,
  instantOfKey,
  nextStop,
  restingIn,
  standingAt,
  stops,
  tallyText,
  usedLanes,
} from "./replay.ts";

const report = makeReport({ number: 3, cards: 40 });
const compact = compactReplay(report.replay, report.sprint, english);
const length = (compact.t1 - compact.t0) / 1000;

describe("up to where a board is known", () => {
  it.each([
    ["2026-03-05T10:00:00.000Z", "2026-03-05T10:00:00.000Z"],
    ["2026-03-13T23:00:00.000Z", "2026-03-13T23:00:00.000Z"],
    ["2026-03-20T00:00:00.000Z", "2026-03-13T23:00:00.000Z"],
  ])("history up to %s shows boards up to %s", (asOf, until) => {
    const sprint = { ...report.sprint, end: "2026-03-13T23:00:00.000Z" };
    expect(knownUntil({ asOf, sprint })).toBe(until);
  });
});

describe("the board at any instant", () => {
  it("shows the report's own boards at start and end", () => {
    for (const [seconds, board] of [
      [0, report.boards.start],
      [length, report.boards.end],
    ] as const) {
      const { lane } = standingAt(compact, seconds);
      for (const [index, name] of compact.lanes.entries()) {
        const shown = compact.cards.flatMap(([number], card) => (lane[card] === index ? [number] : []));
        const expected = board.lanes.find((one) => one.name === name)?.cards.map((card) => card.number) ?? [];
        expect(shown.sort()).toEqual([...expected].sort());
      }
    }
  });

  it("agrees with a plain search for each card's newest move, at any instant", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length }), (seconds) => {
        const { lane } = standingAt(compact, seconds);
        const at = compact.t0 + seconds * 1000;
        for (const [card, [number]] of compact.cards.entries()) {
          const newest = report.replay.moves.filter((move) => {
            return (
              move.number === number &&
              Math.round((Date.parse(move.at) - compact.t0) / 1000) * 1000 <= at - compact.t0
            );
          });
          const expected = newest.at(-1)?.lane ?? null;
          expect(lane[card]).toBe(expected === null ? -1 : compact.lanes.indexOf(expected));
        }
      }),
    );
  });

  it("knows what was done before the start and stayed so", () => {
    const at = (day: number) => `2026-01-0${day}T00:00:00Z`;
    const move = (number: number, day: number, lane: string) => ({
      ...{ at: at(day), number, lane, days: null, size: null, what: "", actor: null, eventId: null },
    });
    const three = compactReplay(
      {
        lanes: ["Sprint", "Done"],
        cards: [1, 2, 3].map((number) => ({ number, title: "", url: "" })),
        moves: [
          move(1, 1, "Done"),
          move(2, 1, "Done"),
          move(3, 1, "Sprint"),
          move(2, 4, "Sprint"),
          move(2, 5, "Done"),
          move(3, 5, "Done"),
        ],
      },
      { start: at(3), end: at(9), timeZone: "UTC" },
      english,
    );
    expect([...restingIn(three, new Set([1]))]).toEqual([0]);
    expect([...restingIn(three, new Set([0]))]).toEqual([]);
  });

  it("takes a card off the board when its lane is null", () => {
    const gone = compactReplay(
      {
        lanes: ["Sprint"],
        cards: [{ number: 1, title: "a", url: "u" }],
        moves: [
          {
            at: "2026-01-01T00:00:00Z",
            number: 1,
            lane: "Sprint",
            days: 1,
            size: "L",
            what: "in",
            actor: null,
            eventId: 1,
          },
          {
            at: "2026-01-02T00:00:00Z",
            number: 1,
            lane: null,
            days: 1,
            size: "L",
            what: "out",
            actor: "ada",
            eventId: 2,
          },
        ],
      },
      { start: "2026-01-01T00:00:00Z", end: "2026-01-08T00:00:00Z", timeZone: "UTC" },
      english,
    );
    expect(standingAt(gone, 86_399).lane).toEqual([0]);
    expect(standingAt(gone, 86_400).lane).toEqual([-1]);
  });
});

describe("stepping", () => {
  it("visits every stop once, forth and back", () => {
    const all = stops(compact);
    const visit = (from: number, direction: 1 | -1, to: number) => {
      const seen: number[] = [];
      for (
        let at = nextStop(all, from, direction, length);
        at !== to;
        at = nextStop(all, at, direction, length)
      )
        seen.push(at);
      return seen;
    };
    expect(visit(0, 1, length)).toEqual(all);
    expect(visit(length, -1, 0)).toEqual([...all].reverse());
  });
});

describe("the instant in the address", () => {
  it("survives the round trip", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length }), (seconds) => {
        expect(instantFromHash(hashOfInstant(seconds, compact), compact)).toBe(seconds);
      }),
    );
  });

  it("holds instants outside the sprint at its edges and ignores nonsense", () => {
    expect(instantFromHash("#at=1999-01-01", compact)).toBe(0);
    expect(instantFromHash("#at=2999-01-01", compact)).toBe(length);
    for (const hash of ["", "#", "#at=", "#at=soon", "#boards", "#at=%00"])
      expect(instantFromHash(hash, compact)).toBeNull();
  });
});

it("shows of the end the minute before, as boards do, and every other instant as it is", () => {
  const end = Date.parse("2026-03-13T23:00:00Z");
  expect(clockAt(end - 60_000, end)).toBe("2026-03-13T22:59:00.000Z");
  expect(clockAt(end, end)).toBe("2026-03-13T22:59:59.999Z");
});

describe("what the player says of an instant", () => {
  const small = (moves: CompactReplay["moves"]): CompactReplay => ({
    ...compact,
    lanes: ["Sprint", "Done"],
    cards: [
      [1, "One"],
      ["web#2", "{what} <b>Two</b>"],
    ],
    whats: ["on the board at the start", "Sprint → Done"],
    actors: ["ada"],
    moves,
  });
  const said = (replay: CompactReplay, seconds: number) =>
    eventAt(replay, seconds, standingAt(replay, seconds));
  const unmoved = { card: -1, text: "Nothing has moved on the board since the start of the sprint." };

  it("is the start at the start alone: a sprint in which nothing moves has more to it", () => {
    const quiet = small([
      [-90, 0, 0, 1, 0, -1],
      [0, 1, 0, null, 0, 0],
    ]);
    expect(said(quiet, 0)).toEqual({ card: -1, text: "Start of the sprint." });
    for (const seconds of [1, 86_400, length]) expect(said(quiet, seconds)).toEqual(unmoved);
    expect(said(small([]), 0).text).toBe("Start of the sprint.");
    expect(said(small([]), length)).toEqual(unmoved);
  });

  it("is the newest event before it, by whom it was where that is known, with the title of then", () => {
    const replay = small([
      [0, 0, 0, 1, 0, -1],
      [60, 0, 1, 1, 1, 0, "One, as it was"],
      [120, 1, 1, null, 1, -1],
    ]);
    expect(said(replay, 59)).toEqual(unmoved);
    expect(said(replay, 60)).toEqual({ card: 0, text: "#1 One, as it was: Sprint → Done, by ada" });
    expect(said(replay, 119).card).toBe(0);
    expect(
      said(
        {
          ...replay,
          cards: [
            [1, "\u202eOne"],
            [2, ""],
          ],
          moves: [[60, 0, 1, 1, 1, 0]],
        },
        60,
      ).text,
    ).toBe("#1 \u2068\u202eOne\u2069: Sprint → Done, by ada");
    // What is told of a card may hold what looks like a place of the text itself.
    expect(said(replay, 120)).toEqual({ card: 1, text: "web#2 {what} <b>Two</b>: Sprint → Done" });
  });
});

describe("a key on the slider", () => {
  const all = [10, 500, 90_000];
  const end = 200_000;
  it.each([
    ["ArrowRight", 10, 500],
    ["ArrowUp", 0, 10],
    ["ArrowRight", 90_000, end],
    ["ArrowLeft", 500, 10],
    ["ArrowDown", 501, 500],
    ["ArrowLeft", 10, 0],
    ["PageUp", 100, 86_500],
    ["PageDown", 90_000, 3_600],
    ["Home", 500, 0],
    ["End", 500, end],
  ])("%s leads from %i to %i", (key, from, to) => {
    expect(instantOfKey(key, from, all, end)).toBe(to);
  });

  it.each(["Tab", "Enter", " ", "a", "Escape", "F5", "constructor", "toString", ""])(
    "%j is left to the browser",
    (key) => {
      expect(instantOfKey(key, 500, all, end)).toBeNull();
    },
  );
});

describe("the tally of a lane", () => {
  const { texts } = compact;
  const tally = (sizes: (number | null)[], isShared = false) =>
    tallyText(sizes, isShared, texts, numbersOf("en-GB", "en"));

  it.each([
    [[], "0"],
    [[null, null], "2"],
    [[0.1, 0.2, null], "3 · 0.3 d"],
    [[0, null], "2 · 0 d"],
    [Array.from({ length: 1200 }, () => 0.1), "1,200 · 120 d"],
  ])("of %j is %s", (sizes, text) => {
    expect(tally(sizes)).toBe(text);
  });

  it("tells of a lane that others share how many of its cards are the sprint's, and no sum", () => {
    expect([tally([], true), tally([1, null], true)]).toEqual([
      "none from this sprint",
      "2 from this sprint",
    ]);
  });

  it("has the unit in the form that its number asks for", () => {
    const points = { ...texts, mark: english.texts.amounts.marks.points };
    const of = (sizes: number[]) => tallyText(sizes, false, points, numbersOf("en-GB", "en"));
    expect([of([1]), of([1, 2])]).toEqual(["1 · 1 point", "2 · 3 points"]);
  });
});

describe("what a card is called", () => {
  it("has a number sign of its own only where one repository is all there is", () => {
    expect([cardName([12, "x"]), cardName(["web#12", "x"])]).toEqual(["#12", "web#12"]);
  });
});

it("has room for the lanes that ever hold a card, and no other", () => {
  const moves: CompactReplay["moves"] = [
    [0, 0, 2, null, 0, -1],
    [9, 0, -1, null, 0, -1],
    [10, 0, 0, null, 0, -1],
  ];
  expect([...usedLanes({ ...compact, moves })].sort()).toEqual([0, 2]);
  expect([...usedLanes({ ...compact, moves: [] })]).toEqual([]);
});

import fc from "fast-check";
import { makeReport } from "sprintcast/testing";
import { english } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { compactReplay, knownUntil } from "./compact-replay.ts";
import { clockAt, hashOfInstant, instantFromHash, nextStop, restingIn, standingAt, stops } from "./replay.ts";

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

import type { Card, Change, Report } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";
import { english } from "sprintcast/words";
import { describe, expect, test } from "vitest";
import { boardView, type LaneView, widthsOf } from "./boards.ts";

const cardsFrom = (first: number, count: number): Card[] =>
  Array.from({ length: count }, (_, index) => ({
    number: first + index,
    title: `Task ${first + index}`,
    url: "",
    size: null,
    days: null,
    labels: [],
    assignees: [],
  }));

const changeOf = (number: number): Change => ({
  number,
  title: "",
  what: "renamed",
  kind: "renamed",
  at: "2026-01-07T09:00:00Z",
  actor: null,
  eventId: null,
});

function reportWith(start: Card[], end: Card[], role: "sprint" | "done", changed: number[]): Report {
  const report = makeReport({ number: 1, cards: 3 });
  const lane = (cards: Card[]) => ({ name: "Lane", role, days: 0, cards, hidden: 0 });
  const { at } = report.boards.end;
  return {
    ...report,
    boards: { start: { at, lanes: [lane(start)] }, end: { at, lanes: [lane(end)] } },
    changes: changed.map(changeOf),
  };
}

function laneOf(report: Report, when: "start" | "end"): LaneView {
  const [lane] = boardView(report, when, english).lanes;
  if (lane === undefined) throw new Error("the board has no lane");
  return lane;
}
const numbers = (views: { card: Card }[]) => views.map(({ card }) => card.number);

describe("long lanes", () => {
  test("keep every card in sight up to fifteen", () => {
    const lane = laneOf(reportWith([], cardsFrom(1, 15), "sprint", []), "end");
    expect(lane.shown).toEqual(lane.cards);
    expect(lane.folded).toEqual([]);
  });

  test("show what changed, fold what did not, and lose no card", () => {
    const changed = [40, 41, 42];
    const lane = laneOf(reportWith([], cardsFrom(1, 200), "sprint", changed), "end");
    expect(numbers(lane.shown)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, ...changed]);
    expect(lane.folded.map((part) => part.words)).toEqual(["188 more, unchanged"]);
    const all = [...lane.shown, ...lane.folded.flatMap((part) => part.cards)];
    expect(numbers(all).sort((a, b) => a - b)).toEqual(numbers(lane.cards));
  });

  test("never claim that nothing changed where more changed than is shown", () => {
    const changed = Array.from({ length: 50 }, (_, index) => index + 1);
    const lane = laneOf(reportWith([], cardsFrom(1, 60), "sprint", changed), "end");
    expect(numbers(lane.shown)).toEqual(changed.slice(0, 30));
    expect(lane.folded.map((part) => part.words)).toEqual(["30 more"]);
  });
});

describe("work done before the sprint", () => {
  const report = reportWith(cardsFrom(1, 4), cardsFrom(1, 6), "done", [2]);

  test("folds at the end, but for what the sprint touched again", () => {
    const lane = laneOf(report, "end");
    expect(numbers(lane.shown)).toEqual([2, 5, 6]);
    expect(lane.folded).toMatchObject([{ words: "3 done before the sprint", past: true }]);
  });

  test("is all that is done at the start", () => {
    const lane = laneOf(report, "start");
    expect(lane.shown).toEqual([]);
    expect(lane.folded).toMatchObject([{ words: "4 done before the sprint" }]);
  });
});

test("a card without a size says so only where others have one", () => {
  const mixed = reportWith([], cardsFrom(1, 1), "sprint", []);
  expect(laneOf(mixed, "end").cards[0]?.size).toBe("no estimate");
  const { effort } = mixed;
  const none = { ...mixed, effort: { ...effort, unestimated: effort.counts } };
  expect(laneOf(none, "end").cards[0]?.size).toBe("");
});

test("a long lane is wider where the others leave room, and lanes never ask for more than there is", () => {
  const lane = (cards: number): LaneView => laneOf(reportWith([], cardsFrom(1, cards), "sprint", []), "end");
  const widths = (...cards: number[]) => {
    const lanes = cards.map(lane);
    const wide = widthsOf(lanes);
    return lanes.map((one) => wide.get(one) ?? "");
  };
  expect(widths(2, 1, 13)).toEqual(["", "", "of-2"]);
  expect(widths(2, 13)).toEqual(["", "of-3"]);
  expect(widths(12, 13)).toEqual(["of-2", "of-2"]);
  expect(widths(2, 1, 4)).toEqual(["", "", ""]);
  expect(widths(2, 1, 13, 13)).toEqual(["", "", "", ""]);
  expect(widths()).toEqual([]);
});

test("a board of a sprint that runs is of the last sync, to the minute, and one that is over of the sprint's last", () => {
  const report = makeReport({ number: 1, cards: 3 });
  const asOf = "2026-01-07T09:30:00.000Z";
  expect(boardView({ ...report, asOf }, "end", english).at).toBe(asOf);
  expect(boardView(report, "end", english).at).toBe(report.boards.end.at);
  expect(boardView({ ...report, asOf }, "start", english).at).toBe(report.boards.start.at);
});

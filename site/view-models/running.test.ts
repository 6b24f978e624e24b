import { makeReport } from "sprintcast/testing";
import { expect, test } from "vitest";
import { runningOf, runningReport, sprintRows } from "./running.ts";

const week = { timeZone: "Europe/Vienna", workdays: [1, 2, 3, 4, 5], daysOff: ["2026-01-08"] };
const base = makeReport({ number: 1, cards: 6 });
/** Monday 5 to Friday 16 January 2026. */
const at = (asOf: string) => ({
  ...base,
  asOf,
  sprint: { ...base.sprint, timeZone: "Europe/Vienna", firstDay: "2026-01-05", lastDay: "2026-01-16" },
});

test.each([
  ["before the sprint", "2026-01-02T10:00:00Z", 9],
  ["on the first morning", "2026-01-05T06:00:00Z", 9],
  ["on a day off", "2026-01-08T10:00:00Z", 6],
  ["late on a Friday, Saturday in the team's zone", "2026-01-09T23:30:00Z", 5],
  ["on the last day", "2026-01-16T10:00:00Z", 1],
])("%s the working days left include today", (_, asOf, days) => {
  expect(runningOf(at(asOf), week).daysLeft).toBe(days);
});

test("what is blocked or in progress comes from the lanes that are not done", () => {
  const { lanes } = base.boards.end;
  const inWork = lanes.filter(({ role }) => role === "progress").flatMap(({ cards }) => cards);
  expect(runningOf(base, week).inProgress).toEqual(inWork);
  const blocked = {
    ...base,
    boards: {
      ...base.boards,
      end: {
        ...base.boards.end,
        lanes: lanes.map((lane) => ({
          ...lane,
          cards: lane.cards.map((card) => ({ ...card, blockedBy: [7] })),
        })),
      },
    },
  };
  const open = lanes
    .filter(({ role }) => role === "sprint" || role === "progress")
    .flatMap(({ cards }) => cards);
  expect(open.length).toBeLessThan(lanes.flatMap(({ cards }) => cards).length);
  expect(runningOf(blocked, week).blocked.map(({ number }) => number)).toEqual(
    open.map(({ number }) => number),
  );
});

test("the running sprint is the newest whose report does not reach its end", () => {
  const over = { ...base, asOf: base.sprint.end };
  const running = { ...base, asOf: base.sprint.start };
  expect(runningReport([over, running])).toBe(running);
  expect(runningReport([over])).toBeNull();
});

test("every sprint is listed, newest first, with a report or without", () => {
  const rows = sprintRows(
    [
      { number: 1, firstDay: "2026-01-05" },
      { number: 3, firstDay: "2026-02-02" },
    ],
    [base, { ...base, sprint: { ...base.sprint, number: 2 } }],
  );
  expect(rows.map(({ report, sprint }) => [report?.sprint.number, sprint?.number])).toEqual([
    [undefined, 3],
    [2, undefined],
    [1, 1],
  ]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbersOf, reportOn, sized } from "../../testing/report-on.ts";
import {
  adopt,
  close,
  enter,
  label,
  leave,
  on,
  orphan,
  rules,
  sprintOf,
  timelineOf,
} from "../../testing/timelines.ts";
import { present } from "../model/present.ts";
import { computeBoard } from "./board.ts";
import { compileRules } from "./issue-view.ts";
import { markTest } from "./membership.ts";

const leaf = (number: number, size: string, ...more: Parameters<typeof timelineOf>[2]) =>
  timelineOf(number, "01", [label("01", `size: ${size}`), enter("02"), ...more]);
const laneDays = (report: ReturnType<typeof reportOn>, at: "start" | "end") =>
  report.boards[at].lanes.map(({ days }) => days).slice(0, 5);

describe("a parent counts by its sized sub-issues in the sprint", () => {
  const family = [
    sized(1, "L", enter("02")),
    leaf(2, "M", adopt("02", 1)),
    leaf(3, "S", adopt("02", 1), close("08")),
  ];

  test("in sums, lanes, replay and burndown alike", () => {
    const report = reportOn(family);
    expect(report.effort).toMatchObject({ committed: 0.6, final: 0.6, completed: 0.1, notCompleted: 0.5 });
    expect(laneDays(report, "start")).toEqual([0, 0.6, 0, 0, 0]);
    expect(laneDays(report, "end")).toEqual([0, 0.5, 0, 0.1, 0]);
    expect(present(report.boards.end.lanes[1]).cards[0]).toMatchObject({
      number: 1,
      size: "L",
      days: 0,
      bySubIssues: true,
    });
    expect(report.replay.moves.filter(({ number }) => number === 1)).toMatchObject([{ days: 0, size: "L" }]);
    expect(report.burndown.points[0]).toMatchObject({ scope: 0.6 });
  });

  test("also where the issue between them is not in the sprint", () => {
    const between = timelineOf(9, "01", [adopt("01", 1)]);
    const report = reportOn([sized(1, "L", enter("02")), leaf(2, "M", adopt("02", 9)), between]);
    expect(report.effort.committed).toBe(0.5);
    expect(laneDays(report, "start")).toEqual([0, 0.5, 0, 0, 0]);
  });

  test("and by its own size where they have none, or are in no sprint", () => {
    const unsized = timelineOf(2, "01", [enter("02"), adopt("02", 1)]);
    const elsewhere = sized(3, "M", adopt("02", 1));
    const report = reportOn([sized(1, "L", enter("02")), unsized, elsewhere], { backlog: [elsewhere] });
    expect(report.effort).toMatchObject({ committed: 1, unestimated: { committed: 1 } });
    expect(laneDays(report, "start")).toEqual([0.5, 1, 0, 0, 0]);
  });
});

describe("a ring of parents", () => {
  const ring = (...numbers: number[]) =>
    numbers.map((number, index) =>
      sized(number, "M", enter("02"), adopt("02", present(numbers.at(index - 1)))),
    );

  test.each([2, 3, 5])("of %i counts each by itself: no effort is lost", (length) => {
    const issues = ring(...Array.from({ length }, (_, index) => index + 1));
    const report = reportOn(issues);
    expect(report.effort).toMatchObject({ committed: length / 2, final: length / 2 });
    expect(laneDays(report, "start")).toEqual([0, length / 2, 0, 0, 0]);
  });

  test("counts by what hangs on it only where that hangs", () => {
    const report = reportOn([...ring(1, 2), leaf(3, "S", adopt("02", 1)), leaf(4, "S", adopt("02", 3))]);
    // #1 counts by #3, and that by #4; #2 by itself.
    expect(report.effort).toMatchObject({ committed: 0.6, final: 0.6 });
    expect(report.boards.start.lanes[1]?.cards.map(({ number, days }) => [number, days])).toEqual([
      [1, 0],
      [2, 0.5],
      [3, 0],
      [4, 0.1],
    ]);
  });

  test("or none: below whatever does not count by itself stands something that does", () => {
    const parentsOfEight = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(parentsOfEight, (parents) => {
        const issues = parents.map((parent, index) =>
          sized(
            index + 1,
            "M",
            enter("02"),
            ...(parent === 0 || parent === index + 1 ? [] : [adopt("02", parent)]),
          ),
        );
        const cards = present(reportOn(issues).boards.start.lanes[1]).cards;
        const counts = new Set(cards.filter(({ days }) => days === 0.5).map(({ number }) => number));
        const hasCounted = (number: number, seen: readonly number[] = []): boolean =>
          counts.has(number) ||
          parents.some(
            (parent, index) =>
              parent === number && !seen.includes(index + 1) && hasCounted(index + 1, [...seen, number]),
          );
        expect(cards.filter(({ number }) => !hasCounted(number))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test("a parent set in the sprint changes nothing at its start; set after it, nothing at all", () => {
  const parent = sized(1, "L", enter("02"));
  const within = reportOn([parent, leaf(2, "M", adopt("08", 1))]);
  expect(within.effort).toMatchObject({ committed: 1.5, reestimated: -1, final: 0.5 });
  expect(within.burndown.scopeEvents).toMatchObject([
    { number: 1, delta: -1, at: "2024-05-08T00:00:00.000Z", eventId: 2002 },
  ]);
  expect(within.replay.moves.filter(({ number }) => number === 1)).toMatchObject([
    { days: 1 },
    { days: 0, what: "counted by its sub-issues", eventId: 2002 },
  ]);
  expect(reportOn([parent, leaf(2, "M", adopt("12", 1))]).effort).toMatchObject({
    committed: 1.5,
    final: 1.5,
  });
});

test("a sub-issue taken away gives the parent its own size back", () => {
  const report = reportOn([sized(1, "L", enter("02")), leaf(2, "M", adopt("02", 1), orphan("08", 1))]);
  expect(report.effort).toMatchObject({ committed: 0.5, reestimated: 1, final: 1.5 });
  expect(report.burndown.points.at(-1)).toMatchObject({ scope: 1.5 });
});

test("a sub-issue that leaves the sprint gives it back, too", () => {
  const report = reportOn([sized(1, "L", enter("02")), leaf(2, "M", adopt("02", 1), leave("08"))]);
  expect(report.effort).toMatchObject({ committed: 0.5, removed: 0.5, reestimated: 1, final: 1 });
  expect(numbersOf(report.removed)).toEqual([2]);
});

test("in the backlog it counts by those on the board, wherever they stand", () => {
  const boardRules = compileRules(rules, markTest(sprintOf(1).mark, []));
  const timelines = [
    sized(1, "L"),
    sized(2, "M", adopt("01", 1)),
    sized(3, "2.5"),
    leaf(4, "S", adopt("02", 3)),
  ];
  const board = computeBoard(timelines, on("07"), boardRules, { links: true, backlogLimit: 20 });
  expect(board.lanes.slice(0, 2).map(({ name, days }) => [name, days])).toEqual([
    ["Backlog", 0.5],
    ["Sprint", 0.1],
  ]);
});

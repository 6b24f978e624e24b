import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyIssues } from "../../testing/arbitraries.ts";
import { close, enter, label, on, rules, sprintOf, timelineOf } from "../../testing/timelines.ts";
import { sumDays } from "../model/days.ts";
import { present } from "../model/present.ts";
import { computeBurndown, idealLine } from "./burndown.ts";
import { computeEffort } from "./effort.ts";
import { compileRules } from "./issue-view.ts";
import { markTest } from "./membership.ts";
import { replaySprint } from "./replay.ts";
import { scopeOf } from "./scope.ts";
import { unitOf } from "./unit.ts";

const sprint = sprintOf(1);
const boardRules = compileRules(rules, markTest(sprint.mark, []));
const span = { from: sprint.start, until: sprint.end, end: sprint.end };

function burndownOf(timelines: ReturnType<typeof timelineOf>[]) {
  const scope = scopeOf(timelines, sprint.start, sprint.end, boardRules);
  const replay = replaySprint(timelines, { from: span.from, to: span.until }, boardRules);
  const effort = computeEffort(scope, new Map());
  return { effort, burndown: computeBurndown(scope.all, effort.committed, span, replay, rules, "days") };
}

test("the line begins with what was committed, ends with what the figures say, and is the sum of its events", () => {
  fc.assert(
    fc.property(anyIssues, (timelines) => {
      const { effort, burndown } = burndownOf(timelines);
      expect(burndown.points[0]).toMatchObject({ scope: effort.committed, done: 0 });
      expect(burndown.points.at(-1)).toMatchObject({
        scope: sumDays([effort.final, -effort.frozen]),
        done: effort.completed,
        remaining: effort.notCompleted,
      });
      const moved = burndown.scopeEvents.map((event) => event.delta);
      expect(sumDays([effort.committed, ...moved])).toBe(present(burndown.points.at(-1)).scope);
      const instants = burndown.points.map((point) => point.at);
      expect(instants).toEqual([...instants].sort());
    }),
    { numRuns: 400 },
  );
});

test("without an estimate tasks are counted, and the line ends where the counts do", () => {
  fc.assert(
    fc.property(anyIssues, (sized) => {
      const timelines = sized.map((timeline) => ({
        ...timeline,
        intervals: timeline.intervals.filter((i) => !(i.attribute === "label" && /^size/.test(i.value))),
      }));
      const scope = scopeOf(timelines, sprint.start, sprint.end, boardRules);
      const effort = computeEffort(scope, new Map());
      const { counts } = effort;
      expect(unitOf({ effort })).toBe(counts.committed + counts.final > 0 ? "tasks" : "days");
      const replay = replaySprint(timelines, { from: span.from, to: span.until }, boardRules);
      const burndown = computeBurndown(scope.all, counts.committed, span, replay, rules, "tasks");
      expect(burndown.unit).toBe("tasks");
      expect(burndown.points[0]).toMatchObject({ scope: counts.committed, done: 0 });
      expect(burndown.points.at(-1)).toMatchObject({
        scope: counts.final - counts.frozen,
        done: counts.completed,
      });
    }),
    { numRuns: 400 },
  );
});

test("a sub-issue that enters takes its parent's days out of the scope, at the same instant", () => {
  const parent = timelineOf(1, "01", [label("01", "size: L"), enter("02")]);
  const leaf = timelineOf(2, "01", [label("01", "size: M"), enter("08"), close("09")], { parent: 1 });
  const { burndown, effort } = burndownOf([parent, leaf]);
  expect(burndown.scopeEvents).toMatchObject([
    { number: 2, delta: 0.5, eventId: 2001, at: "2024-05-08T00:00:00.000Z" },
    { number: 1, delta: -1, eventId: 2001, at: "2024-05-08T00:00:00.000Z" },
  ]);
  expect(burndown.points.at(-1)).toMatchObject({ scope: 0.5, done: 0.5, remaining: 0 });
  expect(effort).toMatchObject({ committed: 1, added: 0.5, reestimated: -1, final: 0.5 });
});

describe("the ideal line", () => {
  test("is flat on weekends and days off", () => {
    const week = { timeZone: "UTC", workdays: [1, 2, 3, 4, 5], daysOff: ["2024-05-14"] };
    const line = idealLine(4, on("10"), on("17"), week);
    expect(line.map((point) => [point.at.slice(8, 10), point.remaining])).toEqual([
      ["10", 4],
      ["11", 3],
      ["12", 3],
      ["13", 3],
      ["14", 2],
      ["15", 2],
      ["16", 1],
      ["17", 0],
    ]);
  });

  test("stays where it is when nobody works", () => {
    const week = { timeZone: "UTC", workdays: [1], daysOff: [] };
    expect(idealLine(4, on("11"), on("12"), week).map((point) => point.remaining)).toEqual([4, 4]);
  });
});

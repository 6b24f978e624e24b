import { expect, test } from "vitest";
import { reportOn, sized } from "../../testing/report-on.ts";
import { type EventSpec, enter, label, leave, on, sprintOf, timelineOf } from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";

const gone = (
  number: number,
  how: "transferred" | "deleted",
  at: string,
  ...told: EventSpec[]
): IssueTimeline =>
  timelineOf(number, "01", [label("01T01:00", "size: L"), ...told], {}, [{ at: on(at), found: how }]);

const story = [
  sized(1, "S", enter("02"), leave("08"), enter("08", 2)),
  sized(2, "M", enter("02"), leave("09")),
  gone(3, "transferred", "07", enter("02")),
  gone(4, "deleted", "10", enter("02")),
  sized(5, "M", enter("02"), leave("08"), { at: "08", kind: "milestoned", milestone: "Later 7" }),
];

test("what left says why, when and where to", () => {
  const { removed } = reportOn(story);
  expect(removed.map((c) => [c.number, c.reason, c.at?.slice(8, 10), c.to])).toEqual([
    [1, "moved", "08", "Sprint 2"],
    [2, "unmarked", "09", null],
    [3, "transferred", "07", null],
    [4, "deleted", "10", null],
    [5, "moved", "08", "Later 7"],
  ]);
});

test("the rows of what left sum to their figure", () => {
  const { effort, explanations } = reportOn(story);
  expect(effort.removed).toBe(3.1);
  expect(present(explanations.removed).map((row) => row.days)).toEqual([0.1, 0.5, 1, 1, 0.5]);
  expect(present(explanations.removed)[0]).toMatchObject({
    why: "moved to Sprint 2 before the end, size S",
    eventId: 1002,
  });
});

test("by label, a sprint is left for another one or for none", () => {
  const sprints = [1, 2].map((n) => sprintOf(n, { mark: { by: "label", name: `sprint-${n}` } }));
  const mark = (at: string, name: string) => ({ at, kind: "labeled", label: name });
  const unmark = (at: string, name: string) => ({ at, kind: "unlabeled", label: name });
  const { removed } = reportOn(
    [
      sized(1, "S", mark("02", "sprint-1"), unmark("08", "sprint-1"), mark("08", "sprint-2")),
      sized(2, "S", mark("02", "sprint-1"), unmark("08", "sprint-1"), mark("08", "bug")),
    ],
    { sprints },
  );
  expect(removed.map((c) => [c.reason, c.to])).toEqual([
    ["moved", "Sprint 2"],
    ["unmarked", null],
  ]);
});

test("what is gone stands in no lane and no figure of a later sprint", () => {
  const sprints = [sprintOf(1), sprintOf(2)];
  const { effort, boards, cameAndWent } = reportOn([gone(1, "deleted", "12T12:00", enter("12", 2))], {
    sprint: present(sprints[1]),
    sprints,
  });
  expect([effort.committed, effort.removed, effort.final, cameAndWent]).toEqual([0, 0, 0, []]);
  expect(boards.start.lanes.flatMap((lane) => lane.cards)).toEqual([]);
});

test("a ratio's rows say which part of it they are", () => {
  const { explanations } = reportOn([
    sized(1, "L", enter("02")),
    sized(2, "M", enter("02"), { at: "08", kind: "closed" }),
  ]);
  expect(present(explanations.sayDo).map((row) => [row.number, row.part, row.days])).toEqual([
    [2, "numerator", 0.5],
    [1, "denominator", 1],
    [2, "denominator", 0.5],
  ]);
});

test("a departure is told in the words of what became of it, from the sprint and from the backlog", () => {
  const { changes, replay } = reportOn([
    gone(1, "transferred", "07", enter("02")),
    gone(2, "deleted", "08", enter("02"), leave("07")),
  ]);
  expect(changes.map(({ number, what, kind }) => [number, what, kind])).toEqual([
    [1, "transferred to another repository", "left"],
    [2, "left the sprint", "left"],
  ]);
  expect(replay.moves.filter(({ lane }) => lane === null).map(({ number, what }) => [number, what])).toEqual([
    [1, "transferred to another repository"],
    [2, "deleted"],
  ]);
});

import { expect, test } from "vitest";
import { numbersOf, reportOn, reportsOn, sized, threeSprints } from "../../testing/report-on.ts";
import { close, enter, leave, on, reopen, sprintOf } from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

/** Per sprint: finished outside, finished before, late. */
const lists = (...timelines: Parameters<typeof reportsOn>[0]) =>
  reportsOn(timelines).map(({ finishedOutside, finishedBefore, late }) =>
    [finishedOutside, finishedBefore, late].map((cards) => numbersOf(cards)),
  );

test("done on the weekend between two sprints, whether carried over or in no sprint", () => {
  const carried = sized(1, "M", enter("02", 1), leave("11", 1), enter("11", 2), close("12"));
  const free = sized(2, "M", close("12T10:00"));
  expect(lists(carried, free)).toEqual([
    [[1, 2], [], []],
    [[], [1, 2], []],
    [[], [], []],
  ]);
});

test("done at the very end of a sprint, or at the very start of the next", () => {
  const atEnd = sized(1, "M", enter("02", 1), close("11"));
  const atStart = sized(2, "M", enter("02", 2), close("13"));
  expect(lists(atEnd, atStart)[0]).toEqual([[1, 2], [], []]);
});

test("done while the first sprint was still planned", () => {
  const sprints = [sprintOf(1, { grace: 24 * 3_600_000 })];
  const report = reportOn([sized(1, "M", enter("02", 1), close("06T12:00"))], { sprints });
  expect([numbersOf(report.finishedBefore), numbersOf(report.done)]).toEqual([[1], []]);
});

test("done in the days of a sprint and never in any", () => {
  const [first] = reportsOn([sized(1, "M", close("08")), sized(2, "M", enter("02", 1), close("08"))]);
  expect(present(first).finishedOutside).toMatchObject([
    { number: 1, finishedAt: "2024-05-08T00:00:00.000Z", eventId: 1001, lastSprint: null, days: 0.5 },
  ]);
});

test("put into the sprint after it was over, it was never in it", () => {
  expect(lists(sized(1, "M", close("08"), enter("11T12:00", 1)))[0]).toEqual([[1], [], []]);
});

test("done in the days of the next sprint and left in the one before is late", () => {
  const [, second] = reportsOn([sized(1, "M", enter("02", 1), close("15"))]);
  expect(present(second).late).toMatchObject([{ number: 1, lastSprint: 1 }]);
  expect(present(second).finishedOutside).toEqual([]);
});

test("what was done before, or is open again, was not finished there", () => {
  const doneInSprint = sized(1, "M", enter("02", 1), close("08"), reopen("11T12:00"), close("12"));
  const openAgain = sized(2, "M", close("11T12:00"), reopen("12"));
  const dropped = sized(3, "M", close("12", "not_planned"));
  expect(lists(doneInSprint, openAgain, dropped)[0]).toEqual([[], [], []]);
});

test("a sprint that still runs has no time after it; the last one has it up to now", () => {
  const issue = sized(1, "M", close("12"));
  expect(reportOn([issue], { asOf: on("10") }).finishedOutside).toEqual([]);
  const sprints = [present(threeSprints[0])];
  expect(numbersOf(reportOn([issue], { sprints, asOf: on("12T12:00") }).finishedOutside)).toEqual([1]);
});

test("in the plan grace of the next sprint it is not done in that one", () => {
  const sprints = [sprintOf(1), sprintOf(2, { grace: 12 * 3_600_000 })];
  const issue = sized(1, "M", enter("02", 2), close("13T09:00"));
  const [first, second] = sprints.map((sprint) => reportOn([issue], { sprint, sprints }));
  expect(numbersOf(present(first).finishedOutside)).toEqual([1]);
  expect(present(second).effort.final).toBe(0);
});

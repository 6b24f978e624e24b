import { describe, expect, test } from "vitest";
import { comment, numbersOf, reportOn, reportsOn, sized } from "../../testing/report-on.ts";
import {
  close,
  convert,
  enter,
  label,
  leave,
  on,
  reopen,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

describe("work that was settled at the start and is taken up again", () => {
  test("is added and unexpected, its effort counts, and what is left open is carried over", () => {
    const { effort, unexpected, carriedOver } = reportOn(
      [
        sized(1, "L", enter("02"), close("03"), reopen("07"), close("09")),
        sized(2, "L", enter("02"), close("03"), reopen("08")),
        sized(3, "M", enter("02"), close("09")),
        sized(4, "M", enter("02"), close("03")),
      ],
      { comments: [comment(1, 1, "08", "/spend 2d"), comment(2, 2, "09", "/spend 1d")] },
    );
    expect(effort).toMatchObject({
      committed: 0.5,
      added: 2,
      final: 2.5,
      completed: 1.5,
      notCompleted: 1,
      actual: 3,
    });
    expect(unexpected).toMatchObject([
      { number: 1, entered: "reopened", enteredAt: "2024-05-07T00:00:00.000Z", actualDays: 2 },
      { number: 2, entered: "reopened", enteredAt: "2024-05-08T00:00:00.000Z", actualDays: 1 },
    ]);
    expect(numbersOf(carriedOver)).toEqual([2]);
  });

  test("says how it entered: new, moved in, reopened, or out of the freezebox", () => {
    const report = reportOn([
      timelineOf(1, "07", [enter("08")]),
      sized(2, "M", enter("08")),
      sized(3, "M", close("03", "not_planned"), reopen("07"), enter("07T00:01")),
      sized(4, "M", label("02", "freezebox"), enter("03"), unlabel("07", "freezebox")),
      sized(5, "M", label("02", "freezebox"), unlabel("07", "freezebox"), enter("09")),
    ]);
    expect(report.unexpected.map((c) => [c.number, c.entered, c.enteredAt?.slice(8, 16)])).toEqual([
      [1, "new", "08T00:00"],
      [2, "moved in", "08T00:00"],
      [3, "reopened", "07T00:01"],
      [4, "out of the freezebox", "07T00:00"],
      [5, "out of the freezebox", "09T00:00"],
    ]);
    expect(report.explanations.added).toMatchObject([
      { number: 1, eventId: 1000, why: "new, entered after the start, no estimate" },
      { number: 2, eventId: 2001 },
      { number: 3, eventId: 3003 },
      { number: 4, eventId: 4003, why: "out of the freezebox after the start, size M" },
      { number: 5, eventId: 5003 },
    ]);
  });

  test("for no time at all is none", () => {
    const report = reportOn([sized(1, "L", enter("02"), close("03"), reopen("07"), close("07"))]);
    expect(report.effort).toMatchObject({ added: 0, final: 0 });
    expect(report.unexpected).toEqual([]);
  });

  test("and had left again by the end came and went, if it was in the sprint meanwhile", () => {
    const inside = sized(1, "L", enter("02"), close("03"), reopen("07"), leave("08"));
    const outside = sized(2, "L", enter("02"), close("03"), leave("07"), reopen("08"));
    expect(numbersOf(reportOn([inside, outside]).cameAndWent)).toEqual([1]);
  });

  test("weighs in the burndown from when it is taken up", () => {
    const { burndown } = reportOn([sized(1, "L", enter("02"), close("03"), reopen("07"), close("09"))]);
    expect(burndown.scopeEvents).toMatchObject([{ number: 1, delta: 1, at: "2024-05-07T00:00:00.000Z" }]);
    expect(burndown.points.at(-1)).toMatchObject({ scope: 1, done: 1, remaining: 0 });
  });
});

test("reopened and left open is carried over with its depth; closed again one second before the end it is done", () => {
  const story = [enter("02"), close("03"), reopen("08")];
  const [first, second] = reportsOn([
    sized(1, "M", ...story, leave("12"), enter("12", 2)),
    sized(2, "M", ...story, close(on("11") - 1000)),
    sized(3, "M", ...story, close(on("11"))),
  ]);
  expect(numbersOf(present(first).carriedOver)).toEqual([1, 3]);
  expect(numbersOf(present(first).done)).toEqual([2]);
  expect(present(second).carriedOver).toMatchObject([{ number: 1, depth: 1 }]);
});

describe("a conversion to a discussion", () => {
  test("drops the issue with that reason, and completes nothing", () => {
    const report = reportOn([sized(1, "M", enter("02"), convert("08"))]);
    expect(report.effort).toMatchObject({ committed: 0.5, completed: 0, frozen: 0.5, notCompleted: 0 });
    expect(report.freezebox).toMatchObject([
      { number: 1, reason: "converted to a discussion", at: "2024-05-08T00:00:00.000Z" },
    ]);
    expect(report.changes).toMatchObject([
      { kind: "frozen", what: "converted to a discussion", to: "Freezebox" },
    ]);
    expect(report.explanations.frozen).toMatchObject([{ number: 1, eventId: 1002 }]);
  });

  test("holds whether GitHub closes it beside the conversion or not, and until it is reopened", () => {
    const closedToo = sized(1, "M", enter("02"), close("08"), convert("08"));
    const closedAfter = sized(2, "M", enter("02"), convert("08"), close("08T00:01"));
    const back = sized(3, "M", enter("02"), convert("08"), reopen("09"), close("10"));
    const report = reportOn([closedToo, closedAfter, back]);
    expect(numbersOf(report.freezebox)).toEqual([1, 2]);
    expect(numbersOf(report.done)).toEqual([3]);
  });

  test("pays no debt", () => {
    const { debt } = reportOn([sized(1, "M", label("02", "technical debt"), convert("08"))]);
    expect([debt.paid, debt.dropped]).toMatchObject([
      [],
      [{ number: 1, reason: "converted to a discussion" }],
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { comment, reportsOn, sized } from "../../testing/report-on.ts";
import {
  adopt,
  close,
  type EventSpec,
  enter,
  label,
  leave,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import type { Comment } from "../model/event.ts";
import { present } from "../model/present.ts";

/** Per sprint: [actual, spent elsewhere]. */
const spentIn = (timelines: Parameters<typeof reportsOn>[0], comments: Comment[] = []) =>
  reportsOn(timelines, { comments }).map(({ effort }) => [effort.actual, effort.spentElsewhere]);

const toSecond = [leave("12", 1), enter("12", 2)];
const toThird = [leave("19", 2), enter("19", 3)];

describe("each day said counts in one place", () => {
  test("a carried issue: each sprint counts what was said since the one before", () => {
    const issue = sized(1, "L", enter("02", 1), ...toSecond, ...toThird);
    const said = [
      comment(1, 1, "08", "/spend 1d"),
      comment(2, 1, "15", "/spend 2d"),
      comment(3, 1, "22", "/spend 4h"),
    ];
    expect(spentIn([issue], said)).toEqual([
      [1, 0],
      [2, 0],
      [0.5, 0],
    ]);
  });

  test("said on the weekend between two sprints: the next that holds it counts it", () => {
    const issue = sized(1, "L", enter("02", 1), ...toSecond);
    expect(spentIn([issue], [comment(1, 1, "12", "/spend 1d")])).toEqual([
      [null, 0],
      [1, 0],
      [null, 0],
    ]);
  });

  test("said after it was done, in the days of a sprint that it is not in: spent elsewhere there", () => {
    const issue = sized(1, "M", enter("02", 1), close("10"));
    expect(spentIn([issue], [comment(1, 1, "13T08:00", "/spend 2d")])).toEqual([
      [null, 0],
      [null, 2],
      [null, 0],
    ]);
  });

  test("said before the issue left: spent elsewhere; back in a later sprint, it is not counted again", () => {
    const issue = sized(1, "M", enter("02", 1), leave("08", 1), enter("12", 2));
    const said = [comment(1, 1, "07", "/spend 3d"), comment(2, 1, "15", "/spend 1d")];
    expect(spentIn([issue], said)).toEqual([
      [null, 3],
      [1, 0],
      [null, 0],
    ]);
  });

  test("counted in the sprint that thawed it, and the rest in the next", () => {
    const issue = sized(
      1,
      "L",
      enter("02", 1),
      label("02", "freezebox"),
      unlabel("07", "freezebox"),
      ...toSecond,
    );
    const said = [comment(1, 1, "08", "/spend 2d"), comment(2, 1, "15", "/spend 1d")];
    expect(spentIn([issue], said)).toEqual([
      [2, 0],
      [1, 0],
      [null, 0],
    ]);
  });

  test("lists say where it was spent", () => {
    const [first] = reportsOn(
      [
        sized(1, "M", enter("02", 1), leave("08", 1)),
        sized(2, "M"),
        sized(3, "M", enter("02", 1), close("03")),
        sized(4, "M", label("09", "actual: 2")),
      ],
      { comments: [1, 2, 3].map((n) => comment(n, n, "07", `/spend ${n}d`)) },
    );
    expect(present(first).spentElsewhere).toMatchObject([
      { number: 1, actualDays: 1, reason: "left" },
      { number: 2, actualDays: 2, reason: "never in it" },
      { number: 3, actualDays: 3, reason: "settled" },
      { number: 4, actualDays: 2, reason: "never in it" },
    ]);
    expect(present(first).effort).toMatchObject({ actual: null, spentElsewhere: 8 });
    expect(present(first).explanations.spentElsewhere).toMatchObject([
      { days: 1 },
      { days: 2 },
      { days: 3 },
      { days: 2, eventId: 4001 },
    ]);
  });

  test("at the very start and end: a word at the start is the sprint's, one at the end is not", () => {
    const said = [comment(1, 1, "06", "/spend 1d"), comment(2, 1, "11", "/spend 2d")];
    expect(spentIn([sized(1, "M")], said)[0]).toEqual([null, 1]);
    expect(spentIn([sized(1, "M", enter("02", 1))], said)[0]).toEqual([1, 0]);
  });
});

describe("nothing said in the sprint", () => {
  test("is unknown, not 0, and no share of actuals", () => {
    const issue = sized(1, "L", enter("02", 1), ...toSecond);
    const [first, second] = reportsOn([issue], { comments: [comment(1, 1, "08", "/spend 1d")] });
    expect(present(first).effort).toMatchObject({ actual: 1, actualShare: 1 });
    expect(present(second).effort).toMatchObject({ actual: null, actualShare: 0, estimationError: null });
    expect(present(second).carriedOver).toMatchObject([{ number: 1, actualDays: null }]);
  });

  test("0 hours said is 0", () => {
    const issue = sized(1, "L", enter("02", 1));
    expect(spentIn([issue], [comment(1, 1, "08", "/spend 0h")])[0]).toEqual([0, 0]);
  });
});

describe("a correction", () => {
  const mended = (...more: EventSpec[]) =>
    sized(1, "L", enter("02", 1), label("08", "actual: L"), ...toSecond, unlabel("15", "actual: L"), ...more);

  test("to less than was counted is named, and the actual is not below 0", () => {
    const [first, second] = reportsOn([mended(label("15", "actual: S"), close("16"))]);
    expect([present(first).effort.actual, present(second).effort.actual]).toEqual([1, 0]);
    expect(present(first).corrections).toEqual([]);
    expect(present(second).corrections).toMatchObject([{ number: 1, correction: -0.9 }]);
    expect(present(second).explanations.actual).toMatchObject([
      { days: 0, why: "spent 0.1 d by its label, 1 d of them counted before, corrected by 0.9 d" },
    ]);
    expect(present(second).effort.estimationError).toBe(-0.9);
  });

  test("that takes everything back leaves the sprint without a word", () => {
    const [, second] = reportsOn([mended()]);
    expect(present(second).effort.actual).toBeNull();
    expect(present(second).corrections).toMatchObject([{ number: 1, correction: -1 }]);
  });

  test("is what the next sprint goes on from", () => {
    const issue = mended(
      label("15", "actual: S"),
      ...toThird,
      unlabel("21", "actual: S"),
      label("21", "actual: M"),
    );
    expect(spentIn([issue])).toEqual([
      [1, 0],
      [0, 0],
      [0.4, 0],
    ]);
  });
});

test("a parent that counts by its sub-issues is no issue without an actual; what was said of it counts", () => {
  const parent = sized(1, "L", enter("02", 1));
  const leaf = timelineOf(2, "01", [label("01", "size: M"), enter("02", 1), adopt("02", 1)]);
  const of = (comments: Comment[]) => {
    const { effort } = present(reportsOn([parent, leaf], { comments })[0]);
    return [effort.actual, effort.actualShare];
  };
  expect(of([comment(1, 2, "08", "/spend 1d")])).toEqual([1, 1]);
  expect(of([comment(1, 1, "08", "/spend 1d")])).toEqual([1, 0]);
});

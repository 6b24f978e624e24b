import { describe, expect, test } from "vitest";
import { createWorkClock, lastAtOrBefore, type Span } from "./work-clock.ts";

const week = { timeZone: "Europe/Berlin", workdays: [1, 2, 3, 4, 5], daysOff: ["2026-04-03", "2026-04-06"] };
const at = (text: string) => Date.parse(text);
const span = (from: string, to: string): Span => ({ from: at(from), to: at(to) });
/** Easter of 2026, and the Sunday of 23 hours before it. */
const clock = createWorkClock(week, span("2026-03-23T05:00:00Z", "2026-04-10T12:00:00Z"));

describe("time on working days", () => {
  test.each<[string, Span[], days: number, workingDays: number]>([
    ["a day", [span("2026-03-23T23:00:00Z", "2026-03-24T23:00:00Z")], 1, 1],
    ["part of one", [span("2026-03-24T08:00:00Z", "2026-03-24T14:00:00Z")], 0.25, 0.25],
    ["from Friday noon to Monday noon", [span("2026-03-27T11:00:00Z", "2026-03-30T10:00:00Z")], 2.96, 1],
    ["a weekend", [span("2026-03-27T23:00:00Z", "2026-03-29T22:00:00Z")], 1.96, 0],
    ["over days off", [span("2026-04-02T10:00:00Z", "2026-04-07T10:00:00Z")], 5, 1],
    ["no time", [span("2026-03-24T08:00:00Z", "2026-03-24T08:00:00Z")], 0, 0],
    ["nothing", [], 0, 0],
    [
      "several together, in any order",
      [
        span("2026-03-25T08:00:00Z", "2026-03-25T20:00:00Z"),
        span("2026-03-28T08:00:00Z", "2026-03-28T20:00:00Z"),
        span("2026-03-24T08:00:00Z", "2026-03-24T20:00:00Z"),
      ],
      1.5,
      1,
    ],
  ])("%s", (_, spans, days, workingDays) => {
    expect(clock.elapsed(spans)).toEqual({ days, workingDays });
  });

  test("the clock's own span is measured from end to end", () => {
    const whole = span("2026-03-23T05:00:00Z", "2026-04-10T12:00:00Z");
    expect(clock.elapsed([whole])).toEqual({ days: 18.29, workingDays: 12.33 });
  });

  test("where no day is worked, no time is", () => {
    const idle = createWorkClock(
      { ...week, workdays: [] },
      span("2026-03-23T05:00:00Z", "2026-03-30T05:00:00Z"),
    );
    expect(idle.elapsed([span("2026-03-23T05:00:00Z", "2026-03-30T05:00:00Z")])).toEqual({
      days: 7,
      workingDays: 0,
    });
  });
});

test.each([
  [[], 5, -1],
  [[5], 4, -1],
  [[5], 5, 0],
  [[1, 3, 5], 0, -1],
  [[1, 3, 5], 3, 1],
  [[1, 3, 5], 4, 1],
  [[1, 3, 5], 9, 2],
  [[1, 3, 3, 5], 3, 2],
])("of %j the last that is not above %d stands at %d", (rising, limit, index) => {
  expect(lastAtOrBefore(rising, limit)).toBe(index);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageInDays,
  dayOf,
  daysBetween,
  isTimeZone,
  isWorkday,
  nextDay,
  spanOfDays,
  startOfDay,
} from "./calendar.ts";
import { present } from "./present.ts";

const hours = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

describe("a sprint's span", () => {
  test.each([
    ["Europe/Berlin", "2024-03-25", "2024-04-05", "2024-03-24T23:00:00.000Z", "2024-04-05T22:00:00.000Z"],
    ["America/New_York", "2024-10-28", "2024-11-08", "2024-10-28T04:00:00.000Z", "2024-11-09T05:00:00.000Z"],
    ["Asia/Kolkata", "2024-05-06", "2024-05-06", "2024-05-05T18:30:00.000Z", "2024-05-06T18:30:00.000Z"],
    ["Pacific/Apia", "2011-12-29", "2011-12-31", "2011-12-29T10:00:00.000Z", "2011-12-31T10:00:00.000Z"],
  ])("%s, %s to %s", (zone, first, last, start, end) => {
    const span = spanOfDays(first, last, zone);
    expect([iso(span.start), iso(span.end)]).toEqual([start, end]);
  });

  test("days that change the clock have 23 and 25 hours", () => {
    const length = (day: string) => {
      const { start, end } = spanOfDays(day, day, "Europe/Berlin");
      return (end - start) / hours;
    };
    expect([length("2024-03-31"), length("2024-10-27"), length("2024-05-01")]).toEqual([23, 25, 24]);
  });

  test("where midnight is skipped the day begins at its first instant", () => {
    expect(iso(startOfDay("2024-09-08", "America/Santiago"))).toBe("2024-09-08T04:00:00.000Z");
    expect(dayOf(startOfDay("2024-09-08", "America/Santiago") - 1, "America/Santiago")).toBe("2024-09-07");
  });
});

const zone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/Santiago",
  "Asia/Kathmandu",
  "Pacific/Auckland",
);
const day = fc
  .integer({ min: Date.parse("2000-01-01"), max: Date.parse("2035-01-01") })
  .map((t) => new Date(t).toISOString().slice(0, 10));

test("days tile a span: no gap, no overlap, each instant in the day it falls on", () => {
  fc.assert(
    fc.property(
      zone,
      day,
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tz, first, more, part) => {
        let last = first;
        for (let i = 0; i < more; i += 1) last = nextDay(last);
        const { start, end } = spanOfDays(first, last, tz);
        const days = daysBetween(start, end, tz);
        expect(days[0]).toBe(first);
        expect(days.at(-1)).toBe(last);
        for (const [index, one] of days.slice(1).entries()) expect(one).toBe(nextDay(present(days[index])));
        const at = Math.min(end - 1, start + Math.floor((end - start) * part));
        const on = dayOf(at, tz);
        expect(startOfDay(on, tz)).toBeLessThanOrEqual(at);
        expect(startOfDay(nextDay(on), tz)).toBeGreaterThan(at);
        expect(ageInDays(start, end - 1, tz)).toBe(more);
      },
    ),
  );
});

test("workdays leave out weekends and days off", () => {
  const week = { timeZone: "UTC", workdays: [1, 2, 3, 4, 5], daysOff: ["2024-05-09"] };
  expect(["2024-05-08", "2024-05-09", "2024-05-11", "2024-05-12"].map((d) => isWorkday(d, week))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("a zone is a place with a clock, not an offset", () => {
  expect(["Europe/Vienna", "UTC", "America/Argentina/Ushuaia"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["+02:00", "-05", "Mars/Base", "", "CEST"].map(isTimeZone)).toEqual(Array(5).fill(false));
});

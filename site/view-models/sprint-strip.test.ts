import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { namesOf } from "./sprint-strip.ts";

const days = (first: string, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const date = Temporal.PlainDate.from(first).add({ days: index });
    return { x: 0, width: 1, off: false, label: String(date.day), day: date.toString() };
  });
const named = (first: string, count: number) =>
  namesOf(days(first, count), "en-GB").filter((name) => name !== "");

test("every day of a short sprint is named", () => {
  expect(named("2026-01-30", 4)).toEqual(["30", "31", "1", "2"]);
});

test("weeks of a longer one say their month", () => {
  expect(named("2022-05-30", 28)).toEqual(["30 May", "6 Jun", "13 Jun", "20 Jun"]);
});

test("of a season or a year the months are named", () => {
  expect(named("2022-06-01", 92)).toEqual(["Jun 22", "Jul", "Aug"]);
  expect(named("2022-06-20", 100)).toEqual(["Jun 22", "Jul", "Aug", "Sept"]);
  expect(named("2022-11-01", 120)).toEqual(["Nov 22", "Dec", "Jan 23", "Feb"]);
  expect(named("2023-01-01", 365)).toEqual("Jan 23,Mar,Apr,May,Jun,Jul,Aug,Sept,Oct,Nov,Dec".split(","));
});

test.each([22, 43, 71, 200, 365, 366, 800, 2000, 4000, 20000])(
  "%i days have few names, and some",
  (count) => {
    const names = named("2001-02-03", count);
    expect(names.length).toBeGreaterThan(1);
    expect(names.length).toBeLessThanOrEqual(12);
  },
);

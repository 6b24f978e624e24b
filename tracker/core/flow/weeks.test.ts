import { describe, expect, test } from "vitest";
import { mondayOf, weeksOf } from "./weeks.ts";

const at = (text: string) => Date.parse(text);
const zone = "Europe/Berlin";

describe("the Monday of an instant", () => {
  test.each([
    ["2026-03-02T00:00:00+01:00", 0, "2026-03-02"],
    ["2026-03-01T23:59:59+01:00", 0, "2026-02-23"],
    ["2026-03-08T23:59:59+01:00", 0, "2026-03-02"],
    ["2026-03-04T12:00:00+01:00", 2, "2026-02-16"],
    ["2026-01-01T12:00:00+01:00", 0, "2025-12-29"],
  ])("of %s, %d weeks before, is %s in the team's zone", (text, earlier, monday) => {
    expect(mondayOf(at(text), zone, earlier)).toBe(monday);
  });

  test("depends on the zone", () => {
    const late = at("2026-03-01T23:30:00Z");
    expect([mondayOf(late, "Etc/UTC"), mondayOf(late, zone)]).toEqual(["2026-02-23", "2026-03-02"]);
  });
});

describe("the weeks of a span", () => {
  const span = { from: at("2026-03-04T00:00:00+01:00"), to: at("2026-03-16T00:00:00+01:00") };

  test("are all that share an instant with it; whole are those within it", () => {
    expect(weeksOf([], span, zone).map(({ week, isWhole }) => [week, isWhole])).toEqual([
      ["2026-W10", false],
      ["2026-W11", true],
    ]);
    expect(weeksOf([], { ...span, to: span.to + 1 }, zone)).toHaveLength(3);
    expect(weeksOf([], { from: span.from, to: span.from }, zone).map(({ week }) => week)).toEqual([
      "2026-W10",
    ]);
  });

  test("count what was finished in them and in the span, the first instant in and the last out", () => {
    const finished = [
      span.from - 1,
      span.from,
      at("2026-03-09T00:00:00+01:00") - 1,
      at("2026-03-09T00:00:00+01:00"),
      span.to - 1,
      span.to,
    ];
    expect(weeksOf(finished, span, zone).map((week) => week.finished)).toEqual([2, 2]);
  });

  test("bear the ISO year, which is not the calendar's at its ends, also in weeks of 167 hours", () => {
    const winter = { from: at("2020-12-28T00:00:00+01:00"), to: at("2021-01-11T00:00:00+01:00") };
    expect(weeksOf([], winter, zone).map(({ week, firstDay }) => [week, firstDay])).toEqual([
      ["2020-W53", "2020-12-28"],
      ["2021-W01", "2021-01-04"],
    ]);
    const spring = { from: at("2026-03-23T00:00:00+01:00"), to: at("2026-03-30T00:00:00+02:00") };
    expect(weeksOf([spring.to - 1], spring, zone)).toEqual([
      { week: "2026-W13", firstDay: "2026-03-23", finished: 1, isWhole: true },
    ]);
  });
});

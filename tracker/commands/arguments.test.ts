import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { figureKeys, figures, nameOf } from "../render/figures/figures.ts";
import { parseFigure, parseInstant, parseTeamInstant } from "./arguments.ts";

const noon = Date.parse("2019-10-25T12:00:00Z");
const bad = [
  "",
  "yesterday",
  "1571961600",
  "2019-02-30T00:00:00Z",
  "2019-10-25T25:00Z",
  "2019-10-25Z",
  "2019-W43-1",
];

describe("an instant with its offset", () => {
  test.each([
    "2019-10-25T12:00Z",
    "2019-10-25T12:00:00.000z",
    "2019-10-25 14:00+02:00",
    "2019-10-25T14:00+02",
    "2019-10-25T14:00+0200",
    "2019-10-25T21:00+09:00[Asia/Tokyo]",
  ])("%s is the same wherever it is asked", (text) => {
    expect(parseInstant(text)).toBe(noon);
    expect(parseTeamInstant(text, "Europe/Berlin")).toBe(noon);
    expect(parseTeamInstant(text, "America/New_York")).toBe(noon);
  });
  test.each([...bad, "2019-10-25", "2019-10-25T12:00"])("%j is refused where no zone is known", (text) => {
    expect(() => parseInstant(text)).toThrow(UsageError);
  });
});

describe("a figure's name", () => {
  test("is its name, its key in the report or what readers are shown, in any case and spacing", () => {
    for (const key of figureKeys)
      for (const text of [key, nameOf(key), figures[key].label, figures[key].label.toUpperCase()])
        expect(parseFigure(text)).toBe(key);
    expect(["say-do", "frozen", "Dropped", "re-estimated"].map(parseFigure)).toEqual([
      "sayDo",
      "frozen",
      "frozen",
      "reestimated",
    ]);
  });
  test("that there is none of is answered with the nearest, by the names that are offered", () => {
    expect(() => parseFigure("comitted")).toThrow(UsageError);
    try {
      parseFigure("droped");
    } catch (error) {
      expect((error as UsageError).hint).toMatch(/^Did you mean dropped\? There are committed, (?!.*frozen)/);
    }
    expect.assertions(2);
  });
});

describe("a time without an offset", () => {
  test("is the team's; a day is its midnight, also where the clock changes", () => {
    expect(parseTeamInstant("2019-10-25T14:00", "Europe/Berlin")).toBe(noon);
    expect(parseTeamInstant("2019-10-27", "Europe/Berlin")).toBe(Date.parse("2019-10-26T22:00:00Z"));
    expect(parseTeamInstant("2019-10-28", "Europe/Berlin")).toBe(Date.parse("2019-10-27T23:00:00Z"));
  });
  test("with another zone in brackets is that zone's, not the team's", () => {
    expect(parseTeamInstant("2019-10-25T21:00[Asia/Tokyo]", "Europe/Berlin")).toBe(noon);
  });
  test.each([...bad, "2019-02-30", "2019-10-25T12:00[Mars/Base]"])("%j is refused", (text) => {
    expect(() => parseTeamInstant(text, "Europe/Berlin")).toThrow(/--at .* is not a valid time/);
  });
});

import { expect, it } from "vitest";
import type { Flow } from "../../../core/model/flow.ts";
import type { Forecast } from "../../../core/model/forecast.ts";
import { cutOff, labelsOf, overprinted } from "../../../testing/chart-labels.ts";
import { flowOn, makeForecast, takes } from "../../../testing/flow-on.ts";
import { wordsOf } from "../../../words/languages.ts";
import * as charts from "../charts.ts";

/** A flow up to the end of May 2024, as if it were told on another day. */
const flowAt = (to: string, more: Partial<Flow> = {}): Flow => ({
  ...flowOn([takes(1, "06T09:00", "06T12:00", "07T12:00")]),
  asOf: to,
  to,
  ...more,
});

const forecastAt = (asOf: string, days: [string, string, string], more: Partial<Forecast> = {}) => {
  const [p50, p85, p95] = days;
  const forecast = makeForecast(flowOn([]), [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5]);
  return { ...forecast, howMany: null, ...more, asOf, when: { tasks: 9, by: { p50, p85, p95 } } };
};

const wordsIn = (svg: string): string[] => labelsOf(svg).map(({ words }) => words);
const tipsIn = (svg: string): string[] =>
  [...svg.matchAll(/<title>([^<]*)</g)].map(([, words = ""]) => words);

it.each([
  ["2024-05-30T12:00:00Z", ["31 May", "30 Jun", "31 Jul"]],
  ["2023-12-30T12:00:00Z", ["31 May 2024", "30 Jun 2024", "31 Jul 2024"]],
])("a day of a forecast that is told at %s is %j: with its year where that is another", (asOf, told) => {
  const forecast = forecastAt(asOf, ["2024-05-31", "2024-06-30", "2024-07-31"]);
  const svg = charts.renderForecastBand(forecast, { id: "a" });
  expect(wordsIn(svg)).toEqual(expect.arrayContaining(told));
  expect(tipsIn(svg).map((tip) => tip.replace(/^.* by /, ""))).toEqual(told);
});

it("the year is that of the team's zone, not of Greenwich", () => {
  const days: [string, string, string] = ["2024-12-31", "2024-12-31", "2025-01-02"];
  const told = (timeZone: string) =>
    tipsIn(charts.renderForecastBand(forecastAt("2024-12-31T23:30:00Z", days, { timeZone }), { id: "a" })).at(
      -1,
    );
  expect(told("UTC")).toMatch(/by 2 Jan 2025$/);
  expect(told("Europe/Vienna")).toMatch(/by 2 Jan$/);
});

it("days with years stand inside the picture, in other languages, too", () => {
  const days: [string, string, string] = ["2028-09-20", "2029-09-21", "2030-09-22"];
  for (const words of [wordsOf("en-GB"), wordsOf("de-AT")])
    for (const width of [360, 480, 800]) {
      const svg = charts.renderForecastBand(forecastAt("2024-05-30T12:00:00Z", days), {
        id: "a",
        width,
        words,
      });
      expect(cutOff(svg), `${words.locale} ${width}`).toEqual([]);
    }
});

it("a period of a forecast's sample says its year where it lies in an earlier one", () => {
  const tips = (asOf: string) =>
    tipsIn(
      charts.renderForecastSample(forecastAt(asOf, ["2025-01-02", "2025-01-02", "2025-01-02"]), { id: "a" }),
    );
  expect(tips("2024-05-27T12:00:00Z").at(-1)).toBe("20 May to 26 May: 5 tasks finished");
  expect(tips("2025-01-01T12:00:00Z").at(-1)).toBe("20 May 2024 to 26 May 2024: 5 tasks finished");
});

const weeks = (count: number, firstMonday: string): Flow["weeks"] =>
  Array.from({ length: count }, (_, index) => ({
    week: `${index}`,
    firstDay: new Date(Date.parse(`${firstMonday}T12:00Z`) + index * 7 * 86_400_000)
      .toISOString()
      .slice(0, 10),
    finished: index % 5,
    isWhole: true,
  }));

it("a week of the throughput says its year where it began in an earlier one, and labels keep apart", () => {
  const flow = flowAt("2025-01-17T00:00:00Z", { weeks: weeks(26, "2024-07-22") });
  for (const width of [360, 480, 800]) {
    const svg = charts.renderThroughput(flow, { id: "a", width });
    expect(tipsIn(svg)[0]).toBe("Week of 22 Jul 2024: 0 tasks finished");
    expect(tipsIn(svg).at(-1)).toBe("Week of 13 Jan: 0 tasks finished");
    expect(overprinted(svg)).toEqual([]);
  }
});

it("a flow that ends with the year has no year: its end is the midnight after its last day", () => {
  const flow = flowAt("2025-01-01T00:00:00Z", { weeks: weeks(3, "2024-12-09") });
  expect(tipsIn(charts.renderThroughput(flow, { id: "a" })).join("\n")).not.toContain("2024");
});

it("a finished task says the year of its end where it is another than the flow's", () => {
  const tip = (to: string) => tipsIn(charts.renderFlowTimes(flowAt(to), { id: "a" }))[0];
  expect(tip("2024-05-31T00:00:00Z")).toMatch(/finished 7 May$/);
  expect(tip("2025-01-01T00:00:00Z")).toMatch(/finished 7 May$/);
  expect(tip("2025-01-31T00:00:00Z")).toMatch(/finished 7 May 2024$/);
});

it("what is said of a mean of one task or one week is in the singular", () => {
  const one = flowAt("2024-05-31T00:00:00Z", {
    weeks: weeks(1, "2024-05-13").map((week) => ({ ...week, finished: 1 })),
  });
  const desc = (words: ReturnType<typeof wordsOf>) =>
    /<desc[^>]*>([^<]*)</.exec(charts.renderThroughput(one, { id: "a", words }))?.[1];
  expect(desc(wordsOf("en-GB"))).toBe("1 task a week on average, over 1 whole week.");
  expect(desc(wordsOf("de-AT"))).toBe("Im Mittel 1 Aufgabe pro Woche, über 1 ganze Woche.");
});

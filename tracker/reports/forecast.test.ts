import { describe, expect, it } from "vitest";
import type { Board } from "../core/model/report.ts";
import { sprintName } from "../core/model/sprint.ts";
import { flowOn } from "../testing/flow-on.ts";
import { sprintOf } from "../testing/timelines.ts";
import { forecastFrom, questionOfSprint } from "./forecast.ts";
import type { OpenReports } from "./open-reports.ts";

const lane = (role: Board["lanes"][number]["role"], cards: number): Board["lanes"][number] => ({
  name: role,
  role,
  days: 0,
  cards: Array.from({ length: cards }, () => ({})) as Board["lanes"][number]["cards"],
  hidden: 0,
});

/** A source with one board, and what it was asked. */
function sourceOf(lanes: Board["lanes"], team?: string) {
  const asked: unknown[] = [];
  const source = {
    sprintOf: () => ({ ...sprintOf(3), ...(team === undefined ? {} : { team }) }),
    boardAt: (...args: unknown[]) => {
      asked.push(args);
      return { at: "", lanes };
    },
    flowOf: (...args: unknown[]) => {
      asked.push(args);
      return flowOn([]);
    },
  } as unknown as OpenReports;
  return { source, asked };
}

const third = sprintName(sprintOf(3));
const to = "2024-05-22T12:00:00.000Z";

describe("what is asked of a sprint", () => {
  it("is when what stands in its lanes of open work is done, by the board of that instant", () => {
    const { source, asked } = sourceOf([
      lane("backlog", 9),
      lane("sprint", 2),
      lane("progress", 3),
      lane("done", 4),
      lane("freezebox", 5),
    ]);
    expect(questionOfSprint(source, third, { to, timeZone: "UTC" })).toMatchObject({ tasks: 5 });
    expect(asked).toEqual([[third, Date.parse(to)]]);
  });

  it("is not asked where nothing is open", () => {
    const { source } = sourceOf([lane("backlog", 9), lane("sprint", 0), lane("done", 4)]);
    expect(questionOfSprint(source, third, { to, timeZone: "UTC" }).tasks).toBeNull();
  });

  it("is how many are done by its last day, as the zone has it", () => {
    const { source } = sourceOf([lane("sprint", 1)]);
    // It ends at midnight of the 25th in Greenwich.
    expect(questionOfSprint(source, third, { to, timeZone: "UTC" }).by).toBe("2024-05-24");
    expect(questionOfSprint(source, third, { to, timeZone: "Europe/Vienna" }).by).toBe("2024-05-25");
    expect(questionOfSprint(source, third, { to, timeZone: "America/New_York" }).by).toBe("2024-05-24");
  });

  it("names the sprint, with its team where there are several", () => {
    const of = (team?: string) =>
      questionOfSprint(sourceOf([lane("sprint", 1)], team).source, third, { to, timeZone: "UTC" });
    expect(of().sprint).toEqual({ number: 3, title: "Sprint 3" });
    expect(of("api").sprint).toEqual({ number: 3, team: "api", title: "Sprint 3" });
  });
});

it.each([
  [13, 1, 104],
  [13, 2, 208],
  [300, 1, 300],
])(
  "a forecast from %d weeks in periods of %d looks back %d weeks, for its track record",
  (weeks, periodWeeks, back) => {
    const { source, asked } = sourceOf([]);
    const question = { by: "2024-06-30", tasks: 3, sprint: null };
    const forecast = forecastFrom(source, { weeks, periodWeeks, seed: 7, asOf: 5 }, () => question);
    expect(asked).toEqual([[null, { weeks: back, asOf: 5, teamOf: undefined }]]);
    expect(forecast).toMatchObject({ seed: 7, periodWeeks, runs: 10_000, sprint: null });
  },
);

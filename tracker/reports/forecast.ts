import { computeForecast, type ForecastInput } from "../core/forecast/compute-forecast.ts";
import { dayOf } from "../core/model/calendar.ts";
import type { Flow } from "../core/model/flow.ts";
import type { Forecast } from "../core/model/forecast.ts";
import { namedSprint, type SprintName } from "../core/model/sprint.ts";
import type { OpenReports } from "./open-reports.ts";

/** How the past is drawn from, where nobody says otherwise. */
export const usualForecast = { periods: 13, periodWeeks: 1, runs: 10_000, seed: 1 };
/** How far back earlier forecasts are looked at. */
const recordWeeks = 104;

export type ForecastQuestion = Pick<ForecastInput, "by" | "tasks" | "sprint">;

export interface ForecastOptions {
  /** How many weeks of the past are drawn from. */
  weeks: number;
  periodWeeks: number;
  seed: number;
  /** Epoch ms; absent: up to when history is known. */
  asOf?: number | undefined;
  /** A sprint: of its team alone, where there are several. */
  teamOf?: SprintName | undefined;
}

/** Errors as `flowOf`, and those of `question`. */
export function forecastFrom(
  source: OpenReports,
  { weeks, periodWeeks, seed, asOf, teamOf }: ForecastOptions,
  question: (flow: Flow) => ForecastQuestion,
): Forecast {
  const flow = source.flowOf(null, { weeks: Math.max(weeks, recordWeeks * periodWeeks), asOf, teamOf });
  return computeForecast({
    flow,
    weeks,
    periodWeeks,
    runs: usualForecast.runs,
    seed,
    ...question(flow),
  });
}

/** When a sprint's open tasks are done, and how many tasks are by its end. */
export function questionOfSprint(
  source: OpenReports,
  sprint: SprintName,
  { to, timeZone }: Pick<Flow, "to" | "timeZone">,
): ForecastQuestion {
  const { title, end, ...named } = source.sprintOf(sprint);
  const open = source
    .boardAt(sprint, Date.parse(to))
    .lanes.filter(({ role }) => role === "sprint" || role === "progress")
    .reduce((sum, { cards }) => sum + cards.length, 0);
  return {
    by: dayOf(end - 1, timeZone),
    tasks: open === 0 ? null : open,
    sprint: { ...namedSprint(named), title },
  };
}

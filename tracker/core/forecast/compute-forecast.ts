import { Temporal } from "temporal-polyfill";
import { type Day, dayOf } from "../model/calendar.ts";
import type { Flow, FlowWeek } from "../model/flow.ts";
import type { Band, Forecast, SamplePeriod } from "../model/forecast.ts";
import { refusalOf } from "./refusal.ts";
import { bandOf, daysUntil, finishedWithin, type Simulation } from "./simulate.ts";
import { stabilityOf } from "./stability.ts";
import { trackRecordOf } from "./track-record.ts";

export interface ForecastInput {
  /** Of all tasks. Its newest whole weeks are the sample; further ones show what such forecasts were worth. */
  flow: Flow;
  /** How many weeks are drawn from. */
  weeks: number;
  periodWeeks: number;
  /** A day after that of the flow's end; null: not asked. */
  by: Day | null;
  /** At least 1; null: not asked. */
  tasks: number | null;
  sprint: Forecast["sprint"];
  runs: number;
  seed: number;
}

/** Whole weeks as periods of so many, the newest whole; what is left over at the start is left out. */
export function sampleOf(weeks: readonly FlowWeek[], periodWeeks: number): SamplePeriod[] {
  const whole = weeks.filter(({ isWhole }) => isWhole);
  const sample: SamplePeriod[] = [];
  for (let end = whole.length; end >= periodWeeks; end -= periodWeeks) {
    const part = whole.slice(end - periodWeeks, end);
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) break;
    sample.unshift({
      firstDay: first.firstDay,
      lastDay: later(last.firstDay, 6),
      finished: part.reduce((sum, { finished }) => sum + finished, 0),
    });
  }
  return sample;
}

const later = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();

/** What past throughput says of the days to come: one pure call. */
export function computeForecast(input: ForecastInput): Forecast {
  const { flow, weeks, periodWeeks, by, tasks, runs, seed } = input;
  const periods = sampleOf(flow.weeks, periodWeeks);
  const window = Math.floor(weeks / periodWeeks);
  const sample = window === 0 ? [] : periods.slice(-window);
  const stability = stabilityOf(sample);
  const refused = refusalOf(sample, stability, periodWeeks);
  const counts = sample.map(({ finished }) => finished);
  const simulation: Simulation = { counts, periodDays: 7 * periodWeeks, runs, seed };
  const { record, levels } = trackRecordOf(periods, { window, periodWeeks, seed });
  const today = dayOf(Date.parse(flow.to), flow.timeZone);
  return {
    schema: "sprintcast/forecast@1",
    repository: flow.repository,
    asOf: flow.asOf,
    timeZone: flow.timeZone,
    periodWeeks,
    sample,
    stability,
    refused,
    trackRecord: record,
    levels,
    runs,
    seed,
    howMany: refused !== null || by === null ? null : { by, tasks: tasksBy(by, today, simulation, levels) },
    when:
      refused !== null || tasks === null ? null : { tasks, by: daysFor(tasks, today, simulation, levels) },
    sprint: input.sprint,
    provenance: flow.provenance.weeks ?? "replayed",
  };
}

function tasksBy(by: Day, today: Day, simulation: Simulation, levels: Band<number>) {
  const { days } = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(by), { largestUnit: "days" });
  return bandOf(finishedWithin(Math.max(0, days), simulation), true, levels);
}

function daysFor(tasks: number, today: Day, simulation: Simulation, levels: Band<number>) {
  const { p50, p85, p95 } = bandOf(daysUntil(tasks, simulation), false, levels);
  return { p50: later(today, p50), p85: later(today, p85), p95: later(today, p95) };
}

import { computeFlow, type FlowInput } from "../core/flow/compute-flow.ts";
import { computeForecast } from "../core/forecast/compute-forecast.ts";
import type { Flow } from "../core/model/flow.ts";
import type { Forecast } from "../core/model/forecast.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import { threeSprints } from "./report-on.ts";
import { close, enter, label, on, rules, timelineOf } from "./timelines.ts";

/** The flow of these issues in May 2024, known up to the end of it; `more` says otherwise. */
export function flowOn(timelines: readonly IssueTimeline[], more: Partial<FlowInput> = {}): Flow {
  return computeFlow({
    repository: "a/b",
    asOf: on("31"),
    rules,
    sprints: threeSprints,
    milestones: threeSprints.map((s) => ({ number: s.number, titles: [s.title] })),
    sprint: null,
    weeks: 26,
    bornAt: on("01"),
    timelines,
    links: true,
    ...more,
  });
}

/** An issue of sprint 1 that was created, begun and closed then. */
export const takes = (number: number, created: string, started: string, closed: string): IssueTimeline =>
  timelineOf(number, created, [enter(created), label(started, "in progress"), close(closed)]);

/** A flow of twelve finished tasks and two in progress, one of them blocked, with titles as hostile as a test wants. */
export function makeFlow(title: (index: number) => string): Flow {
  const day = (index: number) => String(6 + (index % 12)).padStart(2, "0");
  const done = Array.from({ length: 12 }, (_, index) =>
    takes(index + 1, `${day(index)}T08:00`, `${day(index)}T09:00`, `${day(index)}T${10 + index}:30`),
  );
  const open = [20, 21].map((number) =>
    timelineOf(number, "20", [
      enter("20", 3),
      label("21", "in progress"),
      ...(number === 20 ? [{ at: "22", kind: "blocked_by_added", relation: 21 }] : []),
    ]),
  );
  const flow = flowOn([...done, ...open].map((one, index) => renamed(one, title(index))));
  return { ...flow, forecast: makeForecast(flow, [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5], title(2)) };
}

/** A forecast for nine open tasks of sprint 3, by its end on 7 June 2024, from so many finished a week before. */
export function makeForecast(flow: Flow, finished: readonly number[], title = "Sprint 3"): Forecast {
  const first = Date.parse("2024-05-27T12:00Z") - finished.length * 7 * 86_400_000;
  const weeks = finished.map((count, index) => {
    const firstDay = new Date(first + index * 7 * 86_400_000).toISOString().slice(0, 10);
    return { week: `${index}`, firstDay, finished: count, isWhole: true };
  });
  return computeForecast({
    flow: { ...flow, weeks },
    weeks: 13,
    periodWeeks: 1,
    by: "2024-06-07",
    tasks: 9,
    sprint: { number: 3, title },
    runs: 1000,
    seed: 1,
  });
}

const renamed = (timeline: IssueTimeline, title: string): IssueTimeline => ({
  ...timeline,
  title,
  intervals: timeline.intervals.map((i) => (i.attribute === "title" ? { ...i, value: title } : i)),
});

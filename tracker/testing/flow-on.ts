import { computeFlow, type FlowInput } from "../core/flow/compute-flow.ts";
import type { Flow } from "../core/model/flow.ts";
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
  return flowOn([...done, ...open].map((one, index) => renamed(one, title(index))));
}

const renamed = (timeline: IssueTimeline, title: string): IssueTimeline => ({
  ...timeline,
  title,
  intervals: timeline.intervals.map((i) => (i.attribute === "title" ? { ...i, value: title } : i)),
});

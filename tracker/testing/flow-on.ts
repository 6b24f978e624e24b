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

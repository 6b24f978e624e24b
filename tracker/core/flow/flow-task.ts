import { isoOf } from "../model/days.ts";
import type { FlowTask, LaneTime } from "../model/flow.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { BlockerReader } from "../report/blockers.ts";
import { type BoardRules, freezeboxLane, viewAt } from "../report/issue-view.ts";
import { everMember, type SprintTest } from "../report/membership.ts";
import { type Waiting, waitingOf } from "./blocked.ts";
import { inBoth, without } from "./spans.ts";
import { finishOf, type Path, startOf } from "./stays.ts";
import type { Span, WorkClock } from "./work-clock.ts";

/** What every task of one flow is measured with. */
export interface Measures {
  boardRules: BoardRules;
  tests: readonly SprintTest[];
  blockers: BlockerReader;
  clock: WorkClock;
  links: boolean;
}

/** A task up to its end, or up to the end of its path, with the spans behind its figures. */
export interface MeasuredTask {
  task: FlowTask;
  timeline: IssueTimeline;
  path: Path;
  finishedAt: number | null;
  /** In a sprint, from the first time on, and neither done nor dropped. */
  onBoard: Span[];
  /** Worked on, and not blocked. */
  active: Span[];
  waiting: Waiting;
  /** Waits at the end of the path. */
  isBlocked: boolean;
}

/** null where it was created at the end of its path or later. */
export function measureTask(timeline: IssueTimeline, path: Path, measures: Measures): MeasuredTask | null {
  const { boardRules, tests, blockers, clock, links } = measures;
  const until = path.stays.at(-1)?.to;
  if (until === undefined) return null;
  const finishedAt = finishOf(path);
  const startedAt = startOf(path);
  const end = finishedAt ?? until;
  const life = { from: timeline.createdAt, to: end };
  const lived = path.stays.filter(({ from }) => from < end);
  const waiting = waitingOf(timeline, until, blockers);
  const view = viewAt(timeline, until - 1, boardRules);
  const worked = lived.filter(({ role }) => role === "progress");
  return {
    timeline,
    path,
    finishedAt,
    onBoard: lived.filter(({ role }) => role === "sprint" || role === "progress"),
    active: without(worked, waiting.spans),
    waiting,
    isBlocked: waiting.spans.at(-1)?.to === until,
    task: {
      number: timeline.number,
      title: view?.title ?? timeline.title,
      url: links ? timeline.url : "",
      createdAt: isoOf(timeline.createdAt),
      startedAt: startedAt === null ? null : isoOf(startedAt),
      finishedAt: finishedAt === null ? null : isoOf(finishedAt),
      lead: clock.elapsed([life]),
      cycle: startedAt === null ? null : clock.elapsed([{ from: startedAt, to: end }]),
      lanes: laneTimes(lived, measures),
      blocked: clock.elapsed(inBoth([life], waiting.spans)),
      sprints: tests
        .filter(({ sprint, test }) => {
          const to = Math.min(sprint.end, until);
          return sprint.start < to && everMember(timeline, sprint.start, to, test);
        })
        .map(({ sprint }) => sprint.number),
      provenance: path.provenance,
    },
  };
}

function laneTimes(lived: Path["stays"], { boardRules, clock }: Measures): LaneTime[] {
  const lanes: Pick<LaneTime, "name" | "role">[] = [
    ...boardRules.rules.lanes,
    { name: freezeboxLane, role: "freezebox" },
  ];
  return lanes.flatMap(({ name, role }) => {
    const stays = lived.filter(({ lane }) => lane === name);
    return stays.length === 0 ? [] : [{ name, role, ...clock.elapsed(stays) }];
  });
}

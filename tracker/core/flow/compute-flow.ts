import { startOfDay } from "../model/calendar.ts";
import { isoOf, ratio, sumDays } from "../model/days.ts";
import { type AgeingTask, type Flow, fewestToJudge, type Spread } from "../model/flow.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { worst } from "../model/provenance.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import { blockerReader } from "../report/blockers.ts";
import { type BoardRules, compileRules } from "../report/issue-view.ts";
import {
  everMember,
  type MarkTest,
  type MilestoneTitles,
  markTest,
  type Perhaps,
  perhapsTest,
} from "../report/membership.ts";
import { membershipDoubts } from "../report/sorting.ts";
import { cumulativeOf } from "./cumulative.ts";
import { flowProvenance, isOnBoardIn, wouldBeOnBoardIn } from "./flow-provenance.ts";
import { type MeasuredTask, type Measures, measureTask } from "./flow-task.ts";
import { spreadOf } from "./spread.ts";
import { pathOf } from "./stays.ts";
import { mondayOf, weeksOf } from "./weeks.ts";
import { createWorkClock, type Span, type WorkClock } from "./work-clock.ts";

export interface FlowInput {
  repository: string;
  /** Up to when history is known, epoch ms. */
  asOf: number;
  rules: Rules;
  sprints: readonly Sprint[];
  milestones: readonly MilestoneTitles[];
  /** null: of all tasks, whatever their sprint. */
  sprint: Sprint | null;
  /** How many whole weeks before the present one are measured where no sprint is named. */
  weeks: number;
  /** When the repository's first issue was created, epoch ms: no week before it is one without throughput. */
  bornAt: number;
  /** All that was in a sprint or became done in the spans of `flowSpans`, and what they waited for. Others do no harm. */
  timelines: readonly IssueTimeline[];
  /** false: the repository has no web address. */
  links: boolean;
}

/** How far back finished tasks are looked at to judge the age of work in progress. */
const referenceWeeks = 26;
type SpanInput = Pick<FlowInput, "asOf" | "sprint" | "weeks" | "bornAt"> & { timeZone: string };

/** What is measured, and what ages are held against. */
export function flowSpans({ asOf, sprint, weeks, bornAt, timeZone }: SpanInput): {
  span: Span;
  reference: Span;
} {
  const to = sprint === null ? asOf : Math.max(sprint.start + 1, Math.min(sprint.end, asOf));
  const back = (earlier: number) =>
    Math.max(
      startOfDay(mondayOf(to, timeZone, earlier), timeZone),
      Math.min(startOfDay(mondayOf(bornAt, timeZone), timeZone), to - 1),
    );
  return {
    span: { from: sprint?.start ?? back(weeks), to },
    reference: { from: back(referenceWeeks), to },
  };
}

/** How work flows through the board of one sprint, or through those of all: one pure call. */
export function computeFlow(input: FlowInput): Flow {
  const { rules, sprint, timelines } = input;
  const { span, reference } = flowSpans({ ...input, timeZone: rules.timeZone });
  const tests = input.sprints.map((one) => ({ sprint: one, test: markTest(one.mark, input.milestones) }));
  const perhapsOf = (one: Sprint) => perhapsTest(one.mark, input.milestones);
  const isAny = anyMark(tests.map(({ test }) => test));
  const boardRules = compileRules(rules, isAny, anyPerhaps(input.sprints.map(perhapsOf), isAny));
  const tasks = timelines.filter(boardRules.counts);
  const first = tasks.reduce((earliest, { createdAt }) => Math.min(earliest, createdAt), span.from);
  const clock = createWorkClock(rules, { from: first, to: span.to });
  const blockers = blockerReader(timelines);
  const measures: Measures = { boardRules, tests, blockers, clock, links: input.links };
  const all = tasks.flatMap(
    (timeline) => measureTask(timeline, pathOf(timeline, span.to, boardRules), measures) ?? [],
  );
  const own =
    sprint === null ? null : compileRules(rules, markTest(sprint.mark, input.milestones), perhapsOf(sprint));
  const mine =
    own === null ? all : all.filter(({ timeline }) => everMember(timeline, span.from, span.to, own.isMember));
  const perhaps = perhapsIn(all, span, own ?? boardRules);
  const known = new Set(mine.map(({ timeline }) => timeline));
  const finished = finishedIn(mine, span);
  const compared = finishedIn(all, reference);
  const cycles = spreadOf(compared.map(({ task }) => task.cycle));
  return {
    schema: "sprintcast/flow@1",
    repository: input.repository,
    asOf: isoOf(Math.min(input.asOf, span.to)),
    timeZone: rules.timeZone,
    sprint:
      sprint === null ? null : { number: sprint.number, title: sprint.title, running: span.to < sprint.end },
    from: isoOf(span.from),
    to: isoOf(span.to),
    ...measured(finished, clock, rules),
    weeks: weeksOf(
      finished.map(({ finishedAt }) => finishedAt),
      span,
      rules.timeZone,
    ),
    ageing: ageingOf(mine, cycles),
    reference: { from: isoOf(reference.from), cycle: cycles },
    cumulative: cumulativeFor(mine, span, own, rules),
    provenance: flowProvenance({
      finished,
      compared: compared.filter(({ task }) => task.cycle !== null),
      onBoard: mine.filter(({ path }) => isOnBoardIn(path, span)),
      perhaps,
      perhapsFinished: finishedIn(perhaps, span).filter(({ timeline }) => !known.has(timeline)),
    }),
  };
}

/** What may have been on the board in the span without a word of its history, each as well known as that. */
const perhapsIn = (tasks: readonly MeasuredTask[], span: Span, board: BoardRules): MeasuredTask[] =>
  tasks.flatMap((one) => {
    const from = Math.max(span.from, one.timeline.createdAt);
    const doubts = membershipDoubts(one.timeline, { from, to: span.to }, board);
    if (doubts.length === 0 || !wouldBeOnBoardIn(one.path, span)) return [];
    return [{ ...one, task: { ...one.task, provenance: worst([one.task.provenance, ...doubts]) } }];
  });

/** Asks of every sprint whether it may be meant. What is surely in one is on the board, whichever that is; null: none may. */
function anyPerhaps(tests: readonly Perhaps[], isMember: MarkTest): Perhaps {
  const some = tests.filter((test) => test !== null);
  return some.length === 0 ? null : (interval) => !isMember(interval) && some.some((test) => test(interval));
}

/** Asks every sprint's mark, each interval once. */
export function anyMark(tests: readonly MarkTest[]): MarkTest {
  const known = new WeakMap<object, boolean>();
  return (interval) => {
    const found = known.get(interval) ?? tests.some((test) => test(interval));
    known.set(interval, found);
    return found;
  };
}

type Finished = MeasuredTask & { finishedAt: number };

const finishedIn = (tasks: readonly MeasuredTask[], { from, to }: Span): Finished[] =>
  tasks
    .filter(
      (one): one is Finished => one.finishedAt !== null && from <= one.finishedAt && one.finishedAt < to,
    )
    .sort((a, b) => a.finishedAt - b.finishedAt || a.task.number - b.task.number);

type MeasuredPart = Pick<Flow, "finished" | "lead" | "cycle" | "lanes" | "efficiency" | "blocked">;

function measured(finished: readonly Finished[], clock: WorkClock, { lanes }: Rules): MeasuredPart {
  const tasks = finished.map(({ task }) => task);
  const onBoard = clock.elapsed(finished.flatMap((one) => one.onBoard)).workingDays;
  const active = clock.elapsed(finished.flatMap((one) => one.active)).workingDays;
  const waited = tasks.filter(({ blocked }) => blocked.days > 0);
  return {
    finished: tasks,
    lead: spreadOf(tasks.map(({ lead }) => lead)),
    cycle: spreadOf(tasks.map(({ cycle }) => cycle)),
    lanes: lanes
      .filter(({ role }) => role !== "done")
      .map(({ name, role }) => ({
        name,
        role,
        ...spreadOf(tasks.flatMap((task) => task.lanes.filter((lane) => lane.name === name))),
      })),
    // A team without a lane of work in progress has none of its time there, which says nothing of its flow.
    efficiency: tasks.some(({ cycle }) => cycle !== null) ? ratio(active, onBoard) : null,
    blocked: {
      tasks: waited.length,
      days: sumDays(waited.map(({ blocked }) => blocked.days)),
      workingDays: sumDays(waited.map(({ blocked }) => blocked.workingDays)),
    },
  };
}

/** What was begun, and stands on a sprint's board at the end of its path. */
function ageingOf(tasks: readonly MeasuredTask[], reference: Spread): AgeingTask[] {
  const { p50, p85, p95 } = reference.days;
  const past = (days: number): AgeingTask["past"] => {
    if (reference.tasks < fewestToJudge || p50 === null || p85 === null || p95 === null) return null;
    return days > p95 ? 0.95 : days > p85 ? 0.85 : days > p50 ? 0.5 : 0;
  };
  return tasks
    .flatMap(({ task, path, isBlocked }): AgeingTask[] => {
      const { startedAt, cycle } = task;
      const { lane = null, role } = path.stays.at(-1) ?? {};
      if (startedAt === null || cycle === null || lane === null || (role !== "progress" && role !== "sprint"))
        return [];
      return [{ ...task, startedAt, cycle, lane, isBlocked, past: past(cycle.days) }];
    })
    .sort((a, b) => b.cycle.days - a.cycle.days || a.number - b.number);
}

/** Of one sprint, what was done or left on its own board; else on that of any. */
function cumulativeFor(
  tasks: readonly MeasuredTask[],
  span: Span,
  own: BoardRules | null,
  rules: Rules,
): Flow["cumulative"] {
  const paths = tasks.map(({ timeline, path }) => (own === null ? path : pathOf(timeline, span.to, own)));
  return cumulativeOf(paths, span, rules);
}

import { isoOf } from "../model/days.ts";
import { forever, type IssueTimeline } from "../model/interval.ts";
import type { IssueLife, LifeSprint } from "../model/issue-life.ts";
import type { Rules } from "../model/rules.ts";
import { namedSprint, type Sprint } from "../model/sprint.ts";
import { blockerReader } from "../report/blockers.ts";
import { compileRules, viewAt } from "../report/issue-view.ts";
import { depthOf, everMember, type MilestoneTitles, markTest } from "../report/membership.ts";
import { instantsOf } from "../report/scope.ts";
import type { Spent, SpentReader } from "../report/spent.ts";
import { unitField } from "../report/unit.ts";
import { anyMark } from "./compute-flow.ts";
import { measureTask } from "./flow-task.ts";
import { pathOf } from "./stays.ts";
import { createWorkClock } from "./work-clock.ts";

export interface IssueLifeInput {
  repository: string;
  /** Up to when history is known, epoch ms. */
  asOf: number;
  rules: Rules;
  sprints: readonly Sprint[];
  milestones: readonly MilestoneTitles[];
  timeline: IssueTimeline;
  /** What it ever waited for. */
  blockers: readonly IssueTimeline[];
  spent: SpentReader;
  /** When something was said of its effort, epoch ms; more do no harm. */
  effortAt: readonly number[];
  links: boolean;
}

/** One issue's life, without what it counted as in reports. */
export function computeIssueLife(input: IssueLifeInput): IssueLife {
  const { asOf, rules, timeline, links } = input;
  const until = Math.max(asOf + 1, timeline.createdAt + 1);
  const tests = input.sprints.map((sprint) => ({ sprint, test: markTest(sprint.mark, input.milestones) }));
  const boardRules = compileRules(rules, anyMark(tests.map(({ test }) => test)));
  const clock = createWorkClock(rules, { from: timeline.createdAt, to: until });
  const path = pathOf(timeline, until, boardRules);
  const measures = { boardRules, tests, blockers: blockerReader(input.blockers), clock, links };
  const measured = boardRules.counts(timeline) ? measureTask(timeline, path, measures) : null;
  const view = viewAt(timeline, until - 1, boardRules);
  const end = (to: number): string | null => (to >= until ? null : isoOf(to));
  return {
    schema: "sprintcast/issue@1",
    repository: input.repository,
    asOf: isoOf(asOf),
    timeZone: rules.timeZone,
    ...unitField(rules.unit),
    number: timeline.number,
    title: view?.title ?? timeline.title,
    url: links ? timeline.url : "",
    pullRequest: timeline.pullRequest,
    author: timeline.author,
    createdAt: isoOf(timeline.createdAt),
    state: view?.state ?? "open",
    labels: view?.labels ?? [],
    assignees: view?.assignees ?? [],
    flow: measured?.task ?? null,
    sprints: tests.flatMap((one) => sprintOf(one, input, tests)),
    lanes: path.stays.map((stay) => ({
      name: stay.lane,
      from: isoOf(stay.from),
      to: end(stay.to),
      ...clock.elapsed([stay]),
    })),
    sizes: sizesOf(timeline, until, (t) => viewAt(timeline, t, boardRules)?.size ?? null),
    effort: effortOf(input, until),
    provenance: path.provenance,
  };
}

type Tests = Parameters<typeof depthOf>[2];

function sprintOf(
  { sprint, test }: Tests[number],
  { timeline, asOf }: IssueLifeInput,
  tests: Tests,
): LifeSprint[] {
  const marked = timeline.intervals
    .filter((i) => test(i) && i.from < i.to && i.from <= asOf)
    .map((i) => ({
      from: isoOf(i.from),
      to: i.to === forever || i.to > asOf ? null : isoOf(i.to),
      actor: i.startActor,
      eventId: i.startEvent,
    }));
  const isIn = everMember(timeline, sprint.start, Math.min(sprint.end, asOf + 1), test);
  if (marked.length === 0 && !isIn) return [];
  return [
    {
      ...namedSprint(sprint),
      title: sprint.title,
      marked,
      depth: depthOf(
        timeline,
        sprint,
        tests.filter((one) => one.sprint.team === sprint.team),
      ),
      frozen: false,
      running: false,
      counted: [],
    },
  ];
}

function sizesOf(
  timeline: IssueTimeline,
  until: number,
  sizeAt: (
    t: number,
  ) => { name: string; days: number; interval: { provenance: IssueLife["provenance"] } } | null,
): IssueLife["sizes"] {
  const found: IssueLife["sizes"] = [];
  for (const at of [timeline.createdAt, ...instantsOf(timeline, timeline.createdAt, until)]) {
    const size = sizeAt(at);
    const last = found.at(-1);
    if (last !== undefined && last.size === (size?.name ?? null) && last.days === (size?.days ?? null))
      continue;
    if (last !== undefined) last.to = isoOf(at);
    found.push({
      size: size?.name ?? null,
      days: size?.days ?? null,
      from: isoOf(at),
      to: null,
      provenance: size?.interval.provenance ?? "replayed",
    });
  }
  return found;
}

function effortOf({ timeline, spent, effortAt }: IssueLifeInput, until: number): IssueLife["effort"] {
  const instants = [...instantsOf(timeline, timeline.createdAt - 1, until), ...effortAt]
    .filter((at) => at < until)
    .sort((a, b) => a - b);
  const found: IssueLife["effort"] = [];
  for (const at of new Set(instants)) {
    const last = found.at(-1);
    const now = spent(timeline, at) ?? (last === undefined ? null : nothingLeft(spent(timeline, at - 1)));
    if (now === null || (last !== undefined && last.days === now.days && last.source === now.source))
      continue;
    found.push({ at: isoOf(at), days: now.days, source: now.source, provenance: now.provenance });
  }
  return found;
}

/** Where all that was said is taken back; as well known as what was there just before. */
const nothingLeft = (before: Spent | null): Pick<Spent, "days" | "source" | "provenance"> => ({
  days: 0,
  source: "by words taken back since",
  provenance: before?.provenance ?? "replayed",
});

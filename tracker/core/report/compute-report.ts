import { dayOf } from "../model/calendar.ts";
import { isoOf } from "../model/days.ts";
import type { Comment } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { worst } from "../model/provenance.ts";
import type { Report } from "../model/report.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import { type Actual, actualAt, spentReader } from "./actual.ts";
import { computeBoard } from "./board.ts";
import { computeBurndown } from "./burndown.ts";
import { computeDebt } from "./debt.ts";
import { type Actuals, computeEffort } from "./effort.ts";
import { type Explanations, explainEffort } from "./explain.ts";
import { type BoardRules, compileRules, freezeboxLane } from "./issue-view.ts";
import { computeKalm, type KalmInput } from "./kalm.ts";
import { listsOf } from "./lists.ts";
import { everMember, type MilestoneTitles, markTest, memberAt, type SprintTest } from "./membership.ts";
import { computeReplay, replayIssues } from "./replay.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { unitOf } from "./unit.ts";

export interface ReportInput {
  repository: string;
  /** Up to when history is known, epoch ms. A sprint that still runs is reported as it stood then. */
  asOf: number;
  sprint: Sprint;
  /** All sprints, this one among them. */
  sprints: readonly Sprint[];
  rules: Rules;
  milestones: readonly MilestoneTitles[];
  /** Issues that ever carried the sprint's mark, ever were debt, or carry or answer a promise. Others do no harm. */
  timelines: readonly IssueTimeline[];
  /** Open issues for the backlog lane; may be a part of them, `backlogHidden` counts the rest. */
  backlog: readonly IssueTimeline[];
  backlogHidden: { start: number; end: number };
  comments: readonly Comment[];
  reviews: KalmInput["reviews"];
  /** false: the repository has no web address. */
  links: boolean;
}

/** What was spent on each issue of the sprint, less what the sprint before that held it has counted. */
function actualsOf(input: ReportInput, scope: Scope, end: number, tests: readonly SprintTest[]): Actuals {
  const read = spentReader(input.comments, input.rules);
  const before = tests
    .filter((t) => t.sprint.end <= input.sprint.start)
    .sort((a, b) => b.sprint.end - a.sprint.end);
  const countedAt = (timeline: IssueTimeline): number | null => {
    const counted = before.find((t) => memberAt(timeline, t.sprint.end - 1, t.test) !== null);
    return counted === undefined ? null : counted.sprint.end - 1;
  };
  return new Map(
    scope.all.flatMap(({ timeline }): [number, Actual][] => {
      const actual = actualAt(timeline, end - 1, countedAt, read);
      return actual === null ? [] : [[timeline.number, actual]];
    }),
  );
}

/** [from, until): S and E, or the present instead of E while the sprint runs. */
function spanOf({ sprint, asOf }: ReportInput): { from: number; until: number } {
  const until = Math.max(sprint.start + 1, Math.min(sprint.end, asOf));
  return { from: Math.min(sprint.start + sprint.grace, until - 1), until };
}

function headOf(sprint: Sprint, timeZone: string, committedAt: number): Report["sprint"] {
  return {
    number: sprint.number,
    title: sprint.title,
    goal: sprint.goal,
    start: isoOf(sprint.start),
    end: isoOf(sprint.end),
    capacityDays: sprint.capacityDays,
    timeZone,
    firstDay: dayOf(sprint.start, timeZone),
    lastDay: dayOf(sprint.end - 1, timeZone),
    committedAt: isoOf(committedAt),
  };
}

function boardsOf(
  { backlog, backlogHidden, links }: ReportInput,
  onBoard: readonly IssueTimeline[],
  { from, until }: { from: number; until: number },
  boardRules: BoardRules,
): Report["boards"] {
  const candidates = [...new Map([...backlog, ...onBoard].map((t) => [t.number, t])).values()];
  const board = (at: number, hidden: number) =>
    computeBoard(candidates, at, boardRules, { links, backlogLimit: 20, backlogHidden: hidden });
  return { start: board(from, backlogHidden.start), end: board(until - 1, backlogHidden.end) };
}

function provenanceOf(scope: Scope, explanations: Explanations): Report["provenance"] {
  const boards = worst([
    scope.membership,
    ...scope.all.flatMap((i) => [i.atStart?.provenance ?? "replayed", i.atEnd?.provenance ?? "replayed"]),
  ]);
  const figures = Object.entries(explanations).map(([figure, { provenance }]) => [figure, provenance]);
  return { ...Object.fromEntries(figures), unexpected: explanations.added.provenance, boards };
}

/**
 * The report of one sprint from its issues' timelines: one pure call, linear in the timelines handed in.
 * A sprint that runs past `asOf` is reported as it stood then.
 */
export function computeReport(input: ReportInput): Report {
  const { sprint, rules, links, timelines } = input;
  const tests = input.sprints.map((s) => ({ sprint: s, test: markTest(s.mark, input.milestones) }));
  const isMember = markTest(sprint.mark, input.milestones);
  const boardRules = compileRules(rules, isMember);
  const { from, until } = spanOf(input);
  const onBoard = timelines.filter((t) => !t.pullRequest && everMember(t, sprint.start, until, isMember));
  const scope = scopeOf(onBoard, from, until, boardRules, timelines);
  const actuals = actualsOf(input, scope, until, tests);
  const effort = computeEffort(scope, actuals);
  const unit = unitOf({ effort });
  const explanations = explainEffort(scope, actuals);
  const walks = replayIssues(onBoard, from, until, boardRules);
  const lanes = [...rules.lanes.map((l) => l.name), freezeboxLane];
  const { replay, changes } = computeReplay(walks, from, boardRules, lanes, links);
  return {
    schema: "sprintcast/report@1",
    repository: input.repository,
    asOf: isoOf(Math.min(input.asOf, sprint.end)),
    sprint: headOf(sprint, rules.timeZone, from),
    effort,
    ...listsOf(scope, { sprint, tests, until, boardRules, links, actuals }),
    debt: computeDebt(timelines, sprint.start, until, boardRules, links),
    kalm: computeKalm({ reviews: input.reviews, timelines }, sprint, until, boardRules),
    goalMet: sprint.goalMet,
    boards: boardsOf(input, onBoard, { from, until }, boardRules),
    changes,
    burndown: computeBurndown(
      scope.all,
      unit === "tasks" ? effort.counts.committed : effort.committed,
      { from, until, end: sprint.end },
      walks,
      rules,
      unit,
    ),
    replay,
    explanations: Object.fromEntries(Object.entries(explanations).map(([figure, e]) => [figure, e.rows])),
    provenance: provenanceOf(scope, explanations),
    frozen: null,
    restatements: [],
  };
}

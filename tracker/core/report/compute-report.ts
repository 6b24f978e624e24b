import { dayOf } from "../model/calendar.ts";
import { isoOf } from "../model/days.ts";
import type { EffortText } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { ProjectUpdateObservation } from "../model/project.ts";
import { worst } from "../model/provenance.ts";
import type { Burndown, Effort, ProjectUpdate, Report } from "../model/report.ts";
import type { Repositories } from "../model/repositories.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import { spentReader } from "./actual.ts";
import { basisOf } from "./basis.ts";
import { computeBlocked } from "./blocked.ts";
import { type BlockerReader, blockerReader } from "./blockers.ts";
import { computeBurndown } from "./burndown.ts";
import { sharesByType } from "./by-type.ts";
import { computeDebt } from "./debt.ts";
import { departureOf } from "./departure.ts";
import { computeEffort } from "./effort.ts";
import { explainEffort } from "./explain.ts";
import { computeFinishedOutside } from "./finished-outside.ts";
import { withRefs } from "./issue-refs.ts";
import { type BoardRules, compileRules, freezeboxLane } from "./issue-view.ts";
import { computeKalm } from "./kalm.ts";
import {
  depthOf,
  type MilestoneTitles,
  markTest,
  memberAt,
  perhapsTest,
  type SprintTest,
} from "./membership.ts";
import type { SprintReview } from "./promise-issues.ts";
import { computeReplay, replaySprint, type SprintReplay } from "./replay.ts";
import { reportCards } from "./report-cards.ts";
import type { SaidByIssue } from "./said.ts";
import { type Item, isWork, type Scope, scopeOf } from "./scope.ts";
import { spentInSprint } from "./spent-in-sprint.ts";
import { computeSprintBoard, membersOf, type SprintBoardsInput, spanOf } from "./sprint-boards.ts";
import { unitField, unitOf } from "./unit.ts";

export interface ReportInput extends SprintBoardsInput {
  repository: string;
  /** Several: numbers here are keys, and the report names issues by repository. Absent: there is one. */
  repositories?: Repositories;
  /** How far each is known, epoch ms; null: no history of it is at hand. */
  standings?: readonly { name: string; knownUntil: number | null }[];
  /** All sprints, this one among them. */
  sprints: readonly Sprint[];
  rules: Rules;
  milestones: readonly MilestoneTitles[];
  /** Issues that ever carried the sprint's mark, were debt in it, or carry or answer a promise. Others do no harm. */
  timelines: readonly IssueTimeline[];
  /** How many others carry the sprint's mark where no task of the kind that counts does. */
  notCounted?: Report["notCounted"];
  /** Comments and issue texts in which effort may be said, or what was read from them. */
  comments: readonly EffortText[] | SaidByIssue;
  /** Pull requests that close an issue, by its number: their `actual:` labels count for it. */
  closedBy?: ReadonlyMap<number, readonly IssueTimeline[]>;
  reviews: readonly SprintReview[];
  /** What the projects that count say of their own status, with their names. */
  projectUpdates?: readonly (ProjectUpdateObservation & { title: string; url: string })[];
}

/** What every part of one report is computed from. */
interface Ground {
  input: ReportInput;
  own: SprintTest;
  tests: readonly SprintTest[];
  boardRules: BoardRules;
  /** S and E; of a sprint that runs past `asOf`, `to` is that. */
  span: { from: number; to: number };
  onBoard: readonly IssueTimeline[];
  scope: Scope;
  blockers: BlockerReader;
  replay: SprintReplay;
}

function groundOf(input: ReportInput): Ground {
  const { sprint } = input;
  const tests = input.sprints.map((one) => ({ sprint: one, test: markTest(one.mark, input.milestones) }));
  const own = { sprint, test: markTest(sprint.mark, input.milestones) };
  const boardRules = compileRules(input.rules, own.test, perhapsTest(sprint.mark, input.milestones));
  const { from, to } = spanOf(sprint, input.asOf);
  const onBoard = membersOf(input, boardRules);
  const scope = scopeOf(onBoard, from, to, boardRules, input.timelines);
  const replay = replaySprint(onBoard, { from, to }, boardRules, input.timelines);
  const blockers = blockerReader(input.timelines);
  return { input, own, tests, boardRules, span: { from, to }, onBoard, scope, blockers, replay };
}

/**
 * The report of one sprint from its issues' timelines: one pure call, linear in the timelines handed in.
 * A sprint that runs past `asOf` is reported as it stood then.
 */
export function computeReport(input: ReportInput): Report {
  const ground = groundOf(input);
  const { boardRules, span, tests } = ground;
  const { sprint, links } = input;
  const effort = effortPart(ground);
  const { debt, provenance } = computeDebt(input.timelines, sprint.start, span.to, boardRules, links);
  const report: Report = {
    ...headOf(ground),
    ...effort,
    provenance: { ...effort.provenance, ...provenance },
    ...boardPart(ground),
    ...computeFinishedOutside(
      input.timelines,
      sprint,
      { ...span, asOf: input.asOf },
      tests,
      boardRules,
      links,
    ),
    debt,
    ...computeKalm(input, sprint, span.to, boardRules),
    ...(input.notCounted === undefined ? {} : { notCounted: input.notCounted }),
    ...projectUpdatesIn(input, span),
    goalMet: sprint.goalMet,
    frozen: null,
    restatements: [],
  };
  return input.repositories === undefined ? report : withRefs(report, input.repositories);
}

function headOf({
  input,
  span,
}: Ground): Pick<
  Report,
  "schema" | "repository" | "repositories" | "asOf" | "unit" | "running" | "sprint" | "settings"
> {
  const { sprint, rules, asOf } = input;
  return {
    schema: "sprintcast/report@1",
    repository: input.repository,
    ...repositoriesIn(input),
    asOf: isoOf(Math.min(asOf, sprint.end)),
    ...unitField(rules.unit),
    running: sprint.start <= asOf && asOf < sprint.end,
    sprint: {
      number: sprint.number,
      ...(sprint.team === undefined ? {} : { team: sprint.team }),
      title: sprint.title,
      goal: sprint.goal,
      start: isoOf(sprint.start),
      end: isoOf(sprint.end),
      capacityDays: sprint.capacityDays,
      timeZone: rules.timeZone,
      firstDay: dayOf(sprint.start, rules.timeZone),
      lastDay: dayOf(sprint.end - 1, rules.timeZone),
      committedAt: isoOf(span.from),
    },
    settings: basisOf(rules, sprint),
  };
}

/** What projects said of their status from the sprint's first instant to its last, or up to now. */
function projectUpdatesIn(
  { projectUpdates = [], sprint }: ReportInput,
  { to }: Ground["span"],
): Pick<Report, "projectUpdates"> {
  const found = projectUpdates
    .filter(({ at }) => sprint.start <= at && at < to)
    .sort((a, b) => a.at - b.at || a.id - b.id)
    .map(
      ({ title, url, at, author, status, startDate, targetDate, body }): ProjectUpdate => ({
        project: title,
        url,
        at: isoOf(at),
        author,
        status,
        startDate,
        targetDate,
        body,
      }),
    );
  return found.length === 0 ? {} : { projectUpdates: found };
}

/** How far each of several repositories is known; never past the report itself. */
function repositoriesIn({ standings = [], asOf, sprint }: ReportInput): Pick<Report, "repositories"> {
  if (standings.length < 2) return {};
  const until = Math.min(asOf, sprint.end);
  return {
    repositories: standings.map(({ name, knownUntil }) => ({
      name,
      asOf: knownUntil === null ? null : isoOf(Math.min(knownUntil, until)),
    })),
  };
}

/** The figures of effort, the lists behind them, and what they rest on. */
function effortPart(ground: Ground) {
  const { input, own, tests, boardRules, span, scope, blockers } = ground;
  const { sprint, rules, links } = input;
  const read = spentReader(input.comments, rules, input.closedBy, input.repositories);
  const spent = spentInSprint(input.timelines, scope, sprint, span, tests, rules, read);
  const { actuals, elsewhere, corrections } = spent;
  const effort = computeEffort(scope, actuals, elsewhere, rules.unit);
  const leaving = (item: Item) => departureOf(item, span.to, own, tests);
  const explanations = explainEffort({
    scope,
    ...spent,
    departureOf: leaving,
    unit: rules.unit ?? "days",
    viewAtEnd: (timeline) => boardRules.view(timeline, span.to - 1),
  });
  const cards = reportCards(
    {
      span,
      start: sprint.start,
      boardRules,
      actuals,
      links,
      depthOf: (item) => depthOf(item.timeline, sprint, tests),
      departureOf: leaving,
      blockers,
    },
    new Set(scope.added),
  );
  const unexpected = scope.added.map(cards.unexpected);
  const days = { from: sprint.start, to: span.to };
  const waiting = computeBlocked(ground.onBoard, days, blockers, boardRules, links);
  const unexpectedByType = sharesByType(unexpected);
  return {
    effort,
    unexpected,
    ...(unexpectedByType === null ? {} : { unexpectedByType }),
    carriedOver: scope.notCompleted.map(cards.carried),
    movedOn: movedOn(ground).map(cards.carried),
    freezebox: scope.frozen.map(cards.frozen),
    blocked: waiting.blocked,
    cameAndWent: scope.cameAndWent.map(cards.end),
    done: scope.completed.map(cards.end),
    removed: scope.removed.map(cards.removed),
    reestimated: scope.kept.filter((i) => i.daysAtStart !== i.daysAtEnd).map(cards.reestimated),
    spentElsewhere: elsewhere.map(cards.elsewhere),
    corrections: corrections.map(cards.corrected),
    burndown: burndownOf(ground, effort),
    explanations: Object.fromEntries(
      Object.entries(explanations).map(([figure, { rows }]) => [figure, rows]),
    ),
    provenance: {
      ...Object.fromEntries(Object.entries(explanations).map(([figure, e]) => [figure, e.provenance])),
      blocked: waiting.provenance,
      unexpected: explanations.added?.provenance ?? "replayed",
      boards: worst([
        scope.known.start.members,
        scope.known.end.members,
        ...scope.all.flatMap((i) => [i.atStart?.provenance ?? "replayed", i.atEnd?.provenance ?? "replayed"]),
      ]),
    },
  } satisfies Partial<Report>;
}

/** What was work of the sprint and had left for the one that begins next. */
function movedOn({ input: { sprint }, tests, span, scope }: Ground): Item[] {
  const [next] = tests
    .filter((t) => t.sprint.start >= sprint.end)
    .sort((a, b) => a.sprint.start - b.sprint.start);
  if (next === undefined) return [];
  return scope.all.filter(
    (i) => i.atEnd?.member == null && isWork(i) && memberAt(i.timeline, span.to - 1, next.test) !== null,
  );
}

function burndownOf({ input, span, scope, replay }: Ground, effort: Effort): Burndown {
  const unit = unitOf({ effort, ...unitField(input.rules.unit) });
  return computeBurndown(
    scope.all,
    unit === "tasks" ? effort.counts.committed : effort.committed,
    { from: span.from, until: span.to, end: input.sprint.end },
    replay,
    input.rules,
    unit,
  );
}

/** The boards at both ends, and the way from one to the other. */
function boardPart({ input, boardRules, span, onBoard, replay }: Ground) {
  const lanes = [...input.rules.lanes.map((lane) => lane.name), freezeboxLane];
  const board = (which: "start" | "end") => computeSprintBoard(input, which, boardRules, onBoard);
  return {
    boards: { start: board("start"), end: board("end") },
    ...computeReplay(replay, span.from, boardRules, lanes, input.links),
  } satisfies Partial<Report>;
}

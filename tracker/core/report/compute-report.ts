import { dayOf } from "../model/calendar.ts";
import { isoOf } from "../model/days.ts";
import type { EffortText } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { worst } from "../model/provenance.ts";
import type { Card, CarriedCard, FrozenCard, Report } from "../model/report.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import { type Actual, actualAt, spentReader } from "./actual.ts";
import { computeBoard } from "./board.ts";
import { computeBurndown } from "./burndown.ts";
import { cardOf } from "./card.ts";
import { computeDebt } from "./debt.ts";
import { type Actuals, computeEffort } from "./effort.ts";
import { explainEffort } from "./explain.ts";
import { type BoardRules, compileRules, freezeboxLane, type IssueView } from "./issue-view.ts";
import { computeKalm, type KalmInput } from "./kalm.ts";
import {
  depthOf,
  everMember,
  type MilestoneTitles,
  markTest,
  memberAt,
  type SprintTest,
} from "./membership.ts";
import { computeReplay, replayIssues } from "./replay.ts";
import { type Item, isSettled, type Scope, scopeOf } from "./scope.ts";
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
  /** Comments and issue texts in which effort may be said. */
  comments: readonly EffortText[];
  /** Pull requests that close an issue, by its number: their `actual:` labels count for it. */
  closedBy?: ReadonlyMap<number, readonly IssueTimeline[]>;
  reviews: KalmInput["reviews"];
  /** false: the repository has no web address. */
  links: boolean;
}

/** What was spent on each issue of the sprint, less what the sprint before that held it has counted. */
function actualsOf(input: ReportInput, scope: Scope, end: number, tests: readonly SprintTest[]): Actuals {
  const read = spentReader(input.comments, input.rules, input.closedBy);
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

function frozenReason({ closed, reason, freezeLabel }: IssueView): { reason: string; at: number | null } {
  if (freezeLabel !== null) return { reason: "put into the freezebox", at: freezeLabel.from };
  return {
    reason: reason === "duplicate" ? "duplicate" : "closed as not planned",
    at: closed?.from ?? null,
  };
}

interface Cards {
  end: (item: Item) => Card;
  start: (item: Item) => Card;
}

function cardsOf(input: ReportInput, actuals: Actuals, boardRules: BoardRules, to: number): Cards {
  const { links } = input;
  const actualDays = (i: Item): number | null => actuals.get(i.timeline.number)?.inSprint ?? null;
  const entered = (i: Item): number | null => {
    // What is unexpected is so by the entry that brought it to the end; an earlier stay may have ended before.
    if (i.atStart?.member == null && i.atEnd?.member) return i.atEnd.member.from;
    const first = i.timeline.intervals.filter(
      (x) => boardRules.isMember(x) && x.from < to && x.to > input.sprint.start,
    );
    return first.length === 0 ? null : Math.min(...first.map((x) => x.from));
  };
  return {
    end: (i) =>
      cardOf(i.atEnd ?? i.atStart!, {
        links,
        days: i.daysAtEnd,
        actualDays: actualDays(i),
        enteredAt: entered(i),
      }),
    start: (i) =>
      cardOf(i.atStart ?? i.atEnd!, {
        links,
        days: i.daysAtStart,
        actualDays: actualDays(i),
        enteredAt: entered(i),
      }),
  };
}

/**
 * The report of one sprint from its issues' timelines: one pure call, linear in the timelines handed in.
 * A sprint that runs past `asOf` is reported as it stood then.
 */
export function computeReport(input: ReportInput): Report {
  const { sprint, rules, links } = input;
  const tests = input.sprints.map((s) => ({ sprint: s, test: markTest(s.mark, input.milestones) }));
  const isMember = markTest(sprint.mark, input.milestones);
  const boardRules = compileRules(rules, isMember);
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, input.asOf));
  const from = Math.min(sprint.start + sprint.grace, end - 1);
  const onBoard = input.timelines.filter((t) => !t.pullRequest && everMember(t, sprint.start, end, isMember));
  const scope = scopeOf(onBoard, from, end, boardRules, input.timelines);
  const actuals = actualsOf(input, scope, end, tests);
  const effort = computeEffort(scope, actuals);
  const unit = unitOf({ effort });
  const explanations = explainEffort(scope, actuals);
  const cards = cardsOf(input, actuals, boardRules, end);
  const later = tests
    .filter((t) => t.sprint.start >= sprint.end)
    .sort((a, b) => a.sprint.start - b.sprint.start)[0];
  const carried = (i: Item): CarriedCard => ({ ...cards.end(i), depth: depthOf(i.timeline, sprint, tests) });
  const boardLanes = [...rules.lanes.map((l) => l.name), freezeboxLane];
  const walks = replayIssues(onBoard, from, end, boardRules);
  const { replay, changes } = computeReplay(walks, from, boardRules, boardLanes, links);
  const candidates = [...new Map([...input.backlog, ...onBoard].map((t) => [t.number, t])).values()];
  const board = (at: number, backlogHidden: number) =>
    computeBoard(candidates, at, boardRules, { links, backlogLimit: 20, backlogHidden });
  const provenance = Object.fromEntries(
    Object.entries(explanations).map(([figure, e]) => [figure, e.provenance]),
  );
  const everything = worst([
    scope.membership,
    ...scope.all.flatMap((i) => [i.atStart?.provenance ?? "replayed", i.atEnd?.provenance ?? "replayed"]),
  ]);
  return {
    schema: "sprintcast/report@1",
    repository: input.repository,
    asOf: isoOf(Math.min(input.asOf, sprint.end)),
    sprint: {
      number: sprint.number,
      title: sprint.title,
      goal: sprint.goal,
      start: isoOf(sprint.start),
      end: isoOf(sprint.end),
      capacityDays: sprint.capacityDays,
      timeZone: rules.timeZone,
      firstDay: dayOf(sprint.start, rules.timeZone),
      lastDay: dayOf(sprint.end - 1, rules.timeZone),
      committedAt: isoOf(from),
    },
    effort,
    unexpected: scope.added.map(cards.end),
    carriedOver: scope.notCompleted.map(carried),
    movedOn: scope.all
      .filter(
        (i) =>
          i.atEnd?.member == null &&
          !isSettled(i.atStart) &&
          later !== undefined &&
          memberAt(i.timeline, end - 1, later.test) !== null,
      )
      .map(carried),
    freezebox: scope.frozen.map((i): FrozenCard => {
      const { reason, at } = frozenReason(i.atEnd!);
      return { ...cards.end(i), reason, at: at === null ? null : isoOf(at) };
    }),
    cameAndWent: scope.cameAndWent.map(cards.end),
    done: scope.completed.map(cards.end),
    removed: scope.removed.map(cards.start),
    reestimated: scope.kept
      .filter((i) => i.daysAtStart !== i.daysAtEnd)
      .map((i) => ({
        ...cards.end(i),
        daysBefore: i.daysAtStart,
        daysAfter: i.daysAtEnd,
        sizeBefore: i.atStart?.size?.name ?? null,
      })),
    debt: computeDebt(input.timelines, sprint.start, end, boardRules, links),
    kalm: computeKalm({ reviews: input.reviews, timelines: input.timelines }, sprint, end, boardRules),
    goalMet: sprint.goalMet,
    boards: { start: board(from, input.backlogHidden.start), end: board(end - 1, input.backlogHidden.end) },
    changes,
    burndown: computeBurndown(
      scope.all,
      unit === "tasks" ? effort.counts.committed : effort.committed,
      { from, until: end, end: sprint.end },
      walks,
      rules,
      unit,
    ),
    replay,
    explanations: Object.fromEntries(Object.entries(explanations).map(([figure, e]) => [figure, e.rows])),
    provenance: { ...provenance, unexpected: explanations.added!.provenance, boards: everything },
    frozen: null,
    restatements: [],
  };
}

import { isoOf, sumDays } from "../model/days.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { Board, Lane } from "../model/report.ts";
import { blockerReader } from "./blockers.ts";
import { cardOf } from "./card.ts";
import { type BoardRules, freezeboxLane, type IssueView } from "./issue-view.ts";
import { ancestorReader, countedBySubIssues } from "./sub-issues.ts";
import { unitField } from "./unit.ts";

export interface BoardOptions {
  links: boolean;
  /** Most cards listed in the backlog lane; the rest is counted as hidden. */
  backlogLimit: number;
  /** Open issues outside the sprint that were not even handed in. */
  backlogHidden?: number;
  family?: Iterable<IssueTimeline>;
}

/**
 * The sprint's board at `t` (epoch ms): its lanes in order, then the freezebox. A lane's days count as the report
 * does: a parent by its sized sub-issues. `options.family`: issues that may stand between two of the board, or block one.
 */
export function computeBoard(
  timelines: Iterable<IssueTimeline>,
  t: number,
  boardRules: BoardRules,
  options: BoardOptions,
): Board {
  const views = [...timelines].flatMap((timeline) =>
    boardRules.counts(timeline) ? (boardRules.view(timeline, t) ?? []) : [],
  );
  const byLane = Map.groupBy(views, ({ lane }) => lane);
  const family = [...(options.family ?? []), ...views.map(({ timeline }) => timeline)];
  const blockers = blockerReader(family);
  const isCounted = countedBySubIssues(views, t, ancestorReader(family));
  const daysOf = (view: IssueView): number | null => (isCounted(view) ? 0 : (view.size?.days ?? null));
  const laneOf = (name: string, role: Lane["role"]): Lane => {
    const views = (byLane.get(name) ?? []).sort((a, b) => a.timeline.number - b.timeline.number);
    const backlog = role === "backlog";
    const shown = backlog ? views.slice(0, options.backlogLimit) : views;
    return {
      name,
      role,
      days: sumDays(views.map(daysOf)),
      cards: shown.map((view) =>
        cardOf(view, {
          links: options.links,
          days: daysOf(view),
          bySubIssues: isCounted(view),
          blocked: blockers.at(view.timeline, t),
        }),
      ),
      hidden: views.length - shown.length + (backlog ? (options.backlogHidden ?? 0) : 0),
    };
  };
  return {
    at: isoOf(t),
    ...unitField(boardRules.rules.unit),
    lanes: [
      ...boardRules.rules.lanes.map((rule) => laneOf(rule.name, rule.role)),
      laneOf(freezeboxLane, "freezebox"),
    ],
  };
}

import { isoOf, sumDays } from "../model/days.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { Board, Lane } from "../model/report.ts";
import { cardOf } from "./card.ts";
import { type BoardRules, freezeboxLane, type IssueView } from "./issue-view.ts";

export interface BoardOptions {
  links: boolean;
  /** Most cards listed in the backlog lane; the rest is counted as hidden. */
  backlogLimit: number;
  /** Open issues outside the sprint that were not even handed in. */
  backlogHidden?: number;
}

/** The sprint's board at `t` (epoch ms): its lanes in order, then the freezebox. */
export function computeBoard(
  timelines: Iterable<IssueTimeline>,
  t: number,
  boardRules: BoardRules,
  options: BoardOptions,
): Board {
  const byLane = new Map<string, IssueView[]>();
  for (const timeline of timelines) {
    if (timeline.pullRequest) continue;
    const view = boardRules.view(timeline, t);
    if (view?.lane == null) continue;
    const lane = byLane.get(view.lane);
    if (lane === undefined) byLane.set(view.lane, [view]);
    else lane.push(view);
  }
  const laneOf = (name: string, role: Lane["role"]): Lane => {
    const views = (byLane.get(name) ?? []).sort((a, b) => a.timeline.number - b.timeline.number);
    const backlog = role === "backlog";
    const shown = backlog ? views.slice(0, options.backlogLimit) : views;
    return {
      name,
      role,
      days: sumDays(views.map((v) => v.size?.days ?? null)),
      cards: shown.map((view) => cardOf(view, { links: options.links })),
      hidden: views.length - shown.length + (backlog ? (options.backlogHidden ?? 0) : 0),
    };
  };
  return {
    at: isoOf(t),
    lanes: [
      ...boardRules.rules.lanes.map((rule) => laneOf(rule.name, rule.role)),
      laneOf(freezeboxLane, "freezebox"),
    ],
  };
}

import type { IssueTimeline } from "../model/interval.ts";
import type { Board } from "../model/report.ts";
import type { Sprint } from "../model/sprint.ts";
import { computeBoard } from "./board.ts";
import type { BoardRules } from "./issue-view.ts";
import { everMember } from "./membership.ts";

/** What the boards at both ends of a sprint are made of. */
export interface SprintBoardsInput {
  /** Up to when history is known, epoch ms. */
  asOf: number;
  sprint: Sprint;
  /** All that ever carried the sprint's mark in it, and the issues above them. Others do no harm. */
  timelines: readonly IssueTimeline[];
  /** Open issues for the backlog lane; may be a part of them, `backlogHidden` counts the rest. */
  backlog: readonly IssueTimeline[];
  backlogHidden: { start: number; end: number };
  /** false: the repository has no web address. */
  links: boolean;
}

/** S and E of a sprint, epoch ms; of one that runs past `asOf`, `to` is that. */
export function spanOf(sprint: Sprint, asOf: number): { from: number; to: number } {
  const to = Math.max(sprint.start + 1, Math.min(sprint.end, asOf));
  return { from: Math.min(sprint.start + sprint.grace, to - 1), to };
}

/** The issues that were in the sprint at any moment from its start to E. */
export function membersOf(
  { timelines, sprint, asOf }: Pick<SprintBoardsInput, "timelines" | "sprint" | "asOf">,
  { isMember, counts }: BoardRules,
): IssueTimeline[] {
  const { to } = spanOf(sprint, asOf);
  return timelines.filter((t) => counts(t) && everMember(t, sprint.start, to, isMember));
}

/** The board of a sprint at its start (S), or at its end (just before E). `members`: see `membersOf`. */
export function computeSprintBoard(
  input: SprintBoardsInput,
  which: "start" | "end",
  boardRules: BoardRules,
  members: readonly IssueTimeline[] = membersOf(input, boardRules),
): Board {
  const { from, to } = spanOf(input.sprint, input.asOf);
  const candidates = new Map([...input.backlog, ...members].map((timeline) => [timeline.number, timeline]));
  return computeBoard(candidates.values(), which === "start" ? from : to - 1, boardRules, {
    links: input.links,
    backlogLimit: 20,
    backlogHidden: input.backlogHidden[which],
    family: input.timelines,
  });
}

import type { IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Mark, Sprint } from "../core/model/sprint.ts";
import { type MilestoneTitles, milestonesMeant } from "../core/report/membership.ts";
import { type SprintBoardsInput, spanOf } from "../core/report/sprint-boards.ts";
import type { MarkQuery } from "../store/store.ts";
import { type Archive, timelinesOf, withRelatives } from "./archive.ts";

/** Open issues read for the backlog lane; the others are counted. */
const backlogLimit = 300;

/** Numbers of the issues that the boards at both ends of a sprint are made of. */
export interface BoardNumbers {
  /** All that carried the sprint's mark in it, of whatever kind. */
  carriers: number[];
  /** The same, and those that may have. */
  members: number[];
  /** Open issues for the backlog lane, and how many more were open at each end. */
  backlog: number[];
  backlogHidden: { start: number; end: number };
}

/** `asOf`: up to when history is known, epoch ms. */
export function boardNumbers(archive: Archive, sprint: Sprint, asOf: number): BoardNumbers {
  const { store, milestones } = archive;
  const { from, to } = spanOf(sprint, asOf);
  const mark = queryOf(sprint.mark, milestones);
  const members = store.issuesEverCarrying(mark, { from: sprint.start, to });
  // Who was in the iteration before it was first seen is unknown; those who may have been must be there to say so.
  const perhaps = sprint.mark.by === "iteration" ? store.issuesEverCarrying(mark) : [];
  const onBoard = new Set(members);
  const openAtStart = openAt(archive, from);
  const openAtEnd = openAt(archive, to - 1);
  const backlog = [...new Set([...openAtStart, ...openAtEnd])]
    .filter((number) => !onBoard.has(number))
    .sort((a, b) => a - b)
    .slice(0, backlogLimit);
  const handed = new Set([...onBoard, ...backlog]);
  const hidden = (open: number[]) => open.filter((number) => !handed.has(number)).length;
  return {
    carriers: members,
    members: [...members, ...perhaps],
    backlog,
    backlogHidden: { start: hidden(openAtStart), end: hidden(openAtEnd) },
  };
}

/** What the boards at both ends are computed from, and no more than that. */
export function sprintBoardsInput(
  archive: Archive,
  sprint: Sprint,
  asOf = archive.asOf,
  { members, backlog, backlogHidden } = boardNumbers(archive, sprint, asOf),
): SprintBoardsInput {
  return {
    asOf,
    sprint,
    timelines: withRelatives(archive, [...members, ...backlog]),
    backlog: timelinesOf(archive, backlog),
    backlogHidden,
    links: archive.content.settings.links,
  };
}

/** Issues that a board of the sprint at `at` can show, and how many open ones are only counted. */
export function boardIssues(
  archive: Archive,
  sprint: Sprint,
  at: number,
): { timelines: IssueTimeline[]; family: IssueTimeline[]; hidden: number } {
  const { store, milestones } = archive;
  const members = new Set(
    store.issuesEverCarrying(queryOf(sprint.mark, milestones), { from: at, to: at + 1 }),
  );
  const others = openAt(archive, at).filter((number) => !members.has(number));
  const shown = others.slice(0, backlogLimit);
  const numbers = [...members, ...shown];
  return {
    timelines: timelinesOf(archive, numbers),
    family: withRelatives(archive, numbers),
    hidden: others.length - shown.length,
  };
}

/** What to ask the store for: the marks that `markTest` tests. */
export function queryOf(mark: Mark, milestones: readonly MilestoneTitles[]): MarkQuery {
  if (mark.by === "label") return { label: mark.name };
  if (mark.by === "status") return { status: mark.value };
  if (mark.by === "iteration") return { iteration: mark.title };
  const meant = milestonesMeant(mark, milestones);
  return { milestone: meant?.by === "number" ? present(meant.numbers[0]) : mark.title };
}

const openAt = ({ store, content }: Archive, at: number): number[] =>
  store.issuesOpenDuring({ from: at, to: at + 1 }, content.settings.count);

import { rulesOf } from "../content/settings-schema.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import { placeOf } from "../core/model/repositories.ts";
import type { Rules } from "../core/model/rules.ts";
import type { Mark, Sprint } from "../core/model/sprint.ts";
import { type MilestoneTitles, milestonesMeantAt, titlesPerhaps } from "../core/report/membership.ts";
import { type SprintBoardsInput, spanOf } from "../core/report/sprint-boards.ts";
import type { History, MarkQuery } from "../store/store.ts";
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
  const members = issuesMarked(store, sprint.mark, milestones, { from: sprint.start, to });
  // Where a mark came or went without an event, who had it in the sprint is unknown; those who may have must be there to
  // say so. A status that every sprint shares tells of too many.
  const perhaps = sprint.mark.by === "status" ? [] : issuesMarked(store, sprint.mark, milestones);
  perhaps.push(...formerlyMarked(store, sprint.mark, milestones));
  // Where nothing is known of what an issue was, it may have had the mark without ever having carried it.
  perhaps.push(...store.issuesInDoubt({ from: sprint.start, to }, [sprint.mark.by], "nameless"));
  const onBoard = new Set(members);
  const openAtStart = openAt(archive, from, to);
  const openAtEnd = openAt(archive, to - 1, to);
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
export function sprintBoardsInput(archive: Archive, sprint: Sprint, asOf = archive.asOf): SprintBoardsInput {
  const { members, backlog, backlogHidden } = boardNumbers(archive, sprint, asOf);
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
  const members = new Set(issuesMarked(store, sprint.mark, milestones, { from: at, to: at + 1 }));
  const others = openAt(archive, at, Math.max(at + 1, sprint.end)).filter((number) => !members.has(number));
  const shown = others.slice(0, backlogLimit);
  const numbers = [...members, ...shown];
  return {
    timelines: timelinesOf(archive, numbers),
    family: withRelatives(archive, numbers),
    hidden: others.length - shown.length,
  };
}

/** Numbers of issues that carried what a mark means, at any time or in [from, to): those that `markTest` tests. Rising. */
export function issuesMarked(
  history: History,
  mark: Mark,
  milestones: readonly MilestoneTitles[],
  span?: { from: number; to: number },
): number[] {
  const found = queriesOf(mark, milestones).flatMap((query) => history.issuesEverCarrying(query, span));
  return [...new Set(found)].sort((a, b) => a - b);
}

/** The same of what carried a title that the mark's milestones may have borne before. */
export function formerlyMarked(
  history: History,
  mark: Mark,
  milestones: readonly MilestoneTitles[],
  span?: { from: number; to: number },
): number[] {
  const titles = new Set(titlesPerhaps(mark, milestones).map(({ title }) => title));
  return [...titles].flatMap((title) => history.issuesEverCarrying({ milestone: title }, span));
}

function queriesOf(mark: Mark, milestones: readonly MilestoneTitles[]): MarkQuery[] {
  if (mark.by === "label") return [{ label: mark.name }];
  if (mark.by === "status") return [{ status: mark.value }];
  if (mark.by === "iteration") return [{ iteration: mark.title }];
  const { title, number } = mark;
  const isByNumber = number !== null && milestonesMeantAt(0, mark, milestones)?.by === "number";
  const others = milestones.some((one) => placeOf(one.number) > 0);
  // In other repositories a number is a title, and nothing else.
  return isByNumber
    ? [{ milestone: number }, ...(others ? [{ milestone: title }] : [])]
    : [{ milestone: title }];
}

/** Open issues at an instant, less those of other teams by a sprint's end. */
function openAt(archive: Archive, at: number, until: number): number[] {
  const { store, content } = archive;
  const { foreign } = rulesAt(archive, until);
  const open = store.issuesOpenDuring({ from: at, to: at + 1 }, content.settings.count);
  return foreign === undefined ? open : open.filter((number) => !foreign.has(number));
}

/**
 * The team's rules, with what belongs to other teams by `until`, epoch ms: issues that were in sprints of theirs and in
 * none of its own.
 */
export function rulesAt({ store, content, milestones, others }: Archive, until: number): Rules {
  const rules = rulesOf(content.settings);
  if (others.length === 0) return rules;
  const held = (sprints: readonly Sprint[]) =>
    sprints
      .filter(({ start }) => start < until)
      .flatMap(({ mark, start, end }) =>
        issuesMarked(store, mark, milestones, { from: start, to: Math.min(end, until) }),
      );
  const own = new Set(held(content.sprints.map(({ sprint }) => sprint)));
  return { ...rules, foreign: new Set(held(others).filter((number) => !own.has(number))) };
}

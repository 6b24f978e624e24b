import { isoOf } from "../model/days.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { FinishedCard } from "../model/report.ts";
import type { Sprint } from "../model/sprint.ts";
import { cardOf } from "./card.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";
import { everMember, type SprintTest } from "./membership.ts";
import { instantsOf } from "./scope.ts";

/** Work that was done and that no sprint counts as completed. */
export interface FinishedOutside {
  /** Done after this sprint's end and no later than the next one's start, or in its days and never in a sprint. */
  finishedOutside: FinishedCard[];
  /** Done after the end of the sprint before and no later than this one's start; of the first, in its plan grace. */
  finishedBefore: FinishedCard[];
  /** Done in its days, and only ever in sprints that were over by then. */
  late: FinishedCard[];
}

interface Finished {
  timeline: IssueTimeline;
  at: number;
  eventId: number | null;
}

/** What is done at `until` and was not at `after`, with when it became so for the last time. */
function finishedBetween(
  timelines: readonly IssueTimeline[],
  { after, until }: { after: number; until: number },
  boardRules: BoardRules,
): Finished[] {
  return timelines.flatMap((timeline): Finished[] => {
    // Most issues rest in these days: what did not change did not become done, and asking for a view takes longer.
    const instants = instantsOf(timeline, after, until + 1);
    if (instants.length === 0 || !boardRules.counts(timeline)) return [];
    if (!boardRules.view(timeline, until)?.done) return [];
    // What comes back done from another repository was finished before it left.
    const isDone = (t: number | undefined): boolean => {
      const view = viewAt(timeline, t ?? after, boardRules);
      return view?.gone ? isDone(view.gone.from - 1) : view?.done === true;
    };
    if (isDone(after)) return [];
    const at = instants.findLast((t, index) => isDone(t) && !isDone(instants[index - 1]));
    if (at === undefined) return [];
    const closed = viewAt(timeline, at, boardRules)?.closed ?? null;
    return [{ timeline, at, eventId: closed?.from === at ? closed.startEvent : null }];
  });
}

const startOf = ({ start, grace }: Sprint): number => start + grace;

/** Whether it was in a sprint that counts it: one that had started and was not over. */
const isInSprint = ({ timeline, at }: Finished, tests: readonly SprintTest[]): boolean =>
  tests.some(
    ({ sprint, test }) =>
      startOf(sprint) < at && at < sprint.end && everMember(timeline, startOf(sprint), sprint.end, test),
  );

/** The newest sprint in whose days it was a member of it; null: it was never in a sprint. */
function lastSprintOf({ timeline, at }: Finished, tests: readonly SprintTest[]): number | null {
  const held = tests
    .filter(
      ({ sprint, test }) =>
        sprint.start <= at && everMember(timeline, sprint.start, Math.min(sprint.end, at + 1), test),
    )
    .map(({ sprint }) => sprint)
    .sort((a, b) => a.end - b.end);
  return held.at(-1)?.number ?? null;
}

/**
 * What was finished outside the sprints in the days of one of them, and in the gaps before and after it. `span`: its S
 * and E. `asOf` caps what is known. `timelines`: all that became done since the sprint before ended.
 */
export function computeFinishedOutside(
  timelines: readonly IssueTimeline[],
  sprint: Sprint,
  span: { from: number; to: number; asOf: number },
  tests: readonly SprintTest[],
  boardRules: BoardRules,
  links: boolean,
): FinishedOutside {
  const inGap = (after: number, until: number) =>
    cards(finishedBetween(timelines, { after, until }, boardRules), until);
  const cards = (list: readonly Finished[], shownAt: number) =>
    list
      .filter((finished) => !isInSprint(finished, tests))
      .map((finished): FinishedCard => {
        const view = present(boardRules.view(finished.timeline, shownAt));
        return {
          ...cardOf(view, { links }),
          finishedAt: isoOf(finished.at),
          eventId: finished.eventId,
          lastSprint: lastSprintOf(finished, tests),
        };
      })
      .sort((a, b) => a.number - b.number);
  const others = tests.map((test) => test.sprint);
  const ended = others.filter(({ end }) => end <= sprint.start).map(({ end }) => end);
  const next = others.filter(({ start }) => start >= sprint.end).map(startOf);
  const within = cards(
    finishedBetween(timelines, { after: span.from, until: span.to - 1 }, boardRules),
    span.to - 1,
  );
  const isOver = span.asOf >= sprint.end;
  const afterwards = isOver ? inGap(sprint.end - 1, Math.min(span.asOf, ...next)) : [];
  return {
    finishedOutside: [...within.filter((card) => card.lastSprint === null), ...afterwards],
    // Before the first sprint only its days of planning are looked at, which no sprint counts either.
    finishedBefore: inGap(ended.length === 0 ? sprint.start : Math.max(...ended) - 1, span.from),
    late: within.filter((card) => card.lastSprint !== null),
  };
}

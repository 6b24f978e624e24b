import type { IssueTimeline } from "../model/interval.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import type { Actual } from "./effort.ts";
import { type Counted, type CountedSprint, countedIn } from "./effort-ledger.ts";
import { compileRules, isTask } from "./issue-view.ts";
import type { SprintTest } from "./membership.ts";
import { isFinal, type Scope } from "./scope.ts";
import type { Spent, SpentReader } from "./spent.ts";

/** What was said in a sprint of effort really spent. */
export interface SpentInSprint {
  /** By number: what the sprint counts on its final scope. */
  actuals: Map<number, Actual>;
  /** On other issues. */
  elsewhere: Counted[];
  /** Wherever an earlier figure was mended to less. */
  corrections: Counted[];
}

function closedSprint({ sprint, test }: SprintTest, rules: Rules): CountedSprint {
  const boardRules = compileRules(rules, test);
  const from = Math.min(sprint.start + sprint.grace, sprint.end - 1);
  return { from, to: sprint.end, holds: (timeline) => isFinal(timeline, from, sprint.end, boardRules) };
}

/** `timelines`: every issue of which effort may have been said. `span`: S and E. */
export function spentInSprint(
  timelines: readonly IssueTimeline[],
  scope: Scope,
  sprint: Sprint,
  span: { from: number; to: number },
  tests: readonly SprintTest[],
  rules: Rules,
  read: SpentReader,
): SpentInSprint {
  const final = new Set(scope.final.map(({ timeline }) => timeline));
  const here = { ...span, holds: (timeline: IssueTimeline) => final.has(timeline) };
  const earlier = tests
    .filter((one) => one.sprint.end <= sprint.start)
    .sort((a, b) => a.sprint.end - b.sprint.end)
    .map((one) => closedSprint(one, rules));
  const counts = isTask(rules);
  const counted = timelines.flatMap((timeline) =>
    counts(timeline) ? (countedIn(here, earlier, timeline, read) ?? []) : [],
  );
  // Words that were taken back since, in a sprint that named them as corrected, still have their days to count.
  const nothing: Spent = {
    days: 0,
    eventId: null,
    at: span.to - 1,
    by: "label",
    comments: 0,
    source: "by words taken back since",
    provenance: "replayed",
  };
  return {
    actuals: new Map(
      counted.flatMap(({ timeline, days, spent, isFinal: held, correction }): [number, Actual][] =>
        held && (spent !== null || days > 0)
          ? [[timeline.number, { ...(spent ?? nothing), inSprint: days, correction }]]
          : [],
      ),
    ),
    elsewhere: counted.filter(({ isFinal: held, days }) => !held && days > 0),
    corrections: counted.filter(({ correction }) => correction < 0),
  };
}

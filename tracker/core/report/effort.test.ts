import fc from "fast-check";
import { expect, test } from "vitest";
import { anyIssues as issues } from "../../testing/arbitraries.ts";
import { rules, sprintOf } from "../../testing/timelines.ts";
import { sumDays } from "../model/days.ts";
import { computeEffort } from "./effort.ts";
import { compileRules } from "./issue-view.ts";
import { markTest } from "./membership.ts";
import { scopeOf } from "./scope.ts";

const sprint = sprintOf(1);
const boardRules = compileRules(rules, markTest(sprint.mark, [{ number: 1, titles: ["Sprint 1"] }]));

const from = fc.integer({ min: sprint.start, max: sprint.end - 1 });

test("committed + added + re-estimated − removed = final, and what is final is done, frozen or left", () => {
  fc.assert(
    fc.property(issues, from, (timelines, s) => {
      const scope = scopeOf(timelines, s, sprint.end, boardRules);
      const e = computeEffort(scope, new Map());
      expect(sumDays([e.committed, e.added, e.reestimated, -e.removed])).toBe(e.final);
      expect(sumDays([e.completed, e.frozen, e.notCompleted])).toBe(e.final);
      expect(sumDays(scope.notCompleted.map((i) => i.daysAtEnd))).toBe(e.notCompleted);
      expect(e.completedInitial).toBeLessThanOrEqual(e.completed);
    }),
    { numRuns: 400 },
  );
});

test("the sets are disjoint, and the order of issues does not matter", () => {
  fc.assert(
    fc.property(issues, (timelines) => {
      const scope = scopeOf(timelines, sprint.start, sprint.end, boardRules);
      const numbers = (items: typeof scope.all) => items.map((i) => i.timeline.number);
      const parts = [scope.kept, scope.added, scope.removed, scope.cameAndWent].flatMap(numbers);
      expect(new Set(parts).size).toBe(parts.length);
      expect(
        computeEffort(scopeOf(timelines.toReversed(), sprint.start, sprint.end, boardRules), new Map()),
      ).toEqual(computeEffort(scope, new Map()));
    }),
  );
});

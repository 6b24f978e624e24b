import fc from "fast-check";
import { expect, test } from "vitest";
import { computeEffort } from "./effort.ts";
import { sumDays } from "./figures.ts";
import { lensOf } from "./lane.ts";
import { markTest } from "./membership.ts";
import { scopeOf } from "./scope.ts";
import {
  close,
  enter,
  label,
  leave,
  on,
  reopen,
  rules,
  sprintOf,
  type Told,
  tell,
  unlabel,
} from "./testing/tell.ts";

const sprint = sprintOf(1);
const lens = lensOf(rules, markTest(sprint.mark, [{ number: 1, titles: ["Sprint 1"] }]));

const at = fc.integer({ min: on("02"), max: on("14") }).map((t) => Math.round(t / 60_000) * 60_000);
const size = fc.constantFrom("size: S", "size: M", "size: L", "size: 2.5", "size: 0.33", "size: 1.005");
const event: fc.Arbitrary<Told> = fc.oneof(
  at.map((t) => enter(t)),
  at.map((t) => leave(t)),
  at.map((t) => enter(t, 2)),
  at.map((t) => close(t)),
  at.map((t) => close(t, "not_planned")),
  at.map((t) => reopen(t)),
  fc.tuple(at, size).map(([t, s]) => label(t, s)),
  fc.tuple(at, size).map(([t, s]) => unlabel(t, s)),
  at.map((t) => label(t, "freezebox")),
  at.map((t) => unlabel(t, "freezebox")),
  at.map((t) => label(t, "in progress")),
);
const issues = fc
  .array(fc.tuple(fc.array(event, { maxLength: 10 }), fc.integer({ min: 0, max: 8 })), { maxLength: 8 })
  .map((list) =>
    list.map(([events, parent], i) => tell(i + 1, "01", events, parent > 0 && parent <= i ? { parent } : {})),
  );
const from = fc.integer({ min: sprint.start, max: sprint.end - 1 });

test("committed + added + re-estimated − removed = final, and what is final is done, frozen or left", () => {
  fc.assert(
    fc.property(issues, from, (timelines, s) => {
      const scope = scopeOf(timelines, s, sprint.end, lens);
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
      const scope = scopeOf(timelines, sprint.start, sprint.end, lens);
      const numbers = (items: typeof scope.all) => items.map((i) => i.timeline.number);
      const parts = [scope.kept, scope.added, scope.removed, scope.cameAndWent].flatMap(numbers);
      expect(new Set(parts).size).toBe(parts.length);
      expect(
        computeEffort(scopeOf(timelines.toReversed(), sprint.start, sprint.end, lens), new Map()),
      ).toEqual(computeEffort(scope, new Map()));
    }),
  );
});

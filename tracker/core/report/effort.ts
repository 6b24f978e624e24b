import { ratio, roundDays, sumDays } from "../model/days.ts";
import { present } from "../model/present.ts";
import type { Effort } from "../model/report.ts";
import type { SizeUnit } from "../model/rules.ts";
import type { Item, Scope } from "./scope.ts";
import type { Spent } from "./spent.ts";

/** Effort really spent on an issue: all in all, and what one sprint counts of it. */
export interface Actual extends Spent {
  /** What no earlier sprint has counted, man-days; never below 0. */
  inSprint: number;
  /** How far below 0 that would be; 0: no correction. */
  correction: number;
}

/** Man-days really spent per issue number; an issue that is not in it has no known actual. */
export type Actuals = ReadonlyMap<number, Actual>;

const atStart = (items: readonly Item[]): number => sumDays(items.map((i) => i.daysAtStart));
const atEnd = (items: readonly Item[]): number => sumDays(items.map((i) => i.daysAtEnd));

function sumActual(items: readonly Item[], actuals: Actuals): number | null {
  const known = items.filter((i) => actuals.has(i.timeline.number));
  return known.length === 0
    ? null
    : sumDays(known.map((i) => present(actuals.get(i.timeline.number)).inSprint));
}

/** Estimates are of the whole issue, so they are held against all that was ever spent on it. */
function estimationError(items: readonly Item[], actuals: Actuals): number | null {
  const both = items.filter(
    (i) => i.daysAtEnd !== null && !i.byLeavesAtEnd && actuals.has(i.timeline.number),
  );
  if (both.length === 0) return null;
  return roundDays(sumDays(both.map((i) => present(actuals.get(i.timeline.number)).days)) - atEnd(both));
}

const unsized = (items: readonly Item[], key: "daysAtStart" | "daysAtEnd"): number =>
  items.filter((i) => i[key] === null).length;

/** Every figure of effort: sizes in `unit`, what was spent in man-days, and the two never in one sum. The identity committed + added + reestimated − removed = final always holds. */
export function computeEffort(
  scope: Scope,
  actuals: Actuals,
  elsewhere: readonly { days: number }[] = [],
  unit: SizeUnit = "days",
): Effort {
  const initial = new Set(scope.kept);
  const committed = atStart(scope.committed);
  const final = atEnd(scope.final);
  const completed = atEnd(scope.completed);
  const completedInitial = atEnd(scope.completed.filter((i) => initial.has(i)));
  const frozen = atEnd(scope.frozen);
  // A parent that counts by its sub-issues is no issue without an actual.
  const asked = scope.final.filter((i) => !i.byLeavesAtEnd);
  const withActual = asked.filter((i) => actuals.has(i.timeline.number)).length;
  return {
    committed,
    added: atEnd(scope.added),
    removed: atStart(scope.removed),
    reestimated: roundDays(atEnd(scope.kept) - atStart(scope.kept)),
    final,
    completed,
    completedInitial,
    notCompleted: roundDays(final - completed - frozen),
    frozen,
    actual: sumActual(scope.final, actuals),
    spentElsewhere: sumDays(elsewhere.map(({ days }) => days)),
    actualShare: ratio(withActual, asked.length),
    estimationError: unit === "days" ? estimationError(scope.final, actuals) : null,
    unexpectedActual: sumActual(scope.added, actuals),
    sayDo: ratio(completed, committed),
    sayDoInitial: ratio(completedInitial, committed),
    unestimated: {
      committed: unsized(scope.committed, "daysAtStart"),
      final: unsized(scope.final, "daysAtEnd"),
    },
    counts: {
      committed: scope.committed.length,
      added: scope.added.length,
      removed: scope.removed.length,
      final: scope.final.length,
      completed: scope.completed.length,
      frozen: scope.frozen.length,
    },
  };
}

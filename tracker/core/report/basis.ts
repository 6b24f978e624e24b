import type { Card } from "../model/card.ts";
import type { Report } from "../model/report.ts";
import type { Rules } from "../model/rules.ts";
import type { Sprint } from "../model/sprint.ts";
import { canonicalJson } from "./canonical-json.ts";
import { sizeUnitOf } from "./unit.ts";

/** What figures rest on beside history, by its name in settings.yml or in the sprint's file. */
export function basisOf(rules: Rules, { mark }: Pick<Sprint, "mark">): Record<string, unknown> {
  const { count = "issues", lanes, sizes, sizePrefix, actualPrefix, types, estimate, actual } = rules;
  const { debt, freezebox } = rules.labels;
  return {
    mark,
    count,
    lanes,
    sizes,
    sizePrefix,
    actualPrefix,
    labels: { debt, freezebox },
    hoursPerDay: rules.hoursPerDay,
    daysPerWeek: rules.daysPerWeek,
    ...(types === undefined ? {} : { types }),
    ...(estimate === undefined ? {} : { estimate }),
    ...(actual === undefined ? {} : { actual }),
  };
}

const differ = (a: unknown, b: unknown): boolean => canonicalJson([a]) !== canonicalJson([b]);

/**
 * What a team has changed since a report was frozen, by its name in settings.yml or in the sprint's file. A report that
 * did not keep its settings tells by its cards what a size was worth.
 */
export function changedBasis(frozen: Report, fresh: Report): string[] {
  const dates = (["start", "end", "committedAt", "timeZone", "capacityDays"] as const).filter((name) =>
    differ(frozen.sprint[name], fresh.sprint[name]),
  );
  const unit = sizeUnitOf(frozen) === sizeUnitOf(fresh) ? [] : ["unit"];
  const [before, now] = [frozen.settings, fresh.settings];
  if (before === undefined || now === undefined)
    return [...dates, ...unit, ...(areSizesChanged(frozen, fresh) ? ["sizes"] : [])];
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return [...dates, ...unit, ...names.filter((name) => differ(before[name], now[name]))];
}

function areSizesChanged(frozen: Report, fresh: Report): boolean {
  const before = worthOf(frozen);
  return [...worthOf(fresh)].some(([size, days]) => days !== (before.get(size) ?? days));
}

/** What each size counts on the boards of a report; a parent counts by its sub-issues. */
function worthOf({ boards }: Report): Map<string, number> {
  const cards: Card[] = [boards.start, boards.end].flatMap(({ lanes }) =>
    lanes.flatMap((lane) => lane.cards),
  );
  return new Map(
    cards.flatMap(({ size, days, bySubIssues }) =>
      size == null || days == null || bySubIssues ? [] : [[size, days] as const],
    ),
  );
}

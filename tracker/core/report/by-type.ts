import { sumDays } from "../model/days.ts";
import type { Card, TypeShare } from "../model/report.ts";

/** Cards by their issue type, most days first, then most tasks; null where none of them has a type. */
export function sharesByType(cards: readonly Card[]): TypeShare[] | null {
  if (cards.every(({ type }) => type === undefined)) return null;
  return [...Map.groupBy(cards, ({ type }) => type ?? null)]
    .map(([type, list]) => ({
      type,
      tasks: list.length,
      days: sumDays(list.map(({ days }) => days)),
      unestimated: list.filter(({ days }) => days === null).length,
    }))
    .sort(
      (a, b) =>
        b.days - a.days || b.tasks - a.tasks || ((a.type ?? "\uffff") < (b.type ?? "\uffff") ? -1 : 1),
    );
}

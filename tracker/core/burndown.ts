import { daysBetween, isWorkday, nextDay, startOfDay, type WorkWeek } from "./calendar.ts";
import { isoOf, roundDays } from "./figures.ts";
import type { Lens } from "./lane.ts";
import { stepsOf } from "./moves.ts";
import type { Burndown } from "./report.ts";
import type { Item } from "./scope.ts";

interface Delta {
  at: number;
  scope: number;
  done: number;
  item: Item;
  eventId: number | null;
}

/** How an issue's weight in scope and in done changes through the sprint. */
function deltasOf(item: Item, from: number, to: number, lens: Lens): Delta[] {
  const weigh = (
    view: { member: unknown; frozen: boolean; done: boolean; size: { days: number } | null } | null,
  ) => {
    const days = view?.member && !view.frozen && !item.byLeavesAtEnd ? (view.size?.days ?? 0) : 0;
    return { scope: days, done: view?.done ? days : 0 };
  };
  let was = weigh(item.atStart);
  return stepsOf(item.timeline, from, to, lens).flatMap((step) => {
    const is = weigh(step.after);
    const delta = { scope: is.scope - was.scope, done: is.done - was.done };
    was = is;
    if (delta.scope === 0 && delta.done === 0) return [];
    const cause = step.causes.find((c) => (c.began ? c.interval.startEvent : c.interval.endEvent) !== null);
    const eventId =
      cause === undefined ? null : cause.began ? cause.interval.startEvent : cause.interval.endEvent;
    return [{ at: step.at, ...delta, item, eventId }];
  });
}

/** The straight way from what was committed to nothing, spent on workdays only: flat on days off. */
export function idealLine(committed: number, start: number, end: number, week: WorkWeek): Burndown["ideal"] {
  const days = daysBetween(start, end, week.timeZone);
  const workdays = days.filter((d) => isWorkday(d, week)).length;
  const line = [{ at: isoOf(start), remaining: committed }];
  let spent = 0;
  for (const day of days) {
    if (isWorkday(day, week)) spent += 1;
    const at = Math.min(startOfDay(nextDay(day), week.timeZone), end);
    line.push({
      at: isoOf(at),
      remaining: workdays === 0 ? committed : roundDays(committed * (1 - spent / workdays)),
    });
  }
  return line;
}

/**
 * Scope, done and remaining man-days from S to E (or to `until`, for a running sprint), and every change of scope.
 * Items done or frozen by S take no part, as in the figures.
 */
export function computeBurndown(
  items: readonly Item[],
  committed: number,
  span: { from: number; until: number; end: number },
  lens: Lens,
): Burndown {
  const active = items.filter((i) => !(i.atStart?.done || i.atStart?.frozen));
  const deltas = active.flatMap((i) => deltasOf(i, span.from, span.until, lens)).sort((a, b) => a.at - b.at);
  const midnights = daysBetween(span.from, span.until, lens.rules.timeZone).map((d) =>
    startOfDay(d, lens.rules.timeZone),
  );
  const instants = [...new Set([span.from, ...midnights, ...deltas.map((d) => d.at), span.until])]
    .filter((at) => at >= span.from && at <= span.until)
    .sort((a, b) => a - b);
  let scope = committed;
  let done = 0;
  let next = 0;
  const points = instants.map((at) => {
    for (; next < deltas.length && deltas[next]!.at <= at; next += 1) {
      scope = roundDays(scope + deltas[next]!.scope);
      done = roundDays(done + deltas[next]!.done);
    }
    return { at: isoOf(at), scope, done, remaining: roundDays(scope - done) };
  });
  return {
    points,
    ideal: idealLine(committed, span.from, span.end, lens.rules),
    scopeEvents: deltas
      .filter((d) => d.scope !== 0)
      .map((d) => ({
        at: isoOf(d.at),
        number: d.item.timeline.number,
        title: d.item.timeline.title,
        delta: roundDays(d.scope),
        eventId: d.eventId,
      })),
  };
}

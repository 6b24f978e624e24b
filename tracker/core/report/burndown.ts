import { daysBetween, isWorkday, nextDay, startOfDay, type WorkWeek } from "../model/calendar.ts";
import { isoOf, roundDays } from "../model/days.ts";
import type { Burndown } from "../model/report.ts";
import type { IssueReplays, ViewChange } from "./replay.ts";
import { type Item, isSettled } from "./scope.ts";
import { isSizedMember } from "./sub-issues.ts";
import type { Unit } from "./unit.ts";

interface Delta {
  at: number;
  scope: number;
  done: number;
  item: Item;
  eventId: number | null;
}

interface Weight {
  scope: number;
  done: number;
}

function eventOf(step: ViewChange): number | null {
  const events = step.causes.map(({ interval, began }) => (began ? interval.startEvent : interval.endEvent));
  return events.find((event) => event !== null) ?? null;
}

/**
 * How the weight of every issue in scope and in done changes through the sprint, in time order. A sub-issue that
 * enters, leaves or is sized changes the weight of the issues above it at the same instant.
 */
function deltasOf(items: readonly Item[], walks: IssueReplays, unit: Unit): Delta[] {
  const byNumber = new Map(items.map((item) => [item.timeline.number, item]));
  const views = new Map(items.map((item) => [item, item.atStart]));
  const leavesBelow = new Map<number, number>();
  const count = (item: Item, by: number) => {
    for (const above of item.ancestors) leavesBelow.set(above, (leavesBelow.get(above) ?? 0) + by);
  };
  for (const item of items) if (isSizedMember(item.atStart)) count(item, 1);
  const weigh = (item: Item): Weight => {
    const view = views.get(item)!;
    const counts = view?.member && !view.frozen && !isSettled(item.atStart);
    const size = unit === "tasks" ? 1 : (view?.size?.days ?? 0);
    const weight = counts && !leavesBelow.get(item.timeline.number) ? size : 0;
    return { scope: weight, done: view?.done ? weight : 0 };
  };
  const weights = new Map(items.map((item) => [item, weigh(item)]));
  const steps = items
    .flatMap((item) => walks.get(item.timeline)!.steps.map((step) => ({ item, step })))
    .sort((a, b) => a.step.at - b.step.at || a.item.timeline.number - b.item.timeline.number);
  const deltas: Delta[] = [];
  for (const { item, step } of steps) {
    count(item, Number(isSizedMember(step.after)) - Number(isSizedMember(step.before)));
    views.set(item, step.after);
    for (const one of [item, ...item.ancestors.flatMap((number) => byNumber.get(number) ?? [])]) {
      const was = weights.get(one)!;
      const is = weigh(one);
      weights.set(one, is);
      const delta = { scope: is.scope - was.scope, done: is.done - was.done };
      if (delta.scope !== 0 || delta.done !== 0)
        deltas.push({ at: step.at, ...delta, item: one, eventId: eventOf(step) });
    }
  }
  return deltas;
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
 * Scope, done and remaining, in man-days or in tasks, from S to E (or to `until`, for a running sprint), and every change of scope.
 * Items done or frozen by S take no part, as in the figures. `walks`: of all items, from `span.from` to `span.until`.
 */
export function computeBurndown(
  items: readonly Item[],
  committed: number,
  span: { from: number; until: number; end: number },
  walks: IssueReplays,
  week: WorkWeek,
  unit: Unit,
): Burndown {
  const deltas = deltasOf(items, walks, unit);
  const midnights = daysBetween(span.from, span.until, week.timeZone).map((d) =>
    startOfDay(d, week.timeZone),
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
    ...(unit === "tasks" ? { unit } : {}),
    points,
    ideal: idealLine(committed, span.from, span.end, week),
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

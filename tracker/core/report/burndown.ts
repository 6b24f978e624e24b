import { daysBetween, isWorkday, nextDay, startOfDay, type WorkWeek } from "../model/calendar.ts";
import { isoOf, roundDays } from "../model/days.ts";
import { present } from "../model/present.ts";
import type { Burndown } from "../model/report.ts";
import type { ViewChange } from "./issue-replay.ts";
import type { IssueView } from "./issue-view.ts";
import type { SprintReplay } from "./replay.ts";
import type { Item } from "./scope.ts";
import type { LeafHistory } from "./sub-issues.ts";
import type { Unit } from "./unit.ts";

interface Delta {
  at: number;
  scope: number;
  done: number;
  item: Item;
  /** Title of the issue then. */
  title: string;
  eventId: number | null;
  /** What happens to an issue itself comes before what its sub-issues do to it at the same instant. */
  rank: 0 | 1;
}

interface Weight {
  scope: number;
  done: number;
}

function eventOf(step: ViewChange): number | null {
  const events = step.causes.map(({ interval, began }) => (began ? interval.startEvent : interval.endEvent));
  return events.find((event) => event !== null) ?? null;
}

/** How the weight of one issue in scope and in done changes through the sprint. */
function deltasOf(item: Item, steps: readonly ViewChange[], leaves: LeafHistory | undefined, unit: Unit) {
  // What was settled at the start weighs nothing until it is taken up again.
  const since = item.isSettledAtStart ? (item.revival?.at ?? Number.POSITIVE_INFINITY) : -1;
  const weigh = (view: IssueView | null, byLeaves: boolean, at: number): Weight => {
    const counts = view !== null && view.member !== null && !view.frozen && at >= since && !byLeaves;
    const weight = counts ? (unit === "tasks" ? 1 : (view.size?.days ?? 0)) : 0;
    return { scope: weight, done: view?.done ? weight : 0 };
  };
  let view = item.atStart;
  let byLeaves = leaves?.first ?? false;
  let was = weigh(view, byLeaves, 0);
  const causes = [
    ...steps.map((step) => ({ at: step.at, rank: 0 as const, step, leaf: null })),
    ...(leaves?.changes ?? []).map((leaf) => ({ at: leaf.at, rank: 1 as const, step: null, leaf })),
  ].sort((a, b) => a.at - b.at || a.rank - b.rank);
  return causes.flatMap(({ at, rank, step, leaf }): Delta[] => {
    if (step !== null) view = step.after;
    else byLeaves = leaf.byLeaves;
    const is = weigh(view, byLeaves, at);
    const delta = { scope: is.scope - was.scope, done: is.done - was.done };
    was = is;
    if (delta.scope === 0 && delta.done === 0) return [];
    const eventId = step === null ? leaf.eventId : eventOf(step);
    return [{ at, ...delta, item, title: view?.title ?? item.timeline.title, eventId, rank }];
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
 * Scope, done and remaining, in the unit of the report, from S to E (or to `until`, for a running sprint), and every change of scope.
 * Items settled for the whole sprint take no part, as in the figures. `replay`: of all items, from `span.from`
 * to `span.until`.
 */
export function computeBurndown(
  items: readonly Item[],
  committed: number,
  span: { from: number; until: number; end: number },
  { replays, leaves }: SprintReplay,
  week: WorkWeek,
  unit: Unit,
): Burndown {
  const deltas = items
    .flatMap((item) => {
      const { number } = item.timeline;
      return deltasOf(item, replays.get(item.timeline)?.steps ?? [], leaves.get(number), unit);
    })
    .sort((a, b) => a.at - b.at || a.rank - b.rank || a.item.timeline.number - b.item.timeline.number);
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
    for (; next < deltas.length && present(deltas[next]).at <= at; next += 1) {
      scope = roundDays(scope + present(deltas[next]).scope);
      done = roundDays(done + present(deltas[next]).done);
    }
    return { at: isoOf(at), scope, done, remaining: roundDays(scope - done) };
  });
  return {
    ...(unit === "days" ? {} : { unit }),
    points,
    ideal: idealLine(committed, span.from, span.end, week),
    scopeEvents: deltas
      .filter((d) => d.scope !== 0)
      .map((d) => ({
        at: isoOf(d.at),
        number: d.item.timeline.number,
        title: d.title,
        delta: roundDays(d.scope),
        eventId: d.eventId,
      })),
  };
}

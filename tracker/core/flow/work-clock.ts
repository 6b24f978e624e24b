import { dayOf, isWorkday, nextDay, startOfDay, type WorkWeek } from "../model/calendar.ts";
import { roundDays } from "../model/days.ts";
import type { Elapsed } from "../model/flow.ts";
import { present } from "../model/present.ts";

/** Half-open, epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** Measures time within one span, all of it and on working days. */
export interface WorkClock {
  /** All of them together, in any order. They must not reach beyond the clock's span. */
  elapsed(spans: readonly Span[]): Elapsed;
}

const dayLength = 24 * 3_600_000;

/** `span`: all that will be asked of it. */
export function createWorkClock(week: WorkWeek, span: Span): WorkClock {
  const starts: number[] = [];
  /** Milliseconds of working days before each start. */
  const worked: number[] = [];
  const isWorked: boolean[] = [];
  let sum = 0;
  for (
    let day = dayOf(span.from, week.timeZone), start = startOfDay(day, week.timeZone);
    start <= span.to;
  ) {
    const next = nextDay(day);
    const end = startOfDay(next, week.timeZone);
    starts.push(start);
    worked.push(sum);
    isWorked.push(isWorkday(day, week));
    if (isWorkday(day, week)) sum += end - start;
    [day, start] = [next, end];
  }
  const workedBefore = (at: number): number => {
    const index = lastAtOrBefore(starts, at);
    return present(worked[index]) + (isWorked[index] ? at - present(starts[index]) : 0);
  };
  return {
    elapsed(spans) {
      let all = 0;
      let working = 0;
      for (const { from, to } of spans) {
        all += to - from;
        working += workedBefore(to) - workedBefore(from);
      }
      return { days: roundDays(all / dayLength), workingDays: roundDays(working / dayLength) };
    },
  };
}

/** Index of the last of rising numbers that is not above `at`. */
export function lastAtOrBefore(rising: readonly number[], at: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (present(rising[middle]) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

import { Temporal } from "temporal-polyfill";
import { type Day, dayOf, startOfDay } from "../model/calendar.ts";
import type { FlowWeek } from "../model/flow.ts";
import type { Span } from "./work-clock.ts";

/** The Monday of the ISO week in which `at` falls, `earlier` weeks before it. */
export function mondayOf(at: number, timeZone: string, earlier = 0): Day {
  const day = Temporal.PlainDate.from(dayOf(at, timeZone));
  return day.subtract({ days: day.dayOfWeek - 1 + 7 * earlier }).toString();
}

/** Every ISO week that has an instant in the span, with how many of these instants fall into both. */
export function weeksOf(finished: readonly number[], span: Span, timeZone: string): FlowWeek[] {
  const weeks: FlowWeek[] = [];
  let monday = Temporal.PlainDate.from(mondayOf(span.from, timeZone));
  while (startOfDay(monday.toString(), timeZone) < span.to) {
    const next = monday.add({ days: 7 });
    const from = startOfDay(monday.toString(), timeZone);
    const to = startOfDay(next.toString(), timeZone);
    weeks.push({
      week: `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, "0")}`,
      firstDay: monday.toString(),
      finished: finished.filter((at) => at >= Math.max(from, span.from) && at < Math.min(to, span.to)).length,
      isWhole: span.from <= from && to <= span.to,
    });
    monday = next;
  }
  return weeks;
}

import { Temporal } from "temporal-polyfill";

/** A calendar day, YYYY-MM-DD. */
export type Day = string;

/** Midnight at which `day` begins in `timeZone`, epoch milliseconds. Where a zone skips midnight, the first instant of the day. */
export function startOfDay(day: Day, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
}

export function nextDay(day: Day): Day {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** The day on which `at` falls in `timeZone`. */
export function dayOf(at: number, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** [start, end) of a sprint written as first and last day: end is the midnight after the last day. */
export function spanOfDays(firstDay: Day, lastDay: Day, timeZone: string): { start: number; end: number } {
  return { start: startOfDay(firstDay, timeZone), end: startOfDay(nextDay(lastDay), timeZone) };
}

/** Every calendar day that has an instant in [start, end). */
export function daysBetween(start: number, end: number, timeZone: string): Day[] {
  const days: Day[] = [];
  const last = utcMidnight(dayOf(end - 1, timeZone));
  for (let at = utcMidnight(dayOf(start, timeZone)); at <= last; at += utcDay) days.push(dayAt(at));
  return days;
}

/** Every calendar month that has an instant in [start, end), each as [start, end). */
export function monthsBetween(
  start: number,
  end: number,
  timeZone: string,
): { start: number; end: number }[] {
  const months: { start: number; end: number }[] = [];
  const first = Temporal.PlainDate.from(dayOf(start, timeZone)).with({ day: 1 });
  for (let month = first; ; month = month.add({ months: 1 })) {
    const from = startOfDay(month.toString(), timeZone);
    if (from >= end) return months;
    months.push({ start: from, end: startOfDay(month.add({ months: 1 }).toString(), timeZone) });
  }
}

// Of a span of years, Temporal takes milliseconds to count the days; in UTC each has the same length.
const utcDay = 86_400_000;
const utcMidnight = (day: Day): number => Date.parse(`${day}T00:00Z`);
const dayAt = (midnight: number): Day => new Date(midnight).toISOString().replace(/T.*$/, "");

export interface WorkWeek {
  timeZone: string;
  /** ISO weekdays, Monday = 1. */
  workdays: readonly number[];
  daysOff: readonly Day[];
}

export function isWorkday(day: Day, week: WorkWeek): boolean {
  return week.workdays.includes(Temporal.PlainDate.from(day).dayOfWeek) && !week.daysOff.includes(day);
}

/** Whole calendar days from one instant to a later one, in `timeZone`: an age. */
export function ageInDays(from: number, to: number, timeZone: string): number {
  return (utcMidnight(dayOf(to, timeZone)) - utcMidnight(dayOf(from, timeZone))) / utcDay;
}

/** Whether `name` is an IANA zone. A fixed offset is none: it knows no daylight saving, so it is wrong half the year. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

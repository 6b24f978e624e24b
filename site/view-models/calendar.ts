import ical, { ICalEventRepeatingFreq, ICalWeekday } from "ical-generator";
import { isWorkday, nextDay } from "sprintcast/report";
import { Temporal } from "temporal-polyfill";
import { tzlib_get_ical_block } from "timezones-ical-library";

export interface CalendarSprint {
  number: number;
  /** Tells the sprints of teams that count their own apart; absent: the number does. */
  key?: string;
  title: string;
  goal: string;
  /** YYYY-MM-DD in the team's zone, both inclusive. */
  firstDay: string;
  lastDay: string;
  url: string;
}

export interface CalendarSettings {
  name: string;
  timeZone: string;
  /** Host that makes the ids unique. */
  host: string;
  /** The team's daily, HH:MM in its zone; null: none. */
  daily: { time: string; minutes: number } | null;
  /** What the daily of a sprint is called. */
  dailyTitle: (sprint: string) => string;
  /** ISO weekdays, Monday = 1. */
  workdays: readonly number[];
  /** YYYY-MM-DD. */
  daysOff: readonly string[];
}

const { MO, TU, WE, TH, FR, SA, SU } = ICalWeekday;
const weekdays = [MO, TU, WE, TH, FR, SA, SU];

/**
 * iCalendar text (RFC 5545): a whole-day event per sprint, and the daily on its working days at its fixed wall
 * time, which stays fixed when the clocks change. Every stamp is the sprint's first day, so that the same content
 * always gives the same bytes.
 */
export function renderCalendar(sprints: CalendarSprint[], settings: CalendarSettings): string {
  const { name, timeZone, host, daily } = settings;
  const calendar = ical({ name, prodId: { company: "Sprintcast", product: name } });
  // Each event names the zone: a zone for the whole calendar would take the UTC mark off stamps and limits.
  calendar.timezone({ name: null, generator: timeZoneBlock });
  for (const sprint of sprints) {
    const first = Temporal.PlainDate.from(sprint.firstDay);
    const last = Temporal.PlainDate.from(sprint.lastDay);
    const stamp = new Date(first.toZonedDateTime(timeZone).epochMilliseconds);
    calendar.createEvent({
      id: `sprint-${sprint.key ?? sprint.number}@${host}`,
      stamp,
      start: first,
      end: last.add({ days: 1 }),
      allDay: true,
      summary: sprint.title,
      description: sprint.goal,
      url: sprint.url,
    });
    const days = daysOf(sprint);
    const firstWorkday = days.find((day) => isWorkday(day, settings));
    if (!daily || firstWorkday === undefined) continue;
    const at = (day: string) =>
      Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: daily.time });
    // A recurrence must begin on one of the days it names.
    const start = at(firstWorkday);
    const off = days.filter((day) => day > firstWorkday && settings.daysOff.includes(day));
    calendar.createEvent({
      id: `daily-${sprint.key ?? sprint.number}@${host}`,
      stamp,
      start,
      end: start.add({ minutes: daily.minutes }),
      timezone: timeZone,
      summary: settings.dailyTitle(sprint.title),
      url: sprint.url,
      repeating: {
        freq: ICalEventRepeatingFreq.WEEKLY,
        byDay: settings.workdays.flatMap((day) => weekdays[day - 1] ?? []),
        ...(off.length > 0 ? { exclude: off.map(at), excludeTimezone: timeZone } : {}),
        until: new Date(last.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).epochMilliseconds),
      },
    });
  }
  return calendar.toString();
}

function daysOf({ firstDay, lastDay }: CalendarSprint): string[] {
  const days: string[] = [];
  for (let day = firstDay; day <= lastDay; day = nextDay(day)) days.push(day);
  return days;
}

function timeZoneBlock(timeZone: string): string | null {
  const block = tzlib_get_ical_block(timeZone);
  return Array.isArray(block) ? (block[0] ?? null) : block || null;
}

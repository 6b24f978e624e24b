import ical, { ICalEventRepeatingFreq, ICalWeekday } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { tzlib_get_ical_block } from "timezones-ical-library";

export interface CalendarSprint {
  number: number;
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
}

const workdays = [ICalWeekday.MO, ICalWeekday.TU, ICalWeekday.WE, ICalWeekday.TH, ICalWeekday.FR];

/**
 * iCalendar text (RFC 5545): a whole-day event per sprint, and the daily on its working days at its fixed wall
 * time, which stays fixed when the clocks change. Every stamp is the sprint's first day, so that the same content
 * always gives the same bytes.
 */
export function renderCalendar(sprints: CalendarSprint[], settings: CalendarSettings): string {
  const { name, timeZone, host, daily } = settings;
  const calendar = ical({ name, prodId: { company: "Sprintcast", product: name } });
  // The zone is named per event: named for the whole calendar, stamps and limits would lose their UTC mark.
  calendar.timezone({ name: null, generator: timeZoneBlock });
  for (const sprint of sprints) {
    const first = Temporal.PlainDate.from(sprint.firstDay);
    const last = Temporal.PlainDate.from(sprint.lastDay);
    const stamp = new Date(first.toZonedDateTime(timeZone).epochMilliseconds);
    calendar.createEvent({
      id: `sprint-${sprint.number}@${host}`,
      stamp,
      start: first,
      end: last.add({ days: 1 }),
      allDay: true,
      summary: sprint.title,
      description: sprint.goal,
      url: sprint.url,
    });
    if (!daily) continue;
    const start = first.toPlainDateTime(Temporal.PlainTime.from(daily.time)).toZonedDateTime(timeZone);
    calendar.createEvent({
      id: `daily-${sprint.number}@${host}`,
      stamp,
      start: firstWorkday(start),
      end: firstWorkday(start).add({ minutes: daily.minutes }),
      timezone: timeZone,
      summary: `Daily, ${sprint.title}`,
      url: sprint.url,
      repeating: {
        freq: ICalEventRepeatingFreq.WEEKLY,
        byDay: workdays,
        until: new Date(last.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).epochMilliseconds),
      },
    });
  }
  return calendar.toString();
}

/** A recurrence must begin on a day that it names. */
function firstWorkday(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return start.dayOfWeek > 5 ? start.add({ days: 8 - start.dayOfWeek }) : start;
}

function timeZoneBlock(timeZone: string): string | null {
  const block = tzlib_get_ical_block(timeZone);
  return Array.isArray(block) ? (block[0] ?? null) : block || null;
}

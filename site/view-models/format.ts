import type { Words } from "sprintcast/words";

/** Dates and times in the words and digits of one zone and locale. Numbers are written by `sprintcast/words`. */
export interface TimeWords {
  /** Tue 3 November 2026 */
  day(instant: string): string;
  /** 3 Nov */
  shortDay(instant: string): string;
  /** 3 Nov 2026 */
  dayOfYear(instant: string): string;
  /** 3 Nov, 14:05 */
  moment(instant: string): string;
  /** 3 Nov 2026, 14:05: for what may lie years before the sprint. */
  dated(instant: string): string;
  /** Tuesday 3 November 2026 at 14:05 CET */
  full(instant: string): string;
  /** Plain dates (YYYY-MM-DD): 2 – 13 November 2026 */
  range(firstDay: string, lastDay: string): string;
  /** A plain date (YYYY-MM-DD): 3 November 2026 */
  date(day: string): string;
}

/** All that a page speaks: texts, numbers, and dates in the zone of what it shows. */
export interface PageWords extends TimeWords, Words {}

interface Directed {
  getTextInfo?(): { direction: string };
  textInfo?: { direction: string };
}

/** The direction in which a locale (BCP 47) is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  // Of these two, which are the same, a Node has one or the other; TypeScript knows neither.
  const of = new Intl.Locale(locale) as Directed;
  return (of.getTextInfo?.() ?? of.textInfo)?.direction === "rtl" ? "rtl" : "ltr";
}

/** Made once and handed on, since Intl formatters are dear. @param timeZone IANA name. @param locale BCP 47 tag. */
export function timeWords(timeZone: string, locale = "en-GB"): TimeWords {
  const of = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const day = of({ weekday: "short", day: "numeric", month: "long", year: "numeric" });
  const shortDay = of({ day: "numeric", month: "short" });
  const dayOfYear = of({ dateStyle: "medium" });
  const moment = of({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const dated = of({ dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const full = of({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  const date = of({ day: "numeric", month: "long", year: "numeric" }, "UTC");
  const at = (instant: string) => new Date(instant);
  return {
    day: (instant) => day.format(at(instant)),
    shortDay: (instant) => shortDay.format(at(instant)),
    dayOfYear: (instant) => dayOfYear.format(at(instant)),
    moment: (instant) => moment.format(at(instant)),
    dated: (instant) => dated.format(at(instant)),
    full: (instant) => full.format(at(instant)),
    range: (first, last) => date.formatRange(at(`${first}T12:00Z`), at(`${last}T12:00Z`)),
    date: (plain) => date.format(at(`${plain}T12:00Z`)),
  };
}

/** @param timeZone IANA name */
export const pageWords = (words: Words, timeZone: string): PageWords => ({
  ...words,
  ...timeWords(timeZone, words.locale),
});

import { counted, nounFor } from "../core/model/counted.ts";
import { roundDays, sumDays } from "../core/model/days.ts";
import type { IssueReference } from "../core/model/event.ts";
import type { KalmEntry } from "../core/model/kalm.ts";
import type { Lane, Report, TypeShare } from "../core/model/report.ts";
import type { SizeUnit } from "../core/model/rules.ts";
import { leadsToItsIssue } from "../core/report/promises.ts";
import type { Unit } from "../core/report/unit.ts";
import { english, type Words } from "../words/words.ts";

export { safeText } from "./safe-text.ts";
export { counted, nounFor, sumDays };

/** Stands for an unknown value; never 0, never empty. */
export const unknown = "—";

type Amount = number | null | undefined;

type Noun = keyof Words["texts"]["amounts"]["nouns"];

/** An amount with its noun in a language: 1 task, 2 tasks; 1 Aufgabe, 2 Aufgaben. */
export const countOf = (amount: number, noun: Noun, words: Words = english): string =>
  words.say(words.texts.amounts.nouns[noun], { n: amount });

/** An amount rounded to 0.01 without trailing zeros: 8.2, 0.25, −1. */
export function daysText(days: Amount, words: Words = english): string {
  return days === null || days === undefined ? unknown : words.numeral(roundDays(days));
}

/**
 * Writes amounts that stand below each other: each has as many decimals as the one of `all` that needs most, so that
 * their digits stand in columns.
 */
export function alignedDays(all: readonly Amount[], words: Words = english): (days: Amount) => string {
  const decimals = all.reduce<number>((most, days) => Math.max(most, decimalsOf(roundDays(days ?? 0))), 0);
  const exact = new Intl.NumberFormat(words.locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (days) =>
    days === null || days === undefined ? unknown : exact.format(roundDays(days) + 0).replace("-", "−");
}

/** Of a number rounded to the hundredth: 2 of 0.25, 1 of 0.5, 0 of 3. */
const decimalsOf = (amount: number): number => (amount.toFixed(2).match(/\.(\d?[1-9])?/)?.[1] ?? "").length;

/** As {@link daysText}, with a plus where the rounded value is above 0: +2, −0.5, 0. */
export function signedText(days: Amount, words: Words = english): string {
  const text = daysText(days, words);
  return days && roundDays(days) > 0 ? `+${text}` : text;
}

const money = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known =
    money.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "code" });
  money.set(key, known);
  return known;
}

/** An exact amount, as text, in the places of its currency: EUR 1,234.50, −EUR 3.00. Null is unknown. */
export function moneyText(amount: string | null, currency: string, { locale }: Words = english): string {
  if (amount === null) return unknown;
  return moneyFormat(currency, locale)
    .format(amount as `${number}`)
    .replaceAll("\u00A0", " ")
    .replace("-", "\u2212");
}

/** The same without its currency, for a table: 1,234.50. */
export const bareMoneyText = (
  amount: string | null,
  currency: string,
  { locale }: Words = english,
): string =>
  amount === null
    ? unknown
    : moneyFormat(currency, locale)
        .formatToParts(amount as `${number}`)
        .filter(({ type }) => type !== "currency" && type !== "literal")
        .map(({ value }) => value)
        .join("")
        .replace("-", "\u2212");

/** A whole number, of calendar days or the like. */
export function wholeText(amount: Amount): string {
  return amount === null || amount === undefined ? unknown : english.numeral(Math.round(amount));
}

/** A share (1 = all) in whole per cent; only what is all reads 100%, and what is nothing 0%. */
export function shareText(share: Amount, words: Words = english): string {
  return share === null || share === undefined ? unknown : words.percent(share);
}

/** The heading of a column or an axis in this unit. */
export const unitNames: Record<Unit, string> = english.texts.amounts.units;

/** What an amount of a unit is called, as a key of the words. */
export const unitNouns = { days: "manDay", points: "point", tasks: "task" } as const satisfies Record<
  Unit,
  Noun
>;

/** The heading of a column of sizes. */
export const sizeHeading: Record<SizeUnit, string> = { days: "Days", points: "Points" };

/** The unit after an amount where there is little room: 7.2 d, 5 points, 1 task. */
export const unitMark = (unit: Unit, value: number, words: Words = english): string =>
  words.form(words.texts.amounts.marks[unit], value);

/** A sum of sizes where it is plain whose days they are: 2.5 days, 5 points. */
export const sizeSumText = (sum: number, unit: SizeUnit, words: Words = english): string =>
  countOf(roundDays(sum), unit === "days" ? "day" : "point", words);

/** 1 day, 2.5 days. */
export const dayCount = (days: Amount, words: Words = english): string =>
  days === null || days === undefined ? unknown : countOf(roundDays(days), "day", words);

/** An amount with the unit of its report: 7.2 man-days, 5 points, 31 tasks. */
export function amountText(value: Amount, unit: Unit, words: Words = english): string {
  if (value === null || value === undefined) return unknown;
  return countOf(roundDays(value), unitNouns[unit], words);
}

/** The same of a change: +2 man-days, −1 point, 0 tasks. */
export function signedAmountText(value: Amount, unit: Unit, words: Words = english): string {
  const text = amountText(value, unit, words);
  return value && roundDays(value) > 0 ? `+${text}` : text;
}

/** As {@link amountText}, where there is little room: 7.2 d, 31 tasks. */
export function briefAmount(value: Amount, unit: Unit, words: Words = english): string {
  if (value === null || value === undefined) return unknown;
  return `${daysText(value, words)} ${unitMark(unit, value, words)}`;
}

/** The sum of cards, or that there is none: 2.6 days, 5 points, no estimates. */
export function sumText(cards: readonly { days: number | null }[], unit: SizeUnit): string {
  const known = cards.flatMap((card) => card.days ?? []);
  return known.length === 0 ? "no estimates" : sizeSumText(sumDays(known), unit);
}

/** Issues as people write them: #7, acme/platform#3. */
export const referencesText = (references: readonly IssueReference[]): string =>
  references.map((one) => (typeof one === "number" ? `#${one}` : one)).join(", ");

/** What of a list is of which issue type: Bug 3 (1.5 d), Task 1, no type 2. Empty where none has a type. */
export function typeSharesText(
  shares: readonly TypeShare[] | undefined,
  unit: SizeUnit,
  words: Words = english,
): string {
  const { noType, typeSized, typeUnsized } = words.texts.amounts;
  return words.list(
    (shares ?? []).map(({ type, tasks: count, days, unestimated }) => {
      const named = { type: type ?? noType, count };
      return unestimated < count
        ? words.say(typeSized, { ...named, amount: briefAmount(days, unit, words) })
        : words.say(typeUnsized, named);
    }),
  );
}

/** Whether any task of a lane has an estimate, so that its sum means something. */
export function isSized(lane: Pick<Lane, "cards" | "days">): boolean {
  return lane.days !== 0 || lane.cards.some((card) => card.days !== null);
}

/** A formatter of dates, made once: to make one takes a thousand times as long as to use it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * An ISO instant (UTC) as local date and minute in an IANA zone: 2019-10-23 09:00. Null is —.
 * @param words where a page has words of its own, their way: 23 Oct 2019, 09:00
 */
export function momentText(instant: string | null | undefined, timeZone: string, words?: Words): string {
  if (!instant) return unknown;
  if (words) {
    const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
    return dateFormat(words.locale, { timeZone, ...style }).format(new Date(instant));
  }
  return dateFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date(instant));
}

/** An instant's day as 23 Oct in an IANA zone; with its year where that is another than the year of `beside`, an instant. */
export function dayText(
  instant: string,
  timeZone: string,
  { locale }: Words = english,
  beside?: string,
): string {
  const yearOf = (at: string) => dateFormat("en-CA", { timeZone, year: "numeric" }).format(new Date(at));
  const isOther = beside !== undefined && yearOf(instant) !== yearOf(beside);
  const year = isOther ? { year: "numeric" as const } : {};
  return dateFormat(locale, { timeZone, day: "numeric", month: "short", ...year }).format(new Date(instant));
}

/** The month of a plain date (YYYY-MM-DD): Oct, or with its year Oct 2019. */
export function monthText(day: string, hasYear: boolean, { locale }: Words = english): string {
  const year = hasYear ? { year: "numeric" as const } : {};
  return dateFormat(locale, { month: "short", ...year, timeZone: "UTC" }).format(new Date(`${day}T12:00Z`));
}

/** Plain dates (YYYY-MM-DD) as 23 Oct – 31 Oct 2019. */
export function rangeText(firstDay: string, lastDay: string, { locale }: Words = english): string {
  return dateFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).formatRange(new Date(`${firstDay}T12:00Z`), new Date(`${lastDay}T12:00Z`));
}

/** How far a repository is known of which less is known than of the others; `asOf` ISO. */
export const laggingText = (asOf: string | null, timeZone: string, words?: Words): string => {
  const { say, texts } = words ?? english;
  const { lagging } = texts.amounts;
  return asOf === null ? lagging.none : say(lagging.until, { moment: momentText(asOf, timeZone, words) });
};

/** A sentence for a report in which no task was in the sprint. */
export function emptyText({ notCounted }: Pick<Report, "notCounted">, words: Words = english): string {
  const { none, onlyIssues, onlyPulls } = words.texts.report.empty;
  if (notCounted === undefined) return none;
  const { kind, tasks } = notCounted;
  return words.say(kind === "pulls" ? onlyPulls : onlyIssues, { n: tasks });
}

/** What a promise's link is called: the issue that it leads to, else the host. */
export function promiseLinkText(entry: Pick<KalmEntry, "link" | "issue" | "ref">): string {
  const { link = "", issue, ref } = entry;
  if (leadsToItsIssue(entry)) return ref ?? `#${issue}`;
  return URL.canParse(link) ? new URL(link).host : link;
}

/** A promise with who looks after it: ask early (@ana). A name that stands in its words is not repeated. */
export function promiseText({ text, owner }: Pick<KalmEntry, "text" | "owner">): string {
  return owner === undefined || text.includes(`@${owner}`) ? text : `${text} (@${owner})`;
}

/** "sprint 3"; of one of several teams "sprint 3 of api". */
export function sprintText(
  { number, team }: { number: number; team?: string | undefined },
  { say, texts }: Words = english,
): string {
  const sprint = String(number);
  return team === undefined
    ? say(texts.amounts.sprint, { sprint })
    : say(texts.amounts.sprintOfTeam, { sprint, team });
}

/** "sprint 3: Deploy the services"; a number that the title says as well is said once. */
export function sprintInWords(
  sprint: { number: number; title: string; team?: string | undefined },
  words: Words = english,
): string {
  const said = new RegExp(`^sprint ${sprint.number}(?!\\d)[\\s:–—-]*`, "i");
  const title = sprint.title.replace(said, "");
  const named = sprintText(sprint, words);
  return title === "" ? named : words.say(words.texts.amounts.sprintTitled, { sprint: named, title });
}

/** The same as the begin of a heading or sentence. */
export const sprintTitle = (sprint: Parameters<typeof sprintInWords>[0]): string =>
  `S${sprintInWords(sprint).slice(1)}`;

/** Where words of any language name it: "3"; of one of several teams "3 (api)". */
export const sprintLabel = ({ number, team }: { number: number; team?: string | undefined }): string =>
  team === undefined ? String(number) : `${number} (${team})`;

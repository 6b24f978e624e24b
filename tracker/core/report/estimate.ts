import { fieldKey } from "../history/fold-fields.ts";
import { roundDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Rules } from "../model/rules.ts";
import { numberPattern, parseAmounts, parseNumber, plainSigns } from "./amount.ts";
import type { Named } from "./label-test.ts";

export interface Size {
  /** Size name (S, M, L) or the number as written. */
  name: string;
  /** Man-days, or points where sizes count those; to 0.01. */
  days: number;
}

/** What a label of sizes can be read by. */
export type SizeRules = Pick<Rules, "sizes" | "unit" | "hoursPerDay" | "daysPerWeek">;

const separator = "(?: ?[:=/|\\\\_-]{1,2} ?| )";
const bareNumber = new RegExp(`^${numberPattern}$`, "u");
/** Pictures around a label's words say nothing; a plus or a question mark does. */
const pictures = /(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|[\u200D\uFE0F])+$/u;
const endsInSign = /[^\p{L}\p{N}]$/u;
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const squeeze = (text: string): string => text.toLowerCase().replace(/\s/g, "");

/**
 * What stands behind the prefix: `M` for `size: M`, `size/M`, `Size :m`; null: it is no such label. Where no sign
 * stands between, as in `sizeM`, only a size makes it one.
 */
function wordBehind(label: string, prefix: string, isSize: (word: string) => boolean): string | null {
  const text = plainSigns(label).replace(pictures, "");
  const start = plainSigns(prefix);
  const strict = text.toLowerCase().startsWith(start.toLowerCase()) ? text.slice(start.length) : null;
  if (strict !== null && endsInSign.test(start)) return strict.replace(/^[:=]/, "").trim();
  const name = start.replace(/[^\p{L}\p{N}]+$/u, "");
  const pictured = new RegExp(`^[^\\p{L}\\p{N}]*${escaped(name)} ?[:=/|\\\\_-]+ ?$`, "iu");
  // Pictures alone are no size, but meant as one.
  if (name !== "" && text !== plainSigns(label).trim() && pictured.test(text))
    return plainSigns(label).slice(text.length).trim();
  if (name === "") return strict?.trim() ?? null;
  const behind = (between: string) =>
    new RegExp(`^[^\\p{L}\\p{N}]*${escaped(name)}${between}(.+)$`, "iu").exec(text)?.[1];
  const loose = behind(separator);
  if (loose !== undefined) return loose;
  const tight = name.length < 3 ? undefined : behind("");
  return tight !== undefined && /^[\p{Lu}\p{N}]/u.test(tight) && isSize(tight) ? tight : null;
}

const writtenPoints = new RegExp(`^(${numberPattern})(?: ?(?:sp|pts?|points?|story ?points?))?$`, "iu");

/** A number of points; an amount of time is none. */
function pointsOf(word: string): Size | null {
  const written = writtenPoints.exec(word)?.[1];
  const points = written === undefined ? null : parseNumber(written);
  return written === undefined || points === null || points > 9999
    ? null
    : { name: written, days: roundDays(points) };
}

function sizeOf(word: string, { sizes, unit, ...length }: SizeRules): Size | null {
  const known = Object.entries(sizes).find(([name]) => squeeze(name) === squeeze(word));
  if (known !== undefined) return { name: known[0], days: roundDays(known[1]) };
  if (unit === "points") return pointsOf(word);
  // One letter means minutes, months or millions.
  if (/\d ?m$/i.test(word)) return null;
  const written = new RegExp(`^(${numberPattern})(?: ?(?:d|days?))?$`, "iu").exec(word)?.[1];
  const days = bareNumber.test(word) ? parseNumber(word) : parseAmounts(word, length);
  if (days === null || days > 9999) return null;
  return { name: written ?? word, days: roundDays(days) };
}

/** A label that begins like a size and names none. */
export interface UnreadSize {
  unread: string;
}

/**
 * What a label says of size, by prefix: `size: M`, `size: 2.5`, `size/3d`, `size: 4h`; `unread` where it looks like a
 * size and has no one meaning under the settings; null where it is another kind of label.
 */
export function readSizeLabel(label: string, prefix: string, rules: SizeRules): Size | UnreadSize | null {
  const word = wordBehind(label, prefix, (text) => sizeOf(text, rules) !== null);
  if (word === null) return null;
  return sizeOf(word, rules) ?? { unread: word };
}

/** The same where only sizes matter. */
export function parseSize(label: string, prefix: string, rules: SizeRules): Size | null {
  const read = readSizeLabel(label, prefix, rules);
  return read === null || "unread" in read ? null : read;
}

/** The same rules for effort, which is in days: where sizes count points, their names mean no days. */
export const effortRules = (rules: SizeRules): SizeRules =>
  rules.unit === "points" ? { ...rules, unit: "days", sizes: {} } : rules;

export type SizeReader = (named: Named) => Size | null;

/** Reads sizes from label intervals, under a label's name of that time, else its present one; remembers each label. */
export function sizeReader(prefix: string, rules: SizeRules): SizeReader {
  const known = new Map<string, Size | null>();
  const read = (label: string): Size | null => {
    let size = known.get(label);
    if (size === undefined) {
      size = parseSize(label, prefix, rules);
      known.set(label, size);
    }
    return size;
  };
  return (i) =>
    i.attribute === "label" ? (read(i.value) ?? (i.key === i.value ? null : read(i.key))) : null;
}

/** Reads sizes from a field: a size's name, a number, or an amount of what sizes count. */
export function fieldSizeReader(
  { from, name, daysPerPoint }: NonNullable<Rules["estimate"]>,
  rules: SizeRules,
): SizeReader {
  const wanted = fieldKey(from, name);
  return ({ attribute, key, value }) => {
    if (attribute !== "field" || key !== wanted) return null;
    if (rules.unit === "points") return sizeOf(value.trim(), rules);
    const points = bareNumber.test(value) ? parseNumber(value) : null;
    return points === null
      ? sizeOf(value.trim(), rules)
      : { name: value, days: roundDays(points * daysPerPoint) };
  };
}

export interface Estimate extends Size {
  interval: Interval;
}

/**
 * Of two sizes in force at once, the one that counts: while somebody swaps one size label for another both are on
 * for a moment, and the one put on last is meant. Of two put on together, the larger.
 */
export function newerSize(found: Estimate | null, interval: Interval, read: SizeReader): Estimate | null {
  const size = read(interval);
  if (size === null) return found;
  const newer =
    found === null ||
    interval.from > found.interval.from ||
    (interval.from === found.interval.from && size.days > found.days);
  return newer ? { name: size.name, days: size.days, interval } : found;
}

/** The size in force at `t`. */
export function sizeAt(timeline: IssueTimeline, t: number, read: SizeReader): Estimate | null {
  let found: Estimate | null = null;
  for (const interval of timeline.intervals)
    if (interval.from <= t && t < interval.to) found = newerSize(found, interval, read);
  return found;
}

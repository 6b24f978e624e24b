/** How many hours make a man-day, and how many man-days a week. */
export interface DayLength {
  hoursPerDay: number;
  daysPerWeek: number;
}

const vulgar: Record<string, number> = {
  "½": 1 / 2,
  "⅓": 1 / 3,
  "⅔": 2 / 3,
  "¼": 1 / 4,
  "¾": 3 / 4,
  "⅕": 1 / 5,
  "⅛": 1 / 8,
  "⅜": 3 / 8,
  "⅝": 5 / 8,
  "⅞": 7 / 8,
};
const vulgarSigns = Object.keys(vulgar).join("");

/** Wide digits, signs and spaces as plain ones, one space for many. Fractions such as ½ stay: 1½ would become 11/2. */
export function plainSigns(text: string): string {
  return text
    .replace(new RegExp(`[^${vulgarSigns}]+`, "gu"), (part) => part.normalize("NFKC"))
    .replace(/[\u2212\u2013\u2012\uFE63]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/** A number as people write it, as the source of a pattern: 2, 1.5, 1,5, .5, 1½, ½. */
export const numberPattern = `(?:\\d{1,6}(?:[.,]\\d{1,6})?|\\.\\d{1,6}|\\d{0,6}[${vulgarSigns}])`;

/**
 * Reads a number in the form of `numberPattern`; null where it has two meanings: 1,000 is a thousand to one reader
 * and one to another.
 */
export function parseNumber(text: string): number | null {
  if (/^[1-9]\d{0,2},\d{3}$/.test(text)) return null;
  const fraction = vulgar[text.at(-1) ?? ""];
  if (fraction !== undefined) return Number(text.slice(0, -1)) + fraction;
  return Number(text.replace(",", "."));
}

const units: [name: RegExp, days: (length: DayLength) => number][] = [
  [/^(w|wks?|weeks?)$/i, ({ daysPerWeek }) => daysPerWeek],
  [/^(d|days?)$/i, () => 1],
  [/^(h|hrs?|hours?)$/i, ({ hoursPerDay }) => 1 / hoursPerDay],
  [/^(m|mins?|minutes?)$/i, ({ hoursPerDay }) => 1 / 60 / hoursPerDay],
];

// Months are none: they have no length of their own.
const unitPattern = "(?:weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)";
const amountPattern = `${numberPattern} ?${unitPattern}(?![\\p{L}\\p{N}])`;
const joint = " ?(?:,|&|\\+|and)? ?";
/** In `1h30m` one amount touches the next. */
const touching = `${numberPattern} ?${unitPattern}(?=[\\d.${vulgarSigns}])`;
/** Amounts one after the other, at most one space apart: `1w 2d 3h 30m`, `1d2h`, `1h, 30m`, `1h and 30m`. */
export const amountsPattern = `(?:(?:${touching}|${amountPattern}${joint}(?=${amountPattern}|${touching}))*${amountPattern})`;
const single = new RegExp(`(${numberPattern}) ?(${unitPattern})`, "giu");
const whole = new RegExp(`^${amountsPattern}$`, "iu");

/** Man-days of `1w 2d 3h 30m` and the like, not rounded; null where the text is anything else, or names a unit twice. */
export function parseAmounts(text: string, length: DayLength): number | null {
  if (!whole.test(text)) return null;
  const seen = new Set<number>();
  let sum = 0;
  for (const [, written = "", name = ""] of text.matchAll(single)) {
    const unit = units.findIndex(([names]) => names.test(name));
    const number = parseNumber(written);
    if (number === null || seen.has(unit)) return null;
    seen.add(unit);
    sum += number * (units[unit]?.[1](length) ?? 0);
  }
  return sum;
}

import { englishWords, type ViewWords } from "./words.ts";

const UNITS: ReadonlyMap<string, string> = new Map([
  ["temperature", "°C"],
  ["humidity", "%"],
  ["power", "W"],
  ["battery", "%"],
]);

export function unitOf(metric: string): string {
  return UNITS.get(metric) ?? "";
}

/** What a metric is called; the usual ones have a name in each language. */
export function nameOf(metric: string, { texts }: ViewWords = englishWords): string {
  const known: Readonly<Record<string, string>> = texts.metrics;
  return Object.hasOwn(known, metric) ? (known[metric] ?? metric) : metric;
}

/** The same as a heading. */
export function titleOf(metric: string, words: ViewWords = englishWords): string {
  const name = nameOf(metric, words);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** 1 device, 2 devices. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** From here on a number is told by its power of ten: its digits would not fit, and nobody would count them. */
const HUGE = 1e12;

/** A value with as many digits as its size deserves, and its unit; "—" where there is none. */
export function formatValue(
  metric: string,
  value: number | null | undefined,
  words: ViewWords = englishWords,
): string {
  if (value === null || value === undefined) return "—";
  const unit = unitOf(metric);
  return `${numberOf(value, words)}${unit ? `\u00a0${unit}` : ""}`;
}

function numberOf(value: number, { decimal }: ViewWords): string {
  if (Math.abs(value) >= HUGE) {
    const [digits, power] = value.toExponential(2).split("e").map(Number);
    return `${decimal(digits ?? value, 2)}e${power}`;
  }
  // As it will be rounded: 99.96 is 100, and what is hardly below zero is zero without a sign.
  const rounded = Number(value.toFixed(1)) || 0;
  return Math.abs(rounded) >= 100 ? decimal(value, 0) : decimal(rounded, 1);
}

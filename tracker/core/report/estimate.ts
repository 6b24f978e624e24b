import { roundDays } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Rules } from "../model/rules.ts";
import type { Named } from "./label-test.ts";

export interface Size {
  /** Size name (S, M, L) or the number as written. */
  name: string;
  /** Man-days, to 0.01. */
  days: number;
}

/** What a label says of size, by prefix: `size: M`, `size: 2.5`, `size: 3d`; null where it says nothing. */
export function parseSize(label: string, prefix: string, sizes: Rules["sizes"]): Size | null {
  if (!label.toLowerCase().startsWith(prefix.toLowerCase().trimEnd())) return null;
  const word = label.slice(prefix.trimEnd().length).trim();
  const known = Object.entries(sizes).find(([name]) => name.toLowerCase() === word.toLowerCase());
  if (known !== undefined) return { name: known[0], days: roundDays(known[1]) };
  const number = /^(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:d|days?)?$/i.exec(word)?.[1];
  return number === undefined ? null : { name: number, days: roundDays(Number(number.replace(",", "."))) };
}

export type SizeReader = (named: Named) => Size | null;

/** Reads sizes from label intervals, under a label's name of that time, else its present one; remembers each label. */
export function sizeReader(prefix: string, sizes: Rules["sizes"]): SizeReader {
  const known = new Map<string, Size | null>();
  const read = (label: string): Size | null => {
    let size = known.get(label);
    if (size === undefined) {
      size = parseSize(label, prefix, sizes);
      known.set(label, size);
    }
    return size;
  };
  return (i) =>
    i.attribute === "label" ? (read(i.value) ?? (i.key === i.value ? null : read(i.key))) : null;
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

import type { ViewWords } from "./words.ts";

/** More lines than this say no more; the rest of a large fleet is in the median and the table. */
export const MOST_LINES = 60;

/** What a chart draws, beside its median. @param all devices that there are */
export function noteOf(all: number, { devices, fill, texts }: ViewWords): string {
  if (all > MOST_LINES) return fill(texts.drawn, { most: MOST_LINES, all });
  return fill(texts.medianOf, { devices: devices(all) });
}

const AGO_STEPS = [5, 15, 30, 60, 300];

/**
 * Round distances from the right edge, which is now: the labels stand still while the lines move.
 * @param from epoch seconds, as is `to`
 */
export function agoSplits(from: number, to: number): number[] {
  const step = AGO_STEPS.find((seconds) => (to - from) / seconds <= 4) ?? 600;
  const count = Math.floor((to - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => to - (count - index) * step);
}

export function agoText(seconds: number, { fill, texts }: ViewWords): string {
  if (seconds === 0) return texts.now;
  return `−${seconds % 60 === 0 ? fill(texts.minutes, { n: seconds / 60 }) : fill(texts.seconds, { n: seconds })}`;
}

import { englishWords, type ViewWords } from "./words.ts";

/** An age in words: "now", "4 s", "3 min", "2 h". Ages below zero, of clocks ahead, count as now. */
export function formatAge(ms: number, { fill, texts }: ViewWords = englishWords): string {
  if (ms < 2000) return texts.now;
  if (ms < 60_000) return fill(texts.seconds, { n: Math.round(ms / 1000) });
  if (ms < 3_600_000) return fill(texts.minutes, { n: Math.round(ms / 60_000) });
  return fill(texts.hours, { n: Math.round(ms / 3_600_000) });
}

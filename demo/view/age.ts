import { englishWords, type ViewWords } from "./words.ts";

/** An age in words: "now", "4 s", "3 min", "2 h". Ages below zero, of clocks ahead, count as now. */
export function formatAge(ms: number, { fill, texts }: ViewWords = englishWords): string {
  if (ms < 2000) return texts.now;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return fill(texts.seconds, { n: seconds });
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return fill(texts.minutes, { n: minutes });
  return fill(texts.hours, { n: Math.round(ms / 3_600_000) });
}

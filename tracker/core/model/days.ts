/** Man-days or points to the 0.01 that reports are kept to. Sums are taken of rounded days, so that identities hold exactly. */
export function roundDays(days: number): number {
  // Adding 0 turns the -0 that a tiny negative rest rounds to into 0.
  return Math.round(days * 100) / 100 + 0;
}

/** Σ of man-days or points, free of floating-point dust. Unknown sizes (null) count nothing. */
export function sumDays(days: Iterable<number | null>): number {
  let hundredths = 0;
  for (const d of days) hundredths += d === null ? 0 : Math.round(d * 100);
  return hundredths / 100 + 0;
}

/**
 * numerator ÷ denominator to three digits; null where there is nothing to divide by. What is less than all stays below
 * 1, and what is something stays off 0, however little is missing or there.
 */
export function ratio(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  const share = numerator / denominator;
  const rounded = Math.round(share * 1000) / 1000 + 0;
  if (rounded === 1 && share < 1) return 0.999;
  return rounded === 0 && share !== 0 ? Math.sign(share) / 1000 : rounded;
}

export const isoOf = (at: number): string => new Date(at).toISOString();

/** An instant as a sentence names it: in UTC, to the second, which is as fine as GitHub tells. */
export const instantText = (at: number): string => isoOf(at).replace(/\.\d+Z$/, "Z");

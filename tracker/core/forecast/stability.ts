import { roundDays } from "../model/days.ts";
import type { SamplePeriod, Signal, Stability } from "../model/forecast.ts";

/** Factor from the mean moving range to three sigma of individual values (3 ÷ 1.128). */
const limitFactor = 2.66;
const longestRun = 8;

/**
 * An XmR chart, also called a process behaviour chart (Shewhart, Wheeler), read by two of its rules: no value outside
 * of the natural process limits, and no eight values in a row on one side of the mean.
 */
export function stabilityOf(sample: readonly SamplePeriod[]): Stability {
  const counts = sample.map(({ finished }) => finished);
  const mean = counts.length === 0 ? 0 : counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const ranges = counts.slice(1).map((count, index) => Math.abs(count - (counts[index] ?? count)));
  const range = ranges.length === 0 ? 0 : ranges.reduce((sum, one) => sum + one, 0) / ranges.length;
  const limits = { lower: Math.max(0, mean - limitFactor * range), upper: mean + limitFactor * range };
  return {
    mean: roundDays(mean),
    lower: roundDays(limits.lower),
    upper: roundDays(limits.upper),
    signals: [...outside(sample, limits), ...runs(sample, mean)].sort((a, b) =>
      a.firstDay < b.firstDay ? -1 : a.firstDay > b.firstDay ? 1 : 0,
    ),
  };
}

function outside(
  sample: readonly SamplePeriod[],
  { lower, upper }: Pick<Stability, "lower" | "upper">,
): Signal[] {
  return sample
    .filter(({ finished }) => finished < lower || finished > upper)
    .map(({ firstDay, finished }) => ({
      kind: "outside the limits" as const,
      firstDay,
      text: `${finished} finished in the period from ${firstDay}, expected ${roundDays(lower)} to ${roundDays(upper)}`,
    }));
}

/** Told once for each run, with the period that made it eight. */
function runs(sample: readonly SamplePeriod[], mean: number): Signal[] {
  const found: Signal[] = [];
  let [side, length] = [0, 0];
  for (const { finished, firstDay } of sample) {
    const here = Math.sign(finished - mean);
    length = here !== 0 && here === side ? length + 1 : 1;
    side = here;
    if (length === longestRun)
      found.push({
        kind: "eight in a row on one side",
        firstDay,
        text: `eight periods in a row were ${here > 0 ? "above" : "below"} the mean of ${roundDays(mean)}, the eighth from ${firstDay}`,
      });
  }
  return found;
}

import { counted } from "../model/counted.ts";
import type { Refusal, SamplePeriod, Stability } from "../model/forecast.ts";
import { stabilityOf } from "./stability.ts";

/** Fewer periods of the past than this say nothing of the future. */
export const fewestPeriods = 10;

/** Why no forecast can be trusted on this sample; null: it can. */
export function refusalOf(
  sample: readonly SamplePeriod[],
  stability: Stability,
  periodWeeks: number,
): Refusal | null {
  if (sample.length < fewestPeriods)
    return {
      reason: "too few periods",
      text: `It takes at least ${fewestPeriods} whole periods of the past, and ${sample.length} ${sample.length === 1 ? "is" : "are"} known.`,
    };
  if (stability.mean < 1)
    return {
      reason: "too sparse",
      text: `${counted(stability.mean, "task")} a period on average is too little to tell chance from change. A longer period (--period) helps.`,
    };
  const signal = stability.signals.at(-1);
  if (signal === undefined) return null;
  const steady = steadySince(sample);
  const help =
    steady === null
      ? `The newest ${fewestPeriods} periods are no better, so the pace to come is not known.`
      : `The newest ${steady} periods alone are steady: --weeks ${steady * periodWeeks}.`;
  return { reason: "unstable", text: `The pace is not steady: ${signal.text}. ${help}` };
}

/** How many of the newest periods show no change and are enough; null: none are. */
function steadySince(sample: readonly SamplePeriod[]): number | null {
  for (let count = sample.length - 1; count >= fewestPeriods; count -= 1) {
    const { mean, signals } = stabilityOf(sample.slice(-count));
    if (signals.length === 0 && mean >= 1) return count;
  }
  return null;
}

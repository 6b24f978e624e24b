import { fewestPeriods } from "../core/forecast/refusal.ts";
import type { Forecast } from "../core/model/forecast.ts";
import { present } from "../core/model/present.ts";
import { english, type Words } from "../words/words.ts";
import { countOf, daysText, rangeText, shareText } from "./format.ts";

/** When the open tasks are done, in a sentence. */
export function whenSentence({ when }: Pick<Forecast, "when">, words: Words = english): string {
  const { noneOpen, when: text } = words.texts.forecast;
  if (when === null) return noneOpen;
  const day = (plain: string) => rangeText(plain, plain, words);
  const { p50, p85, p95 } = when.by;
  return words.say(text, { n: when.tasks, p50: day(p50), p85: day(p85), p95: day(p95) });
}

/** How many tasks are finished by a day at least, in a sentence. */
export function howManySentence({ howMany }: Pick<Forecast, "howMany">, words: Words = english): string {
  if (howMany === null) return "";
  const { p50, p85, p95 } = howMany.tasks;
  const day = rangeText(howMany.by, howMany.by, words);
  return words.say(words.texts.forecast.howMany, { day, n: p50, p85, p95 });
}

/** Why weeks of the past tell nothing; empty where they do. What would help is a matter of the command line. */
export function refusalSentence(forecast: Forecast, words: Words = english): string {
  const { refused, sample, stability } = forecast;
  const texts = words.texts.forecast.refused;
  if (refused === null) return "";
  if (refused.reason === "too few periods")
    return words.say(texts.few, { n: sample.length, fewest: fewestPeriods });
  if (refused.reason === "too sparse") return words.say(texts.sparse, paceOf(forecast, words));
  const { kind, firstDay } = present(stability.signals.at(-1));
  const day = rangeText(firstDay, firstDay, words);
  if (kind === "eight in a row on one side") return words.say(texts.oneSide, { day });
  const finished = sample.find((one) => one.firstDay === firstDay)?.finished ?? 0;
  const [lower, upper] = [daysText(stability.lower, words), daysText(stability.upper, words)];
  return words.say(texts.outside, { finished, day, lower, upper });
}

/** The mean of the sample, for texts that name the unit themselves, too. */
const paceOf = ({ stability: { mean } }: Pick<Forecast, "stability">, words: Words) => ({
  tasks: countOf(mean, "task", words),
  mean: daysText(mean, words),
});

/** What the sample is. */
export function sampleSentence({ sample, stability }: Forecast, words: Words = english): string {
  const { noSample, sample: text } = words.texts.forecast;
  if (sample.length === 0) return noSample;
  const [lower, upper] = [daysText(stability.lower, words), daysText(stability.upper, words)];
  return words.say(text, { n: sample.length, ...paceOf({ stability }, words), lower, upper });
}

/** How the runs are made, and what their 85% rest on where that is more than 85% of them. */
export function runsSentences({ runs, seed, levels: { p85 } }: Forecast, words: Words = english): string[] {
  const texts = words.texts.forecast;
  return [
    words.say(texts.runs, { runs, seed: String(seed) }),
    ...(p85 <= 0.85 ? [] : [words.say(texts.levels, { share: shareText(p85, words) })]),
  ];
}

/** What such forecasts were worth before. */
export function recordSentence({ trackRecord, periodWeeks }: Forecast, words: Words = english): string {
  const { made: n, held, periodsAhead } = trackRecord;
  const { noRecord, record } = words.texts.forecast;
  if (n === 0) return noRecord;
  const ahead = periodsAhead * periodWeeks;
  const values = { n, weeks: countOf(ahead, "week", words), ahead, held, share: shareText(held / n, words) };
  return words.say(record, values);
}

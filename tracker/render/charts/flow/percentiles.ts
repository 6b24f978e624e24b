import { scaleLinear, scaleLog } from "d3-scale";
import type { Element } from "hast";
import { fewestToJudge, type Percentiles, type Spread } from "../../../core/model/flow.ts";
import { english, type Words } from "../../../words/words.ts";
import { dayCount, daysText } from "../../format.ts";
import { daysAxis, roomForTicks, type Scale, spreadLabels, standsApart } from "../axes.ts";
import { ink } from "../ink.ts";
import { type Box, boxOf, type ChartOptions, fitted, line, roomFor, text, unit } from "../svg.ts";

const shares: Record<keyof Percentiles, number> = { p50: 0.5, p85: 0.85, p95: 0.95 };
const names = Object.keys(shares) as (keyof Percentiles)[];

/** A percentile by its share: 85%. */
export const percentileName = (name: keyof Percentiles, words: Words = english): string =>
  words.percent(shares[name]);

interface Percentile {
  name: string;
  value: number;
}

/** None where they are of too few tasks: three lines through a single point would look like knowledge. */
function percentilesOf({ tasks, days }: Spread, words: Words): Percentile[] {
  if (tasks < fewestToJudge) return [];
  return names.flatMap((name) => {
    const value = days[name];
    if (value === null || !standsApart(value)) return [];
    const share = percentileName(name, words);
    return [
      { name: words.say(words.texts.flow.chart.percentile, { share, days: daysText(value, words) }), value },
    ];
  });
}

/** A plot of calendar days upward, with its percentiles and their names to the right, where they are of enough tasks. */
export interface DurationPlot {
  box: Box;
  y: Scale;
  axis: Element[];
  percentiles: Element[];
}

/** Days are linear, or by powers of ten where one value would press all others to the ground. */
export function durationPlot(
  values: readonly number[],
  spread: Spread,
  options: ChartOptions,
  words: Words,
): DurationPlot {
  const { amounts, flow } = words.texts;
  const format = (tick: number) => daysText(tick, words);
  const highest = values.reduce((most, value) => Math.max(most, value), 1);
  const half = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  const isLinear = highest <= 20 * Math.max(half, 1);
  const linear = scaleLinear().domain([0, highest]).nice(5);
  // With room above the highest, whose name stands there.
  const log = scaleLog().domain([0.1, 1.5 * highest]);
  const ticks = isLinear
    ? linear.ticks(4)
    : [0.1, 1, 10, 100, 1000, 10_000].filter((tick) => tick <= 1.5 * highest);
  const known = percentilesOf(spread, words);
  const right = roomFor(
    known.map(({ name }) => name),
    104,
    options,
  );
  const box = boxOf(options, { top: 26, right, bottom: 28, left: roomForTicks(ticks, format, 38) }, 300);
  for (const scale of [linear, log]) scale.range([box.y1, box.top]);
  const y = isLinear ? linear : (value: number) => log(Math.max(value, 0.1));
  return {
    box,
    y,
    axis: [...daysAxis(ticks, y, box, format), unit(isLinear ? amounts.days : flow.chart.logAxis)],
    percentiles: percentileLines(known, y, box),
  };
}

/** A line across the plot at each percentile, with its name at the right edge. */
function percentileLines(known: readonly Percentile[], y: Scale, box: Box): Element[] {
  const places = spreadLabels(
    known.map(({ value }) => y(value)),
    box.top + 4,
    box.y1 - 2,
  );
  return known.flatMap(({ name, value }, index) => [
    line(box.left, y(value), box.x1, y(value), ink.plan, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
    text(box.x1 + 8, (places[index] ?? y(value)) + 4, fitted(name, box), { fill: ink.plan }),
  ]);
}

/** Half took up to 3 days, 85% up to 8, 95% up to 12. */
export function percentileSentence({ days }: Spread, words: Words): string {
  return words.say(words.texts.flow.chart.percentiles, {
    p50: dayCount(days.p50, words),
    p85: daysText(days.p85, words),
    p95: daysText(days.p95, words),
  });
}

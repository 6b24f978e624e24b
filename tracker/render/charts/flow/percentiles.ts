import { scaleLinear, scaleLog } from "d3-scale";
import type { Element } from "hast";
import type { Percentiles, Spread } from "../../../core/model/flow.ts";
import { english, type Words } from "../../../words/words.ts";
import { dayCount, daysText } from "../../format.ts";
import { daysAxis, type Scale, spreadLabels } from "../axes.ts";
import { ink } from "../ink.ts";
import { type Box, line, text, unit } from "../svg.ts";

const shares: Record<keyof Percentiles, number> = { p50: 0.5, p85: 0.85, p95: 0.95 };
const names = Object.keys(shares) as (keyof Percentiles)[];

/** A percentile by its share: 85%. */
export const percentileName = (name: keyof Percentiles, words: Words = english): string =>
  words.percent(shares[name]);

/** Calendar days upward: linear, or by powers of ten where one value would press all others to the ground. */
export function durationAxis(
  values: readonly number[],
  box: Box,
  words: Words,
): { y: Scale; nodes: Element[] } {
  const { amounts, flow } = words.texts;
  const format = (tick: number) => daysText(tick, words);
  const highest = Math.max(1, ...values);
  const half = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  if (highest <= 20 * Math.max(half, 1)) {
    const y = scaleLinear([0, highest], [box.y1, box.top]).nice(5);
    return { y, nodes: [...daysAxis(y.ticks(4), y, box, format), unit(amounts.days)] };
  }
  // With room above the highest, whose name stands there.
  const log = scaleLog([0.1, 1.5 * highest], [box.y1, box.top]);
  const y = (value: number) => log(Math.max(value, 0.1));
  const ticks = [0.1, 1, 10, 100, 1000, 10_000].filter((tick) => tick <= 1.5 * highest);
  return { y, nodes: [...daysAxis(ticks, y, box, format), unit(flow.chart.logAxis)] };
}

/** A line across the plot at each percentile, with its name at the right edge. */
export function percentileLines({ days }: Spread, y: Scale, box: Box, words: Words): Element[] {
  const known = names.flatMap((name) => {
    const value = days[name];
    return value === null ? [] : [{ name: percentileName(name, words), value }];
  });
  const places = spreadLabels(
    known.map(({ value }) => y(value)),
    box.top + 4,
    box.y1 - 2,
  );
  return known.flatMap(({ name, value }, index) => [
    line(box.left, y(value), box.x1, y(value), ink.plan, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
    text(
      box.x1 + 8,
      (places[index] ?? y(value)) + 4,
      words.say(words.texts.flow.chart.percentile, { share: name, days: daysText(value, words) }),
      { fill: ink.plan },
    ),
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

import { scaleLinear, scaleLog } from "d3-scale";
import type { Element } from "hast";
import type { Percentiles, Spread } from "../../../core/model/flow.ts";
import { dayCount, daysText } from "../../format.ts";
import { daysAxis, type Scale, spreadLabels } from "../axes.ts";
import { ink } from "../ink.ts";
import { type Box, line, text, unit } from "../svg.ts";

export const percentileNames = { p50: "50%", p85: "85%", p95: "95%" } as const;
const names = Object.keys(percentileNames) as (keyof Percentiles)[];

/** Calendar days upward: linear, or by powers of ten where one value would press all others to the ground. */
export function durationAxis(values: readonly number[], box: Box): { y: Scale; nodes: Element[] } {
  const highest = Math.max(1, ...values);
  const half = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  if (highest <= 20 * Math.max(half, 1)) {
    const y = scaleLinear([0, highest], [box.y1, box.top]).nice(5);
    return { y, nodes: [...daysAxis(y.ticks(4), y, box), unit("days")] };
  }
  const log = scaleLog([0.1, highest], [box.y1, box.top]);
  const y = (value: number) => log(Math.max(value, 0.1));
  const ticks = [0.1, 1, 10, 100, 1000, 10_000].filter((tick) => tick <= highest);
  return { y, nodes: [...daysAxis(ticks, y, box), unit("days, each line ten times the one below")] };
}

/** A line across the plot at each percentile, with its name at the right edge. */
export function percentileLines({ days }: Spread, y: Scale, box: Box): Element[] {
  const known = names.flatMap((name) => {
    const value = days[name];
    return value === null ? [] : [{ name: percentileNames[name], value }];
  });
  const places = spreadLabels(
    known.map(({ value }) => y(value)),
    box.top + 4,
    box.y1 - 2,
  );
  return known.flatMap(({ name, value }, index) => [
    line(box.left, y(value), box.x1, y(value), ink.plan, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
    text(box.x1 + 8, (places[index] ?? y(value)) + 4, `${name} ≤ ${daysText(value)}`, { fill: ink.plan }),
  ]);
}

/** Half took up to 3 days, 85% up to 8, 95% up to 12. */
export function percentileSentence({ days }: Spread): string {
  return `half took up to ${dayCount(days.p50)}, 85% up to ${daysText(days.p85)}, 95% up to ${daysText(days.p95)}`;
}

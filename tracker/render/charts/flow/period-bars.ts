import { scaleBand, scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Words } from "../../../words/words.ts";
import { dayText } from "../../format.ts";
import { daysAxis, roomForTicks, type Scale, spreadLabels, standsApart } from "../axes.ts";
import { ink } from "../ink.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  fitted,
  line,
  marked,
  roomFor,
  round,
  text,
  unit,
  widthOfText,
} from "../svg.ts";

export interface PeriodBar {
  /** YYYY-MM-DD; no two bars have the same. */
  firstDay: string;
  finished: number;
  fill: string;
  opacity: number;
  /** Said of it. */
  title: string;
}

/** A plain date as 23 Oct; with its year where that is another than that of `today`, a plain date, too. */
export const periodDay = (day: string, today: string, words: Words): string =>
  dayText(`${day}T12:00Z`, "UTC", words, `${today}T12:00Z`);

interface Count {
  finished: number;
}

const countDomain = (bars: readonly Count[], highest: number) =>
  scaleLinear()
    .domain([0, bars.reduce((most, { finished }) => Math.max(most, finished), Math.max(1, highest))])
    .nice(4);

const wholeTicks = (y: { ticks(count: number): number[] }): number[] =>
  y.ticks(4).filter((tick) => Number.isInteger(tick));

/**
 * Tasks finished, a bar for each period of the past in its order; `today`: whose year needs no telling; `highest`: what
 * else must have room.
 */
export function periodBars(
  bars: readonly PeriodBar[],
  box: Box,
  { words, today, highest = 0 }: { words: Words; today: string; highest?: number },
): { y: Scale; nodes: Element[] } {
  const x = scaleBand(
    bars.map(({ firstDay }) => firstDay),
    [box.left, box.x1],
  ).padding(0.2);
  const y = countDomain(bars, highest).range([box.y1, box.top]);
  const labels = bars.map(({ firstDay }) => periodDay(firstDay, today, words));
  const room = labels.reduce((most, label) => Math.max(most, widthOfText(label) + 6), 52);
  const step = Math.max(1, Math.ceil((bars.length * room) / (box.x1 - box.left)));
  const ticks = wholeTicks(y);
  const nodes = bars.flatMap(({ firstDay, finished, fill, opacity, title }, index) => {
    const left = x(firstDay) ?? 0;
    const [top, width] = [round(y(finished)), round(x.bandwidth())];
    const height = round(box.y1 - y(finished));
    const bar = s("rect", { x: round(left), y: top, width, height, fill, fillOpacity: opacity });
    const look = { textAnchor: "middle", fill: ink.quiet };
    return [
      marked(bar, title),
      ...(index % step === 0 ? [text(left + x.bandwidth() / 2, box.y1 + 18, labels[index] ?? "", look)] : []),
    ];
  });
  return {
    y,
    nodes: [...daysAxis(ticks, y, box, words.numeral), ...nodes, unit(words.texts.flow.chart.weeksAxis)],
  };
}

export interface Level {
  value: number;
  name: string;
  stroke: string;
}

/** The box of such bars, with room for their numbers and the names of their levels. */
export function boxBeside(
  bars: readonly Count[],
  levels: readonly Level[],
  options: ChartOptions,
  words: Words,
  highest = 0,
): Box {
  const left = roomForTicks(wholeTicks(countDomain(bars, highest)), words.numeral);
  const names = drawnLevels(levels).map(({ name }) => name);
  const right = names.length === 0 ? 14 : roomFor(names, 14, options);
  return boxOf(options, { top: 26, right, bottom: 28, left }, 240);
}

/** Of equals the first. */
const drawnLevels = (levels: readonly Level[]): Level[] =>
  levels.filter(({ value }, i) => standsApart(value) && levels.findIndex((one) => one.value === value) === i);

/** Dashed lines across the plot, each with its name beside its right end; names keep apart. */
export function levelLines(levels: readonly Level[], y: Scale, box: Box): Element[] {
  const known = drawnLevels(levels);
  const wishes = known.map(({ value }) => y(value) + 4);
  const places = spreadLabels(wishes, box.top, box.y1 + 4);
  return known.flatMap(({ value, name, stroke }, index) => {
    const beside = places[index] ?? y(value);
    return [
      line(box.left, y(value), box.x1, y(value), stroke, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
      text(box.x1 + 8, beside, fitted(name, box), { fill: stroke }),
    ];
  });
}

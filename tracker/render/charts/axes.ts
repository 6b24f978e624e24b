import { scaleLinear, scaleUtc } from "d3-scale";
import type { Element } from "hast";
import { daysBetween, startOfDay } from "../../core/model/calendar.ts";
import type { Words } from "../../words/words.ts";
import { dayText, monthText } from "../format.ts";
import { ink } from "./ink.ts";
import { type Box, line, text } from "./svg.ts";

export type Scale = (value: number) => number;

const daysDomain = (highest: number) =>
  scaleLinear()
    .domain([0, Math.max(highest, 0.5)])
    .nice(8);

/** Man-days upward from zero. The top is a round number, so that similar sprints have the same axis. */
export function daysScale(highest: number, box: Box): { y: Scale; ticks: number[] } {
  const scale = daysDomain(highest).range([box.y1, box.top]);
  return { y: scale, ticks: scale.ticks(4) };
}

/** Room left of the plot for the numbers of an axis: at least the usual, which holds 500 and 0.25. */
export function roomForTicks(ticks: readonly number[], format: (tick: number) => string, usual = 34): number {
  const digit = 6.5;
  return ticks.reduce((most, tick) => Math.max(most, Math.ceil(format(tick).length * digit) + 8), usual);
}

/** The same for {@link daysScale}. */
export const roomForDays = (highest: number, words: Words): number =>
  roomForTicks(daysDomain(highest).ticks(4), words.numeral);

/** Whether a line of reference says anything: one that prints as 0 lies on the axis, which says 0 itself. */
export const standsApart = (value: number): boolean => value >= 0.005;

/** Hairlines with their numbers to the left. */
export function daysAxis(ticks: number[], y: Scale, box: Box, format: (tick: number) => string): Element[] {
  return ticks.flatMap((tick) => [
    line(box.left, y(tick), box.x1, y(tick), tick === 0 ? ink.quiet : ink.line, { strokeWidth: 1 }),
    text(box.left - 8, y(tick) + 4, format(tick), { textAnchor: "end", fill: ink.quiet }),
  ]);
}

export function timeScale(start: number, end: number, box: Box): Scale {
  return scaleUtc([start, end], [box.left, box.x1]);
}

/** A tick at each local midnight. Where there is room, the day's name stands in its middle; long spans have months. */
export function timeAxis(
  [start, end]: readonly [start: number, end: number],
  timeZone: string,
  x: Scale,
  box: Box,
  words: Words,
): Element[] {
  const days = daysBetween(start, end, timeZone);
  if (days.length > longest)
    return monthAxis(days, (day) => Math.max(start, startOfDay(day, timeZone)), x, box, words);
  const room = 56;
  const step = Math.max(1, Math.ceil((days.length * room) / (box.x1 - box.left)));
  const midnights = days.map((day) => startOfDay(day, timeZone));
  return midnights.flatMap((midnight, i) => {
    const from = Math.max(start, midnight);
    const to = midnights[i + 1] ?? end;
    const tick = line(x(from), box.y1, x(from), box.y1 + 4, ink.quiet, { strokeWidth: 1 });
    if (i % step !== 0) return [tick];
    const middle = step === 1 ? (x(from) + x(to)) / 2 : x(from);
    const label = dayText(new Date(from).toISOString(), timeZone, words);
    const anchor = step === 1 ? "middle" : "start";
    return [tick, text(middle, box.y1 + 18, label, { textAnchor: anchor, fill: ink.quiet })];
  });
}

/** Days that have names of their own; above, months have. */
const longest = 70;

/** A tick at each month's first day. The first name, and that of each January, has its year. */
function monthAxis(
  days: string[],
  begin: (day: string) => number,
  x: Scale,
  box: Box,
  words: Words,
): Element[] {
  const firsts = days.filter((day, i) => i === 0 || day.endsWith("-01"));
  const step = Math.max(1, Math.ceil((firsts.length * monthRoom) / (box.x1 - box.left)));
  let free = box.left;
  return firsts.flatMap((day, i) => {
    const at = x(begin(day));
    const tick = line(at, box.y1, at, box.y1 + 4, ink.quiet, { strokeWidth: 1 });
    const hasYear = i === 0 || day.slice(5, 7) === "01" || step > 1;
    const isNamed = i === 0 || (i % step === 0 && at >= free && at + monthRoom < box.x1 + monthRoom / 2);
    if (!isNamed) return [tick];
    const label = monthText(day, hasYear, words);
    free = at + (hasYear ? monthRoom * 1.4 : monthRoom);
    return [tick, text(at, box.y1 + 18, label, { textAnchor: "start", fill: ink.quiet })];
  });
}

const monthRoom = 44;

/** Places labels near the heights they ask for, at least a line apart; the result keeps the order of the input. */
export function spreadLabels(wishes: number[], top: number, bottom: number, apart = 15): number[] {
  const labels = wishes.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  let above = top;
  for (const label of labels) {
    label.at = Math.max(label.at, above);
    above = label.at + apart;
  }
  let below = bottom;
  for (const label of labels.toReversed()) {
    label.at = Math.min(label.at, below);
    below = label.at - apart;
  }
  return labels.sort((a, b) => a.index - b.index).map(({ at }) => at);
}

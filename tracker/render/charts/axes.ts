import { scaleLinear, scaleUtc } from "d3-scale";
import type { Element } from "hast";
import { daysBetween, startOfDay } from "../../core/model/calendar.ts";
import { daysText, dayText } from "../format.ts";
import { ink } from "./ink.ts";
import { type Box, line, text } from "./svg.ts";

export type Scale = (value: number) => number;

/** Man-days upward from zero. The top is a round number, so that similar sprints have the same axis. */
export function daysScale(highest: number, box: Box): { y: Scale; ticks: number[] } {
  const scale = scaleLinear([0, Math.max(highest, 0.5)], [box.y1, box.top]).nice(8);
  return { y: scale, ticks: scale.ticks(4) };
}

/** Hairlines with their numbers to the left. */
export function daysAxis(
  ticks: number[],
  y: Scale,
  box: Box,
  format: (tick: number) => string = daysText,
): Element[] {
  return ticks.flatMap((tick) => [
    line(box.left, y(tick), box.x1, y(tick), tick === 0 ? ink.quiet : ink.line, { strokeWidth: 1 }),
    text(box.left - 8, y(tick) + 4, format(tick), { textAnchor: "end", fill: ink.quiet }),
  ]);
}

export function timeScale(start: number, end: number, box: Box): Scale {
  return scaleUtc([start, end], [box.left, box.x1]);
}

/** A tick at each local midnight. Where there is room, the day's name stands in its middle. */
export function timeAxis(start: number, end: number, timeZone: string, x: Scale, box: Box): Element[] {
  const days = daysBetween(start, end, timeZone);
  const room = 56;
  const step = Math.max(1, Math.ceil((days.length * room) / (box.x1 - box.left)));
  return days.flatMap((day, i) => {
    const from = Math.max(start, startOfDay(day, timeZone));
    const next = days[i + 1];
    const to = next === undefined ? end : startOfDay(next, timeZone);
    const tick = line(x(from), box.y1, x(from), box.y1 + 4, ink.quiet, { strokeWidth: 1 });
    if (i % step !== 0) return days.length > 60 ? [] : [tick];
    const middle = step === 1 ? (x(from) + x(to)) / 2 : x(from);
    const label = dayText(new Date(from).toISOString(), timeZone);
    const anchor = step === 1 ? "middle" : "start";
    return [tick, text(middle, box.y1 + 18, label, { textAnchor: anchor, fill: ink.quiet })];
  });
}

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

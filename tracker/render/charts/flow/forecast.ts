import type { Element } from "hast";
import { s } from "hastscript";
import { dayOf, nextDay, startOfDay } from "../../../core/model/calendar.ts";
import type { Band, Forecast, Signal } from "../../../core/model/forecast.ts";
import { english, type Words } from "../../../words/words.ts";
import { sampleSentence, whenSentence } from "../../forecast-rows.ts";
import { daysText } from "../../format.ts";
import { type Scale, timeAxis, timeScale } from "../axes.ts";
import { ink } from "../ink.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  halo,
  line,
  marked,
  roomFor,
  round,
  text,
  toSvg,
} from "../svg.ts";
import { percentileName } from "./percentiles.ts";
import { boxBeside, levelLines, periodBars, periodDay } from "./period-bars.ts";

const chances = ["p50", "p85", "p95"] as const satisfies (keyof Band<unknown>)[];
const opacities = { p50: 0.9, p85: 0.6, p95: 0.35 };

/** A bar for each chance, from now to the day by which the tasks are done, against the end of the sprint. */
export function renderForecastBand(
  forecast: Forecast & { when: NonNullable<Forecast["when"]> },
  options: ChartOptions,
): string {
  const { when, howMany, asOf, timeZone } = forecast;
  const { words = english } = options;
  const texts = words.texts.forecast;
  const start = Date.parse(asOf);
  const today = dayOf(start, timeZone);
  const days = chances.map((chance) => periodDay(when.by[chance], today, words));
  const box = boxOf(options, { top: 26, right: roomFor(days, 62, options), bottom: 28, left: 40 }, 170);
  const endOf = (day: string) => startOfDay(nextDay(day), timeZone);
  const sprintEnd = howMany === null ? null : endOf(howMany.by);
  const last = Math.max(endOf(when.by.p95), sprintEnd ?? 0);
  const x = timeScale(start, last, box);
  const room = (box.y1 - box.top) / chances.length;
  const bars = chances.flatMap((chance, index): Element[] => {
    const day = when.by[chance];
    const [name, shown] = [percentileName(chance, words), days[index] ?? ""];
    const [to, top] = [x(endOf(day)), box.top + room * index + room * 0.2];
    const bar = s("rect", {
      x: box.left,
      y: round(top),
      width: round(to - box.left),
      height: round(room * 0.6),
      fill: ink.plan,
      fillOpacity: opacities[chance],
    });
    const middle = top + room * 0.3 + 4;
    return [
      marked(bar, words.say(texts.chart.bar, { chance: name, n: when.tasks, day: shown })),
      text(box.left - 8, middle, name, { textAnchor: "end", fill: ink.quiet }),
      text(to + 6, middle, shown, { fill: ink.text, ...halo }),
    ];
  });
  const said = { kind: "forecast", title: texts.link, desc: whenSentence(forecast, words) };
  return toSvg(options, box, said, [
    ...timeAxis([start, last], timeZone, x, box, words),
    ...(sprintEnd === null ? [] : endLine(x, sprintEnd, box, texts.chart.end)),
    ...bars,
  ]);
}

function endLine(x: Scale, at: number, box: Box, name: string): Element[] {
  const isLate = x(at) > box.left + (box.x1 - box.left) / 2;
  const anchor = { textAnchor: isLate ? "end" : "start", fill: ink.late, ...halo };
  return [
    line(x(at), box.top - 8, x(at), box.y1, ink.late, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
    text(x(at) + (isLate ? -6 : 6), box.top - 10, name, anchor),
  ];
}

/** What is finished by when, and by the end of the sprint at least. */
export function tableOfForecast({ when, howMany }: Forecast, words: Words = english): ChartTable {
  const { columns } = words.texts.forecast;
  return {
    columns: [
      columns.chance,
      ...(when === null ? [] : [words.say(columns.when, { n: when.tasks })]),
      ...(howMany === null ? [] : [words.say(columns.howMany, { day: howMany.by })]),
    ],
    rows: chances.map((chance) => [
      percentileName(chance, words),
      ...(when === null ? [] : [when.by[chance]]),
      ...(howMany === null ? [] : [howMany.tasks[chance]]),
    ]),
  };
}

const signalName = ({ kind }: Signal, { texts }: Words): string =>
  kind === "outside the limits" ? texts.forecast.signals.outside : texts.forecast.signals.oneSide;

/** The periods that a forecast is drawn from, with the limits that a steady pace keeps to; what breaks them stands out. */
export function renderForecastSample(forecast: Forecast, options: ChartOptions): string {
  const { sample, stability, asOf, timeZone } = forecast;
  const today = dayOf(Date.parse(asOf), timeZone);
  const { mean, lower, upper, signals } = stability;
  const { words = english } = options;
  const { chart: texts, sampleTitle: title } = words.texts.forecast;
  const tasks = (value: number) => ({ tasks: daysText(value, words) });
  const limit = (value: number) => ({ value, name: words.say(texts.limit, tasks(value)), stroke: ink.late });
  const middle = { value: mean, name: words.say(words.texts.flow.chart.mean, tasks(mean)), stroke: ink.plan };
  const levels = [middle, limit(upper), ...(lower === 0 ? [] : [limit(lower)])];
  const box = boxBeside(sample, levels, options, words, upper);
  const bars = sample.map(({ firstDay, lastDay, finished }) => {
    const signal = signals.find((one) => one.firstDay === firstDay);
    const span = { from: periodDay(firstDay, today, words), to: periodDay(lastDay, today, words) };
    const period = words.say(texts.period, { ...span, n: finished });
    return {
      firstDay,
      finished,
      fill: signal === undefined ? ink.done : ink.late,
      opacity: 0.85,
      title:
        signal === undefined
          ? period
          : words.say(texts.signal, { period, signal: signalName(signal, words) }),
    };
  });
  const { y, nodes } = periodBars(bars, box, { words, today, highest: upper });
  return toSvg(options, box, { kind: "sample", title, desc: sampleSentence(forecast, words) }, [
    ...nodes,
    ...levelLines(levels, y, box),
  ]);
}

/** Tasks finished, period by period. */
export function tableOfForecastSample({ sample, stability }: Forecast, words: Words = english): ChartTable {
  const { columns } = words.texts.forecast;
  return {
    columns: [columns.from, columns.to, columns.finished, columns.signal],
    rows: sample.map(({ firstDay, lastDay, finished }) => {
      const signal = stability.signals.find((one) => one.firstDay === firstDay);
      return [firstDay, lastDay, finished, signal === undefined ? "" : signalName(signal, words)];
    }),
  };
}

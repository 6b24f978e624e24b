import { quantileSorted } from "d3-array";
import { scalePoint } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { isOver } from "../../core/report/is-over.ts";
import { restatementOf } from "../../core/report/restated.ts";
import { forReaders, sizeUnitOf, type Unit, unitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { figuresIn } from "../figures/figures.ts";
import { amountText, daysText } from "../format.ts";
import { daysAxis, daysScale, roomForDays, type Scale, spreadLabels, standsApart } from "./axes.ts";
import { ink } from "./ink.ts";
import { legend, legendTop } from "./legend.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  fitted,
  line,
  marked,
  roomFor,
  round,
  type Titles,
  text,
  toSvg,
  unit,
} from "./svg.ts";

/** Work completed per sprint: the median, and the quartiles between which half of the sprints lie. */
export interface Velocity {
  median: number | null;
  lower: number | null;
  upper: number | null;
}

/**
 * Quartiles interpolated linearly, as spreadsheets do. Null where there is no sprint. A sprint that is not over
 * has no velocity yet.
 */
export function velocityOf(reports: Report[]): Velocity {
  const sorted = reports
    .filter(isOver)
    .map((report) => report.effort.completed)
    .sort((a, b) => a - b);
  const at = (p: number) => quantileSorted(sorted, p) ?? null;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Completed work per sprint as dots, committed work as ticks, and the band in which half of the sprints lie. */
export function renderVelocity(reports: Report[], options: ChartOptions): string {
  const { words = english } = options;
  const figures = figuresIn(words);
  const { velocity: texts, sprintAxis: axis } = words.texts.charts;
  const { unit: counting, reports: alike, others } = comparable(reports);
  const unitName = words.texts.amounts.units[counting];
  const inOrder = inOrderOf(alike);
  const highest = Math.max(0, ...inOrder.flatMap(({ effort }) => [effort.committed, effort.completed]));
  const velocity = velocityOf(inOrder);
  const right = roomFor([medianText(velocity.median, words), axis], 96, options);
  const box = boxOf(options, { top: legendTop, right, bottom: 28, left: roomForDays(highest, words) }, 264);
  const { y, ticks } = daysScale(highest, box);
  const x = sprintScale(inOrder, box);
  return toSvg(options, box, titlesOf(inOrder, velocity, { unit: counting, others }, words), [
    ...daysAxis(ticks, y, box, (tick) => daysText(tick, words)),
    ...band(velocity, y, box, words),
    ...inOrder.flatMap((report) => {
      const at = x(report.sprint.number) ?? 0;
      const { committed, completed } = report.effort;
      const told =
        words.say(texts.mark, {
          sprint: String(report.sprint.number),
          completed: daysText(completed, words),
          committed: daysText(committed, words),
        }) + restatedMark(report, words);
      const mark = s("g", [
        line(at, y(committed), at, y(completed), ink.line, { strokeWidth: 1.5 }),
        line(at - 6, y(committed), at + 6, y(committed), ink.plan, { strokeWidth: 2 }),
        s("circle", { cx: round(at), cy: round(y(completed)), r: 4.5, fill: ink.done }),
      ]);
      return [marked(mark, told)];
    }),
    ...sprintAxis(inOrder, x, box),
    text(box.x1 + 10, box.y1 + 18, axis, { fill: ink.quiet }),
    unit(unitName),
    ...legend([
      { mark: "dot", fill: ink.done, label: figures.completed.label },
      { mark: "line", fill: ink.plan, label: figures.committed.label },
      { mark: "box", fill: ink.done, opacity: 0.14, label: texts.middle },
    ]),
  ]);
}

/** Behind figures that later history contradicts. */
const restatedMark = (report: Report, { texts }: Words): string =>
  restatementOf(report) === null ? "" : texts.charts.velocity.restated;

/** Committed and completed per sprint, in the unit of the chart. */
export function tableOfVelocity(reports: Report[], words: Words = english): ChartTable {
  const { committed, completed, completedInitial } = figuresIn(words);
  const { sprint, title } = words.texts.charts.velocity.columns;
  return {
    columns: [sprint, title, committed.label, completed.label, completedInitial.label],
    rows: inOrderOf(comparable(reports).reports).map((report) => [
      report.sprint.number,
      report.sprint.title + restatedMark(report, words),
      report.effort.committed,
      report.effort.completed,
      report.effort.completedInitial,
    ]),
  };
}

/**
 * The reports of sprints that are over whose sums can be compared: those whose sizes count what the newest sized one's
 * do, or all of them in tasks where no sprint has an estimate. Among sprints with sizes, one without is left out.
 * `others`: how many are left out since their sizes count something else.
 */
function comparable(all: Report[]): { unit: Unit; reports: Report[]; others: number } {
  const reports = inOrderOf(all.filter(isOver));
  const sized = reports.filter((report) => unitOf(report) !== "tasks");
  const newest = sized.findLast((report) => report.effort.counts.final > 0);
  if (newest === undefined && reports.length > sized.length)
    return { unit: "tasks", reports: reports.map(forReaders), others: 0 };
  const unit = sizeUnitOf(newest ?? sized.at(-1) ?? {});
  const alike = sized.filter((report) => unitOf(report) === unit);
  return { unit, reports: alike, others: sized.length - alike.length };
}

export const inOrderOf = (reports: Report[]): Report[] =>
  reports.toSorted((a, b) => a.sprint.number - b.sprint.number);

export function sprintScale(reports: Report[], box: Box) {
  const numbers = reports.map((report) => report.sprint.number);
  return scalePoint(numbers, [box.left, box.x1]).padding(0.6);
}

/** The sprints' numbers, as many as there is room for, always with the newest. */
export function sprintAxis(
  reports: Report[],
  x: (sprint: number) => number | undefined,
  box: Box,
): Element[] {
  const step = Math.max(1, Math.ceil((reports.length * 26) / (box.x1 - box.left)));
  return reports.flatMap(({ sprint }, i) =>
    (reports.length - 1 - i) % step === 0
      ? [
          text(x(sprint.number) ?? 0, box.y1 + 18, String(sprint.number), {
            textAnchor: "middle",
            fill: ink.quiet,
          }),
        ]
      : [],
  );
}

function band({ median, lower, upper }: Velocity, y: Scale, box: Box, words: Words): Element[] {
  if (median === null || lower === null || upper === null) return [];
  const height = y(lower) - y(upper);
  return [
    s("rect", {
      x: box.left,
      y: round(y(upper)),
      width: round(box.x1 - box.left),
      height: round(height),
      fill: ink.done,
      fillOpacity: 0.14,
    }),
    ...(standsApart(median)
      ? [line(box.left, y(median), box.x1, y(median), ink.done, { strokeWidth: 1.5 })]
      : []),
    ...bandLabels([upper, median, lower], y, box, height > 34, words),
  ];
}

const medianText = (median: number | null, words: Words): string =>
  words.say(words.texts.charts.velocity.median, { days: daysText(median, words) });

/** The band's limits, where it is high enough for them, around the median. */
function bandLabels(
  values: [number, number, number],
  y: Scale,
  box: Box,
  hasRoom: boolean,
  words: Words,
): Element[] {
  const shown = values
    .map((value, i) => ({ value, isMedian: i === 1 }))
    .filter(({ value, isMedian }) => (hasRoom || isMedian) && standsApart(value));
  const heights = spreadLabels(
    shown.map(({ value }) => y(value) + 4),
    box.top,
    box.y1 + 1,
  );
  return shown.map(({ value, isMedian }, i) => {
    return text(
      box.x1 + 10,
      heights[i] ?? y(value),
      fitted(isMedian ? medianText(value, words) : daysText(value, words), box),
      {
        fill: isMedian ? ink.done : ink.quiet,
        ...(isMedian ? { fontWeight: 600 } : {}),
      },
    );
  });
}

/** `others`: how many sprints are left out since their sizes count something else. */
function titlesOf(
  reports: Report[],
  { median, lower, upper }: Velocity,
  { unit, others }: { unit: Unit; others: number },
  words: Words,
): Titles {
  const { velocity: texts, noSprint } = words.texts.charts;
  const { units } = words.texts.amounts;
  const title = words.say(texts.title, { n: reports.length });
  if (median === null) return { kind: "velocity", title, desc: noSprint };
  const days = (value: number | null) => daysText(value, words);
  const values = {
    amount: amountText(median, unit, words),
    median: days(median),
    unit: units[unit],
    lower: days(lower),
    upper: days(upper),
  };
  const desc = words.say(texts.desc, values);
  const rest =
    others === 0
      ? ""
      : words.say(texts.others, { n: others, unit: units[unit === "points" ? "days" : "points"] });
  return { kind: "velocity", title, desc: desc + rest };
}

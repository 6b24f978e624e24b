import { line as linePath } from "d3-shape";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { forReaders } from "../../core/report/unit.ts";
import { capital, figures } from "../figures/figures.ts";
import {
  counted,
  daysText,
  dayText,
  momentText,
  nounFor,
  signedText,
  unitNames,
  unitNouns,
} from "../format.ts";
import { daysAxis, daysScale, type Scale, spreadLabels, timeAxis, timeScale } from "./axes.ts";
import { ink } from "./ink.ts";
import { type Step, stepArea, stepPath } from "./steps.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  marked,
  round,
  text,
  toSvg,
  unit,
} from "./svg.ts";

type Point = Report["burndown"]["points"][number];

const margins = { top: 26, right: 92, bottom: 28, left: 34 };

/** Work left over the sprint against the ideal line, with every change of scope marked. */
export function renderBurndown(report: Report, options: ChartOptions): string {
  const { points, ideal } = report.burndown;
  const frame = frameOf(report, options);
  const { box, x, y } = frame;
  const last = points.at(-1);
  const remaining = (point: Point) => point.remaining;
  const ends = [
    { label: "remaining", value: last?.remaining, fill: ink.plan },
    { label: "ideal", value: ideal.at(-1)?.remaining, fill: ink.quiet },
  ];
  return toSvg(options, box, wordsOf(report, "burndown", "Burndown"), [
    ...frame.axes,
    s("path", { d: filled(points, remaining, x, y, box), fill: ink.plan, fillOpacity: 0.1 }),
    s("path", {
      d: linePath<(typeof ideal)[number]>(
        (point) => x(Date.parse(point.at)),
        (point) => y(point.remaining),
      ).digits(1)(ideal),
      fill: "none",
      stroke: ink.quiet,
      strokeWidth: 1.5,
      strokeDasharray: "2 4",
    }),
    s("path", { d: stepped(points, remaining, x, y), fill: "none", stroke: ink.plan, strokeWidth: 2.5 }),
    ...scopeMarks(report, x, (at) => y(heldAt(points, at)?.remaining ?? 0)),
    ...endLabels(ends, y, box),
  ]);
}

/** What was done, rising to the scope, with every change of scope marked. */
export function renderBurnup(report: Report, options: ChartOptions): string {
  const { points } = report.burndown;
  const frame = frameOf(report, options);
  const { box, x, y } = frame;
  const last = points.at(-1);
  const ends = [
    {
      label: report.effort.counts.frozen > 0 ? `not ${figures.frozen.label}` : "scope",
      value: last?.scope,
      fill: ink.plan,
    },
    { label: "done", value: last?.done, fill: ink.done },
  ];
  return toSvg(options, box, wordsOf(report, "burnup", "Burn-up"), [
    ...frame.axes,
    s("path", { d: filled(points, (point) => point.done, x, y, box), fill: ink.done, fillOpacity: 0.14 }),
    s("path", {
      d: stepped(points, (point) => point.scope, x, y),
      fill: "none",
      stroke: ink.plan,
      strokeWidth: 2,
    }),
    s("path", {
      d: stepped(points, (point) => point.done, x, y),
      fill: "none",
      stroke: ink.done,
      strokeWidth: 2.5,
    }),
    ...scopeMarks(report, x, (at) => y(heldAt(points, at)?.scope ?? 0)),
    ...endLabels(ends, y, box),
  ]);
}

/** Every point of burndown and burn-up, with the ideal where it is known. Instants in UTC, amounts in the burndown's unit. */
export function tableOfBurndown(report: Report): ChartTable {
  const { points, ideal } = report.burndown;
  const fixed = new Map(ideal.map((point) => [Date.parse(point.at), point.remaining]));
  return {
    columns: ["at", "scope", "done", "remaining", "ideal"],
    rows: points.map((point) => [
      point.at,
      point.scope,
      point.done,
      point.remaining,
      fixed.get(Date.parse(point.at)) ?? null,
    ]),
  };
}

function frameOf(report: Report, options: ChartOptions): { box: Box; x: Scale; y: Scale; axes: Element[] } {
  const { points, ideal } = report.burndown;
  const box = boxOf(options, margins, 280);
  const start = Date.parse(report.sprint.start);
  const end = Date.parse(report.sprint.end);
  const capacity = report.burndown.unit === undefined ? report.sprint.capacityDays : null;
  const highest = points.reduce(
    (most, point) => Math.max(most, point.scope, point.done),
    Math.max(ideal[0]?.remaining ?? 0, capacity ?? 0),
  );
  const { y, ticks } = daysScale(highest, box);
  const x = timeScale(start, end, box);
  return {
    box,
    x,
    y,
    axes: [
      ...daysAxis(ticks, y, box),
      ...timeAxis(start, end, report.sprint.timeZone, x, box),
      unit(unitWords(report)),
    ],
  };
}

const stepsOf = (points: Point[], value: (point: Point) => number, x: Scale, y: Scale): Step[] =>
  points.map((point) => [x(Date.parse(point.at)), y(value(point))]);

const stepped = (points: Point[], value: (point: Point) => number, x: Scale, y: Scale) =>
  stepPath(stepsOf(points, value, x, y));

const filled = (points: Point[], value: (point: Point) => number, x: Scale, y: Scale, box: Box) =>
  stepArea(stepsOf(points, value, x, y), box.y1);

function heldAt(points: Point[], at: number): Point | undefined {
  return points.findLast((point) => Date.parse(point.at) <= at) ?? points[0];
}

const unitWords = ({ burndown }: Report) => unitNames[burndown.unit ?? "days"];

const changeText = (delta: number, { burndown }: Report) =>
  `${signedText(delta)} ${nounFor(delta, burndown.unit === undefined ? "day" : unitNouns[burndown.unit])}`;

/** Triangles point up for work that entered, down for work that left. */
function scopeMarks(report: Report, x: Scale, yAt: (at: number) => number): Element[] {
  const { scopeEvents } = report.burndown;
  return [true, false].flatMap((up) => {
    const events = scopeEvents.filter(({ delta }) => delta >= 0 === up);
    const marks = events.map((event) => scopeMark(event, up, report, x, yAt));
    return marks.length === 0 ? [] : [s("g", { fill: up ? ink.late : ink.ice }, marks)];
  });
}

function scopeMark(
  event: Report["burndown"]["scopeEvents"][number],
  up: boolean,
  report: Report,
  x: Scale,
  yAt: (at: number) => number,
): Element {
  const at = Date.parse(event.at);
  const [cx, cy] = [round(x(at)), round(yAt(at) + (up ? -13 : 13))];
  return marked(
    s("path", { d: `M${cx},${cy}${up ? "l4.5,8h-9z" : "l4.5,-8h-9z"}` }),
    `${momentText(event.at, report.sprint.timeZone)}: ${changeText(event.delta, report)}, ${issueNameOf(event)} ${event.title}`,
  );
}

function endLabels(
  ends: { label: string; value: number | undefined; fill: string }[],
  y: Scale,
  box: Box,
): Element[] {
  const known = ends.flatMap((end) => (end.value === undefined ? [] : [{ ...end, value: end.value }]));
  const heights = spreadLabels(
    known.map((end) => y(end.value) + 4),
    box.top,
    box.y1 + 4,
  );
  return known.map((end, i) =>
    text(box.x1 + 10, heights[i] ?? y(end.value), `${daysText(end.value)} ${end.label}`, {
      fill: end.fill,
      fontWeight: 600,
    }),
  );
}

function wordsOf(report: Report, kind: string, name: string) {
  const { sprint, burndown } = report;
  const { committed } = burndown.unit === "tasks" ? forReaders(report).effort : report.effort;
  const first = burndown.points[0];
  const last = burndown.points.at(-1);
  const span = `${dayText(sprint.start, sprint.timeZone)} to ${sprint.lastDay}`;
  const changes = counted(burndown.scopeEvents.length, "scope change");
  const desc =
    first && last
      ? `From ${span}: ${daysText(first.scope)} ${unitWords(report)} at the start, ${daysText(last.scope)} at the end, ` +
        `${daysText(last.done)} done and ${daysText(last.remaining)} remaining, ${changes}. ` +
        `${capital(figures.committed.label)} ${daysText(committed)}.`
      : `From ${span}: nothing is known yet.`;
  const inTasks = burndown.unit === "tasks" ? ", in tasks (none has an estimate)" : "";
  return { kind, title: `${name} of sprint ${sprint.number}: ${sprint.title}${inTasks}`, desc };
}

import { line as linePath } from "d3-shape";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { forReaders } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { amountText, daysText, dayText, momentText, signedText, sprintLabel } from "../format.ts";
import { daysAxis, daysScale, roomForDays, type Scale, spreadLabels, timeAxis, timeScale } from "./axes.ts";
import { ink } from "./ink.ts";
import { type Step, stepArea, stepPath } from "./steps.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  fitted,
  marked,
  roomFor,
  round,
  type Titles,
  text,
  toSvg,
  unit,
} from "./svg.ts";

type Point = Report["burndown"]["points"][number];

const margins = { top: 26, right: 92, bottom: 28 };

/** What a line's end is called, where it ends, and in which colour. */
interface End {
  label: string;
  value: number;
  fill: string;
}

type EndText = Words["texts"]["charts"]["burndown"]["remaining" | "ideal" | "scope" | "notDropped" | "done"];

/** The ends that are known. */
const endsOf = (
  ends: { text: EndText; value: number | undefined; fill: string }[],
  { words = english }: ChartOptions,
): End[] =>
  ends.flatMap(({ text, value, fill }) =>
    value === undefined ? [] : [{ label: words.say(text, { days: daysText(value, words) }), value, fill }],
  );

/** Work left over the sprint against the ideal line, with every change of scope marked. */
export function renderBurndown(report: Report, options: ChartOptions): string {
  const { points, ideal } = report.burndown;
  const { burndown: texts } = (options.words ?? english).texts.charts;
  const ends = endsOf(
    [
      { text: texts.remaining, value: points.at(-1)?.remaining, fill: ink.plan },
      { text: texts.ideal, value: ideal.at(-1)?.remaining, fill: ink.quiet },
    ],
    options,
  );
  const { axes, box, x, y, words } = frameOf(report, ends, options);
  const remaining = (point: Point) => point.remaining;
  return toSvg(options, box, titlesOf(report, "burndown", words), [
    ...axes,
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
    ...scopeMarks(report, x, (at) => y(heldAt(points, at)?.remaining ?? 0), words),
    ...endLabels(ends, y, box),
  ]);
}

/** What was done, rising to the scope, with every change of scope marked. */
export function renderBurnup(report: Report, options: ChartOptions): string {
  const { points } = report.burndown;
  const { burndown: texts } = (options.words ?? english).texts.charts;
  const last = points.at(-1);
  const scope = report.effort.counts.frozen > 0 ? texts.notDropped : texts.scope;
  const ends = endsOf(
    [
      { text: scope, value: last?.scope, fill: ink.plan },
      { text: texts.done, value: last?.done, fill: ink.done },
    ],
    options,
  );
  const { axes, box, x, y, words } = frameOf(report, ends, options);
  return toSvg(options, box, titlesOf(report, "burnup", words), [
    ...axes,
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
    ...scopeMarks(report, x, (at) => y(heldAt(points, at)?.scope ?? 0), words),
    ...endLabels(ends, y, box),
  ]);
}

/** Every point of burndown and burn-up, with the ideal where it is known. Instants in UTC, amounts in the burndown's unit. */
export function tableOfBurndown(report: Report, words: Words = english): ChartTable {
  const { points, ideal } = report.burndown;
  const { columns } = words.texts.charts.burndown;
  const fixed = new Map(ideal.map((point) => [Date.parse(point.at), point.remaining]));
  return {
    columns: [columns.at, columns.scope, columns.done, columns.remaining, columns.ideal],
    rows: points.map((point) => [
      point.at,
      point.scope,
      point.done,
      point.remaining,
      fixed.get(Date.parse(point.at)) ?? null,
    ]),
  };
}

interface Frame {
  box: Box;
  x: Scale;
  y: Scale;
  axes: Element[];
  words: Words;
}

function frameOf(report: Report, ends: readonly End[], options: ChartOptions): Frame {
  const { words = english } = options;
  const { points, ideal } = report.burndown;
  const labels = ends.map(({ label }) => label);
  const start = Date.parse(report.sprint.start);
  const end = Date.parse(report.sprint.end);
  const capacity = report.burndown.unit === undefined ? report.sprint.capacityDays : null;
  const highest = points.reduce(
    (most, point) => Math.max(most, point.scope, point.done),
    Math.max(ideal[0]?.remaining ?? 0, capacity ?? 0),
  );
  const right = roomFor(labels, margins.right, options);
  const box = boxOf(options, { ...margins, right, left: roomForDays(highest, words) }, 280);
  const { y, ticks } = daysScale(highest, box);
  const x = timeScale(start, end, box);
  return {
    box,
    x,
    y,
    words,
    axes: [
      ...daysAxis(ticks, y, box, (tick) => daysText(tick, words)),
      ...timeAxis([start, end], report.sprint.timeZone, x, box, words),
      unit(unitWords(report, words)),
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

const unitWords = ({ burndown }: Report, { texts }: Words) => texts.amounts.units[burndown.unit ?? "days"];

function changeText(delta: number, { burndown }: Report, words: Words): string {
  const { changeInDays, changeInPoints, changeInTasks } = words.texts.charts.burndown;
  const texts = { days: changeInDays, points: changeInPoints, tasks: changeInTasks };
  return words.say(texts[burndown.unit ?? "days"], { n: delta, change: signedText(delta, words) });
}

/** Triangles point up for work that entered, down for work that left. */
function scopeMarks(report: Report, x: Scale, yAt: (at: number) => number, words: Words): Element[] {
  const { scopeEvents } = report.burndown;
  return [true, false].flatMap((up) => {
    const events = scopeEvents.filter(({ delta }) => delta >= 0 === up);
    const marks = events.map((event) => scopeMark(event, up, report, [x, yAt], words));
    return marks.length === 0 ? [] : [s("g", { fill: up ? ink.late : ink.ice }, marks)];
  });
}

function scopeMark(
  event: Report["burndown"]["scopeEvents"][number],
  up: boolean,
  report: Report,
  [x, yAt]: readonly [x: Scale, yAt: (at: number) => number],
  words: Words,
): Element {
  const at = Date.parse(event.at);
  const [cx, cy] = [round(x(at)), round(yAt(at) + (up ? -13 : 13))];
  return marked(
    s("path", { d: `M${cx},${cy}${up ? "l4.5,8h-9z" : "l4.5,-8h-9z"}` }),
    `${momentText(event.at, report.sprint.timeZone, words)}: ${changeText(event.delta, report, words)}, ${issueNameOf(event)} ${event.title}`,
  );
}

function endLabels(ends: readonly End[], y: Scale, box: Box): Element[] {
  const heights = spreadLabels(
    ends.map((end) => y(end.value) + 4),
    box.top,
    box.y1 + 4,
  );
  return ends.map((end, i) =>
    text(box.x1 + 10, heights[i] ?? y(end.value), fitted(end.label, box), {
      fill: end.fill,
      fontWeight: 600,
    }),
  );
}

function titlesOf(report: Report, kind: "burndown" | "burnup", words: Words): Titles {
  const { sprint, burndown } = report;
  const { committed } = burndown.unit === "tasks" ? forReaders(report).effort : report.effort;
  const texts = words.texts.charts.burndown;
  const first = burndown.points[0];
  const last = burndown.points.at(-1);
  const span = {
    from: dayText(sprint.start, sprint.timeZone, words),
    to: dayText(`${sprint.lastDay}T12:00Z`, "UTC", words),
  };
  const days = (value: number) => daysText(value, words);
  const known = (start: Point, end: Point) => ({
    ...span,
    scope: amountText(start.scope, burndown.unit ?? "days", words),
    scopeAtStart: days(start.scope),
    unit: unitWords(report, words),
    scopeAtEnd: days(end.scope),
    done: days(end.done),
    remaining: days(end.remaining),
    changes: words.say(texts.changes, { n: burndown.scopeEvents.length }),
    committed: days(committed),
  });
  const desc = first && last ? words.say(texts.known, known(first, last)) : words.say(texts.unknown, span);
  const inTasks = kind === "burndown" ? texts.titleInTasks : texts.upTitleInTasks;
  const plain = kind === "burndown" ? texts.title : texts.upTitle;
  const title = words.say(burndown.unit === "tasks" ? inTasks : plain, {
    sprint: sprintLabel(sprint),
    title: sprint.title,
  });
  return { kind, title, desc };
}

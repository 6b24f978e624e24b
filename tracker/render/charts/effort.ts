import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { forReaders, unitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import {
  capital,
  type FigureKey,
  figures,
  figuresIn,
  isInUnit,
  pointsNote,
  shortOf,
  valueText,
} from "../figures/figures.ts";
import {
  amountText,
  daysText,
  shareText,
  signedAmountText,
  signedText,
  sprintInWords,
  unknown,
} from "../format.ts";
import { ink } from "./ink.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  halo,
  line,
  marked,
  roomFor,
  shortened,
  type Titles,
  text,
  toSvg,
  widthOfText,
} from "./svg.ts";

interface Bar {
  /** What the figure is called. */
  name: string;
  /** In the report's unit; null is unknown and drawn as —. */
  from: number | null;
  to: number | null;
  value: string;
  /** The same with its unit. */
  told: string;
  fill: string;
  strong?: boolean;
}

const rowHeight = 22;

/** What was committed, what became of it and what it took, as bars that each begin where the one above ends. */
export function renderEffort(report: Report, options: ChartOptions): string {
  const { words = english } = options;
  const shown = forReaders(report);
  const bars = barsOf(shown, words);
  const capacity = shown.sprint.capacityDays;
  const right = roomFor(
    bars.map(({ value }) => value),
    52,
    options,
  );
  const left = roomFor(
    bars.map(({ name }) => name),
    112,
    options,
  );
  const box = boxOf(options, { top: 8, right, bottom: 26, left }, bars.length * rowHeight + 34);
  const highest = Math.max(0.5, capacity ?? 0, ...bars.map((bar) => Math.max(bar.from ?? 0, bar.to ?? 0)));
  const x = scaleLinear([0, highest], [box.left, box.x1]);
  const row = (box.y1 - box.top) / bars.length;
  return toSvg(options, box, titlesOf(report, words), [
    line(box.left, box.top, box.left, box.y1, ink.quiet),
    ...(capacity === null ? [] : capacityMark(capacity, x, box, words)),
    ...bars.flatMap((bar, i) => drawBar(bar, box.top + i * row, row, { x, box, words })),
  ]);
}

/** The figures of the effort chart, in its order. */
export function tableOfEffort(report: Report, words: Words = english): ChartTable {
  const shown = forReaders(report);
  const figures = figuresIn(words);
  return {
    columns: [words.texts.charts.effort.column, words.texts.amounts.units[unitOf(report)]],
    rows: effortKeys
      .filter((key) => isInUnit(figures[key], report))
      .map((key) => {
        const value = figures[key].value(shown);
        return [shortOf(figures[key]), key === "removed" ? -(value ?? 0) || 0 : value];
      }),
  };
}

const effortKeys: FigureKey[] = [
  "capacityDays",
  "committed",
  "added",
  "reestimated",
  "removed",
  "final",
  "completed",
  "frozen",
  "notCompleted",
  "actual",
];

function barsOf(report: Report, words: Words): Bar[] {
  const { committed, added, reestimated, removed, final, completed, frozen, notCompleted, actual } =
    report.effort;
  const unit = unitOf(report);
  const named = figuresIn(words);
  const bar = (key: FigureKey, from: number, to: number | null, amount: number | null, fill: string) => ({
    key,
    name: named[key].label,
    from,
    to,
    value: daysText(amount, words),
    told: amountText(amount, unit, words),
    fill,
  });
  const change = (key: FigureKey, from: number, to: number, fill: string) => ({
    ...bar(key, from, to, to - from, fill),
    value: signedText(to - from, words),
    told: signedAmountText(to - from, unit, words),
  });
  const grown = committed + added;
  const sized = grown + reestimated;
  const all = [
    { ...bar("committed", 0, committed, committed, ink.plan), strong: true },
    change("added", committed, grown, ink.late),
    change("reestimated", grown, sized, ink.late),
    change("removed", sized, sized - removed, ink.open),
    { ...bar("final", 0, final, final, ink.plan), strong: true },
    { ...bar("completed", 0, completed, completed, ink.done), strong: true },
    bar("frozen", completed, completed + frozen, frozen, ink.ice),
    bar("notCompleted", completed + frozen, final, notCompleted, ink.open),
    { ...bar("actual", 0, actual, actual, ink.debt), strong: true },
  ];
  return all.filter(({ key }) => isInUnit(figures[key], report));
}

interface Place {
  x: (value: number) => number;
  box: Box;
  words: Words;
}

function drawBar(bar: Bar, top: number, height: number, { x, box, words }: Place): Element[] {
  const middle = top + height / 2 + 4;
  const weight = bar.strong ? 600 : 400;
  const fill = bar.strong ? ink.text : ink.quiet;
  const label = text(box.left - 10, middle, shortened(bar.name, box.left - 10), {
    textAnchor: "end",
    fill,
    fontWeight: weight,
  });
  if (bar.from === null || bar.to === null)
    return [label, text(box.left + 8, middle, unknown, { fill: ink.quiet })];
  const [low, high] = [Math.min(bar.from, bar.to), Math.max(bar.from, bar.to)];
  const thick = bar.strong ? height * 0.62 : height * 0.4;
  const rect = s("rect", {
    x: x(low).toFixed(1),
    y: (top + (height - thick) / 2).toFixed(1),
    width: Math.max(high === low ? 0 : 1, x(high) - x(low)).toFixed(1),
    height: thick.toFixed(1),
    rx: 1.5,
    fill: bar.fill,
  });
  const told = words.say(words.texts.charts.effort.mark, { figure: bar.name, amount: bar.told });
  return [
    label,
    marked(rect, told),
    text(Math.max(x(high), box.left) + 7, middle, bar.value, { ...halo, fill, fontWeight: weight }),
  ];
}

function capacityMark(capacity: number, x: (value: number) => number, box: Box, words: Words): Element[] {
  const at = x(capacity);
  const label = words.say(words.texts.charts.effort.figure, {
    figure: figuresIn(words).capacityDays.label,
    amount: daysText(capacity, words),
  });
  const half = widthOfText(label) / 2;
  return [
    line(at, box.top - 2, at, box.y1 + 4, ink.text, { strokeDasharray: "1 3" }),
    text(Math.min(at, box.width - half), box.y1 + 18, label, {
      textAnchor: "middle",
      fill: ink.quiet,
    }),
  ];
}

function titlesOf(report: Report, words: Words): Titles {
  const { sprint, effort } = forReaders(report);
  const named = figuresIn(words);
  const texts = words.texts.charts.effort;
  const unit = unitOf(report);
  const told = (key: FigureKey, amount: string) =>
    words.say(texts.figure, { figure: named[key].label, amount });
  const days = (key: "added" | "removed" | "final" | "completed" | "frozen" | "notCompleted") =>
    told(key, daysText(effort[key], words));
  const desc = words.say(texts.desc, {
    start: capital(told("committed", amountText(effort.committed, unit, words))),
    changes: words.list([
      days("added"),
      days("removed"),
      told("reestimated", signedText(effort.reestimated, words)),
    ]),
    final: days("final"),
    outcome: words.list([days("completed"), days("frozen"), days("notCompleted")]),
    actual: capital(
      words.say(texts.mark, { figure: named.actual.label, amount: valueText(named.actual, report, words) }),
    ),
    sayDo: capital(told("sayDo", shareText(effort.sayDo, words))),
  });
  return {
    kind: "effort",
    title: words.say(texts.title, { sprint: sprintInWords(sprint, words) }),
    desc: `${desc} ${pointsNote(report, words)}`.trimEnd(),
  };
}

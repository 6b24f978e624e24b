import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { forReaders, type Unit, unitOf } from "../../core/report/unit.ts";
import {
  capital,
  type FigureKey,
  figures,
  isInUnit,
  pointsNote,
  shortOf,
  valueText,
} from "../figures/figures.ts";
import { daysText, shareText, signedText, sprintInWords, unitNames, unknown } from "../format.ts";
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
  text,
  toSvg,
  widthOfText,
} from "./svg.ts";

interface Bar {
  key: FigureKey;
  /** In the report's unit; null is unknown and drawn as —. */
  from: number | null;
  to: number | null;
  value: string;
  fill: string;
  strong?: boolean;
}

const rowHeight = 22;

/** What was committed, what became of it and what it took, as bars that each begin where the one above ends. */
export function renderEffort(report: Report, options: ChartOptions): string {
  const unit = unitOf(report);
  const shown = forReaders(report);
  const bars = barsOf(shown);
  const capacity = shown.sprint.capacityDays;
  const right = roomFor(
    bars.map(({ value }) => value),
    52,
    options,
  );
  const box = boxOf(options, { top: 8, right, bottom: 26, left: 112 }, bars.length * rowHeight + 34);
  const highest = Math.max(0.5, capacity ?? 0, ...bars.map((bar) => Math.max(bar.from ?? 0, bar.to ?? 0)));
  const x = scaleLinear([0, highest], [box.left, box.x1]);
  const row = (box.y1 - box.top) / bars.length;
  return toSvg(options, box, wordsOf(report), [
    line(box.left, box.top, box.left, box.y1, ink.quiet),
    ...(capacity === null ? [] : capacityMark(capacity, x, box)),
    ...bars.flatMap((bar, i) => drawBar(bar, unit, x, box, box.top + i * row, row)),
  ]);
}

/** The figures of the effort chart, in its order. */
export function tableOfEffort(report: Report): ChartTable {
  const shown = forReaders(report);
  return {
    columns: ["figure", unitNames[unitOf(report)]],
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

function barsOf(report: Report): Bar[] {
  const { effort } = report;
  const { committed, added, reestimated, removed, final, completed, frozen, actual } = effort;
  const bar = (
    key: FigureKey,
    from: number,
    to: number | null,
    value: string,
    fill: string,
    strong = false,
  ): Bar => ({ key, from, to, value, fill, strong });
  const grown = committed + added;
  const sized = grown + reestimated;
  const all = [
    bar("committed", 0, committed, daysText(committed), ink.plan, true),
    bar("added", committed, grown, signedText(added), ink.late),
    bar("reestimated", grown, sized, signedText(reestimated), ink.late),
    bar("removed", sized, sized - removed, signedText(-removed), ink.open),
    bar("final", 0, final, daysText(final), ink.plan, true),
    bar("completed", 0, completed, daysText(completed), ink.done, true),
    bar("frozen", completed, completed + frozen, daysText(frozen), ink.ice),
    bar("notCompleted", completed + frozen, final, daysText(effort.notCompleted), ink.open),
    bar("actual", 0, actual, daysText(actual), ink.debt, true),
  ];
  return all.filter(({ key }) => isInUnit(figures[key], report));
}

function drawBar(
  bar: Bar,
  unit: Unit,
  x: (value: number) => number,
  box: Box,
  top: number,
  height: number,
): Element[] {
  const middle = top + height / 2 + 4;
  const weight = bar.strong ? 600 : 400;
  const fill = bar.strong ? ink.text : ink.quiet;
  const { label: name } = figures[bar.key];
  const label = text(box.left - 10, middle, name, { textAnchor: "end", fill, fontWeight: weight });
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
  return [
    label,
    marked(rect, `${name}: ${bar.value} ${unitNames[unit]}`),
    text(Math.max(x(high), box.left) + 7, middle, bar.value, { ...halo, fill, fontWeight: weight }),
  ];
}

function capacityMark(capacity: number, x: (value: number) => number, box: Box): Element[] {
  const at = x(capacity);
  const label = `${figures.capacityDays.label} ${daysText(capacity)}`;
  const half = widthOfText(label) / 2;
  return [
    line(at, box.top - 2, at, box.y1 + 4, ink.text, { strokeDasharray: "1 3" }),
    text(Math.min(at, box.width - half), box.y1 + 18, label, {
      textAnchor: "middle",
      fill: ink.quiet,
    }),
  ];
}

function wordsOf(report: Report) {
  const { sprint, effort } = forReaders(report);
  const { committed, added, removed, reestimated, completed, frozen, notCompleted, actual, sayDo } = figures;
  return {
    kind: "effort",
    title: `Commitment, outcome and effort of ${sprintInWords(sprint)}`,
    desc:
      `${capital(committed.label)} ${daysText(effort.committed)} ${unitNames[unitOf(report)]}, ` +
      `${added.label} ${daysText(effort.added)}, ${removed.label} ${daysText(effort.removed)}, ` +
      `${reestimated.label} ${signedText(effort.reestimated)}; of the final ${daysText(effort.final)}, ` +
      `${daysText(effort.completed)} were ${completed.label}, ${daysText(effort.frozen)} ${frozen.label} and ` +
      `${daysText(effort.notCompleted)} ${notCompleted.label}. ${capital(actual.label)}: ` +
      `${report.unit === "points" ? valueText(actual, report) : daysText(effort.actual)}. ${capital(sayDo.label)} ${shareText(effort.sayDo)}. ${pointsNote(report)}`.trimEnd(),
  };
}

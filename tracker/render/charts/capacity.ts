import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Effort, Report } from "../../core/model/report.ts";
import { forReaders, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { capital, figures, pointsNote } from "../figures/figures.ts";
import { daysText, sprintText, unitNames } from "../format.ts";
import type { Scale } from "./axes.ts";
import { ink } from "./ink.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  labelsWithRoom,
  line,
  marked,
  round,
  text,
  toSvg,
  widthOfText,
} from "./svg.ts";

interface Part {
  name: string;
  days: number;
  /** Where it begins on the bar. */
  from: number;
  fill: string;
}

/** The final scope as one bar (completed, dropped, not completed) against the team's capacity. */
export function renderCapacity(report: Report, options: ChartOptions): string {
  const { effort, sprint } = forReaders(report);
  const capacity = sprint.capacityDays;
  const box = boxOf(options, { top: 20, right: 12, bottom: 22, left: 2 }, 64);
  const x = scaleLinear([0, Math.max(0.5, effort.final, capacity ?? 0) * 1.02], [box.left, box.x1]);
  const parts = partsOf(effort);
  const shown = parts.filter((part) => part.days > 0);
  return toSvg(options, box, wordsOf(report, parts), [
    ...shown.map((part) =>
      marked(
        s("rect", {
          x: round(x(part.from)),
          y: box.top,
          width: round(Math.max(1, x(part.from + part.days) - x(part.from) - 1)),
          height: box.y1 - box.top,
          fill: part.fill,
        }),
        partText(part),
      ),
    ),
    ...partLabels(shown, x, box),
    ...(capacity === null ? [] : capacityMark(capacity, x, box)),
  ]);
}

function partsOf({ completed, frozen, notCompleted }: Effort): Part[] {
  return [
    { name: figures.completed.label, days: completed, from: 0, fill: ink.done },
    { name: figures.frozen.label, days: frozen, from: completed, fill: ink.ice },
    { name: figures.notCompleted.label, days: notCompleted, from: completed + frozen, fill: ink.open },
  ];
}

const partText = ({ days, name }: Part): string => `${daysText(days)} ${name}`;

/** Below the parts, the large ones first, as far as there is room. */
function partLabels(parts: readonly Part[], x: Scale, box: Box): Element[] {
  const labels = parts
    .toSorted((a, b) => b.days - a.days)
    .map((part) => {
      const words = partText(part);
      return { words, left: Math.min(x(part.from), box.width - widthOfText(words)), line: box.y1 + 16 };
    });
  return labelsWithRoom(labels, box).map(({ left, line: at, words }) =>
    text(left, at, words, { fill: ink.quiet }),
  );
}

function capacityMark(capacity: number, x: Scale, box: Box): Element[] {
  const isLate = x(capacity) > box.x1 * 0.7;
  return [
    line(x(capacity), box.top - 6, x(capacity), box.y1 + 4, ink.text, { strokeWidth: 2 }),
    text(Math.max(0, x(capacity) + (isLate ? 4 : -4)), box.top - 9, capacityText(capacity), {
      textAnchor: isLate ? "end" : "start",
    }),
  ];
}

const capacityText = (capacity: number | null): string =>
  `${figures.capacityDays.label} ${daysText(capacity)}`;

function wordsOf(report: Report, parts: Part[]) {
  const { effort, sprint } = forReaders(report);
  const unit = unitOf(report);
  return {
    kind: "capacity",
    title: `${capital(figures.capacityDays.label)} of ${sprintText(sprint)}`,
    desc:
      `${daysText(effort.final)} ${unitNames[unit]} in the ${figures.final.label}: ` +
      `${parts.map(partText).join(", ")}; ${unit === "points" ? pointsNote(report) : `${capacityText(sprint.capacityDays)}.`}`,
  };
}

/** What the capacity bar shows, in the unit of the report's sizes. */
export function tableOfCapacity(report: Report): ChartTable {
  const { completed, frozen, notCompleted, final } = report.effort;
  return {
    columns: ["part", unitNames[sizeUnitOf(report)]],
    rows: [
      [figures.completed.label, completed],
      [figures.frozen.label, frozen],
      [figures.notCompleted.label, notCompleted],
      [figures.final.label, final],
      ...(report.unit === "points" ? [] : [[figures.capacityDays.label, report.sprint.capacityDays]]),
    ],
  };
}

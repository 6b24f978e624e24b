import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Effort, Report } from "../../core/model/report.ts";
import { forReaders, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { capital, figuresIn, pointsNote } from "../figures/figures.ts";
import { amountText, daysText, sprintText } from "../format.ts";
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
  type Titles,
  text,
  toSvg,
  widthOfText,
} from "./svg.ts";

interface Part {
  days: number;
  /** Where it begins on the bar. */
  from: number;
  fill: string;
  /** Its amount and name. */
  told: string;
}

/** The final scope as one bar (completed, dropped, not completed) against the team's capacity. */
export function renderCapacity(report: Report, options: ChartOptions): string {
  const { effort, sprint } = forReaders(report);
  const { words = english } = options;
  const capacity = sprint.capacityDays;
  const box = boxOf(options, { top: 20, right: 12, bottom: 22, left: 2 }, 64);
  const x = scaleLinear([0, Math.max(0.5, effort.final, capacity ?? 0) * 1.02], [box.left, box.x1]);
  const parts = partsOf(effort, words);
  const shown = parts.filter((part) => part.days > 0);
  return toSvg(options, box, titlesOf(report, parts, words), [
    ...shown.map((part) =>
      marked(
        s("rect", {
          x: round(x(part.from)),
          y: box.top,
          width: round(Math.max(1, x(part.from + part.days) - x(part.from) - 1)),
          height: box.y1 - box.top,
          fill: part.fill,
        }),
        part.told,
      ),
    ),
    ...partLabels(shown, x, box),
    ...(capacity === null ? [] : capacityMark(capacity, x, box, words)),
  ]);
}

function partsOf({ completed, frozen, notCompleted }: Effort, words: Words): Part[] {
  const figures = figuresIn(words);
  const part = (key: "completed" | "frozen" | "notCompleted", days: number, from: number, fill: string) => ({
    days,
    from,
    fill,
    told: words.say(words.texts.charts.capacity.part, {
      amount: daysText(days, words),
      figure: figures[key].label,
    }),
  });
  return [
    part("completed", completed, 0, ink.done),
    part("frozen", frozen, completed, ink.ice),
    part("notCompleted", notCompleted, completed + frozen, ink.open),
  ];
}

/** Below the parts, the large ones first, as far as there is room. */
function partLabels(parts: readonly Part[], x: Scale, box: Box): Element[] {
  const labels = parts
    .toSorted((a, b) => b.days - a.days)
    .map(({ from, told }) => ({
      words: told,
      left: Math.min(x(from), box.width - widthOfText(told)),
      line: box.y1 + 16,
    }));
  return labelsWithRoom(labels, box).map(({ left, line: at, words }) =>
    text(left, at, words, { fill: ink.quiet }),
  );
}

function capacityMark(capacity: number, x: Scale, box: Box, words: Words): Element[] {
  const isLate = x(capacity) > box.x1 * 0.7;
  return [
    line(x(capacity), box.top - 6, x(capacity), box.y1 + 4, ink.text, { strokeWidth: 2 }),
    text(Math.max(0, x(capacity) + (isLate ? 4 : -4)), box.top - 9, capacityText(capacity, words), {
      textAnchor: isLate ? "end" : "start",
    }),
  ];
}

const capacityText = (capacity: number | null, words: Words): string =>
  words.say(words.texts.charts.effort.figure, {
    figure: figuresIn(words).capacityDays.label,
    amount: daysText(capacity, words),
  });

function titlesOf(report: Report, parts: Part[], words: Words): Titles {
  const { effort, sprint } = forReaders(report);
  const { capacity: texts, effort: shared } = words.texts.charts;
  const { capacityDays, final } = figuresIn(words);
  const unit = unitOf(report);
  const told = {
    final: words.say(shared.figure, {
      figure: capital(final.label),
      amount: amountText(effort.final, unit, words),
    }),
    parts: words.list(parts.map((part) => part.told)),
  };
  return {
    kind: "capacity",
    title: words.say(texts.title, {
      figure: capital(capacityDays.label),
      sprint: sprintText(sprint, words),
    }),
    desc:
      unit === "points"
        ? words.say(texts.descInPoints, { ...told, note: pointsNote(report, words) })
        : words.say(texts.desc, { ...told, capacity: capacityText(sprint.capacityDays, words) }),
  };
}

/** What the capacity bar shows, in the unit of the report's sizes. */
export function tableOfCapacity(report: Report, words: Words = english): ChartTable {
  const { completed, frozen, notCompleted, final } = report.effort;
  const figures = figuresIn(words);
  return {
    columns: [words.texts.charts.capacity.column, words.texts.amounts.units[sizeUnitOf(report)]],
    rows: [
      [figures.completed.label, completed],
      [figures.frozen.label, frozen],
      [figures.notCompleted.label, notCompleted],
      [figures.final.label, final],
      ...(report.unit === "points" ? [] : [[figures.capacityDays.label, report.sprint.capacityDays]]),
    ],
  };
}

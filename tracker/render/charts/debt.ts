import { scaleLinear } from "d3-scale";
import { line as linePath } from "d3-shape";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { figuresIn, isUnsized, ledgerKeys, owedText, shortOf } from "../figures/figures.ts";
import { countOf, sizeSumText } from "../format.ts";
import { daysAxis, roomForTicks, type Scale, spreadLabels } from "./axes.ts";
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
import { inOrderOf, sprintAxis, sprintScale } from "./velocity.ts";

/** Technical debts opened (upwards) and paid (downwards) per sprint, and how many stood open at its end. */
export function renderDebt(reports: Report[], options: ChartOptions): string {
  const { words = english } = options;
  const { debtOpened, debtPaid, debtOpen } = figuresIn(words);
  const inOrder = inOrderOf(reports);
  const most = Math.max(1, ...inOrder.map(({ debt }) => Math.max(debt.open, debt.opened.length)));
  const least = Math.max(0, ...inOrder.map(({ debt }) => debt.paid.length));
  const domain = scaleLinear().domain([-least, most]).nice(4);
  const ticks = domain.ticks(4).filter(Number.isInteger);
  const countText = (tick: number) => words.numeral(Math.abs(tick));
  const right = roomFor(lastTexts(inOrder.at(-1), words), 110, options);
  const left = roomForTicks(ticks, countText);
  const box = boxOf(options, { top: legendTop, right, bottom: 28, left }, 264);
  const y = domain.range([box.y1, box.top]);
  const sprints = sprintScale(inOrder, box);
  const x = ({ sprint }: Report) => sprints(sprint.number) ?? 0;
  const width = Math.min(22, Math.max(2, (box.x1 - box.left) / (inOrder.length + 1) / 2.5));
  return toSvg(options, box, titlesOf(inOrder, words), [
    ...daysAxis(ticks, y, box, countText),
    ...inOrder.map((report) => movesOf(report, x(report), y, width, words)),
    line(box.left, y(0), box.x1, y(0), ink.quiet),
    s("path", {
      d: linePath<Report>(x, (report) => y(report.debt.open)).digits(1)(inOrder),
      fill: "none",
      stroke: ink.text,
      strokeWidth: 2,
    }),
    ...inOrder.map((report) => openMark(report, x(report), y, inOrder.length > 40 ? 2 : 4, words)),
    ...sprintAxis(inOrder, sprints, box),
    ...lastLabels(inOrder.at(-1), y, box, words),
    unit(words.texts.amounts.debtItems),
    ...legend([
      { mark: "box", fill: ink.debt, opacity: 0.75, label: shortOf(debtOpened) },
      { mark: "box", fill: ink.done, opacity: 0.75, label: shortOf(debtPaid) },
      { mark: "line", fill: ink.text, label: shortOf(debtOpen) },
    ]),
    text(box.x1 + 10, box.y1 + 18, words.texts.charts.sprintAxis, { fill: ink.quiet }),
  ]);
}

/** What a sprint opened and paid, as bars from zero up and down. */
function movesOf({ sprint, debt }: Report, at: number, y: Scale, width: number, words: Words): Element {
  const bar = (count: number, fill: string) =>
    s("rect", {
      x: round(at - width / 2),
      y: round(Math.min(y(0), y(count))),
      width: round(width),
      height: round(Math.abs(y(count) - y(0))),
      fill,
      fillOpacity: 0.75,
    });
  return marked(
    s("g", [bar(debt.opened.length, ink.debt), bar(-debt.paid.length, ink.done)]),
    words.say(words.texts.charts.debt.moves, {
      sprint: String(sprint.number),
      opened: debt.opened.length,
      paid: debt.paid.length,
    }),
  );
}

function openMark({ sprint, debt }: Report, at: number, y: Scale, radius: number, words: Words): Element {
  return marked(
    s("circle", { cx: round(at), cy: round(y(debt.open)), r: radius, fill: ink.text }),
    words.say(words.texts.charts.debt.open, {
      sprint: String(sprint.number),
      open: debt.open,
      owed: owedText(debt, words),
    }),
  );
}

/** How many debts stand open at the end, and what they cost. */
function lastTexts(last: Report | undefined, words: Words): [open: string, owed: string] | [] {
  if (last === undefined) return [];
  const { debt } = last;
  return [
    words.say(words.texts.charts.debt.openLabel, { open: debt.open }),
    isUnsized(debt) ? words.texts.amounts.noEstimate : sizeSumText(debt.daysOwed, sizeUnitOf(debt), words),
  ];
}

function lastLabels(last: Report | undefined, y: Scale, box: Box, words: Words): Element[] {
  const [open, owed] = lastTexts(last, words);
  if (last === undefined || open === undefined || owed === undefined) return [];
  const { debt } = last;
  // The axis has its own word below the plot.
  const [at = 0, below = 0] = spreadLabels([y(debt.open) + 4, y(debt.open) + 20], box.top, box.y1 + 1);
  return [
    text(box.x1 + 10, at, fitted(open, box), { fontWeight: 600 }),
    text(box.x1 + 10, below, fitted(owed, box), { fill: ink.quiet }),
  ];
}

/** The ledger per sprint. Ages in calendar days. */
export function tableOfDebt(reports: Report[], words: Words = english): ChartTable {
  const figures = figuresIn(words);
  const { columns } = words.texts.charts.debt;
  const unit = sizeUnitOf(inOrderOf(reports).at(-1)?.debt ?? {});
  return {
    columns: [
      columns.sprint,
      ...ledgerKeys.map((key) => shortOf(figures[key])),
      words.say(columns.owed, { unit: words.texts.amounts.units[unit] }),
      columns.p50,
      columns.p85,
      columns.p95,
    ],
    rows: inOrderOf(reports).map((report) => [
      report.sprint.number,
      ...[...ledgerKeys, "daysOwed" as const].map((key) => figures[key].value(report)),
      report.debt.ages.p50,
      report.debt.ages.p85,
      report.debt.ages.p95,
    ]),
  };
}

function titlesOf(reports: Report[], words: Words): Titles {
  const { debt: texts, noSprint } = words.texts.charts;
  const last = reports.at(-1);
  const desc =
    last === undefined
      ? noSprint
      : words.say(texts.desc, {
          opened: countOf(
            reports.reduce((sum, { debt }) => sum + debt.opened.length, 0),
            "debt",
            words,
          ),
          paid: reports.reduce((sum, { debt }) => sum + debt.paid.length, 0),
          sprints: words.say(texts.sprints, { n: reports.length }),
          open: last.debt.open,
          owed: owedText(last.debt, words),
        });
  return { kind: "debt", title: texts.title, desc };
}

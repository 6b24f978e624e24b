import { scaleLinear } from "d3-scale";
import { s } from "hastscript";
import type { Card, Report } from "../../core/model/report.ts";
import { issueCell, issueNameOf } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { pointsNote } from "../figures/figures.ts";
import { dayCount, daysText, signedText, sizeSumText, sprintLabel } from "../format.ts";
import { daysAxis } from "./axes.ts";
import { ink } from "./ink.ts";
import {
  boxOf,
  type ChartOptions,
  type ChartTable,
  halo,
  line,
  marked,
  round,
  type Titles,
  text,
  toSvg,
  unit,
} from "./svg.ts";

interface Judged {
  card: Card;
  estimate: number;
  actual: number;
}

/** Every finished issue by its estimate and its actual; where both are days, on the diagonal the estimate was right. */
export function renderEstimation(report: Report, options: ChartOptions): string {
  const { words = english } = options;
  const {
    amounts,
    charts: { estimation: texts },
  } = words.texts;
  const issues = judgedOf(report);
  const isSame = sizeUnitOf(report) === "days";
  const box = boxOf(options, { top: 26, right: 24, bottom: 40, left: 44 }, 320);
  const most = (key: "estimate" | "actual") => Math.max(0.5, ...issues.map((issue) => issue[key]));
  const highest = Math.max(most("estimate"), most("actual"));
  const x = scaleLinear([0, isSame ? highest : most("estimate")], [box.left, box.x1]).nice(4);
  const y = isSame
    ? scaleLinear(x.domain(), [box.y1, box.top])
    : scaleLinear([0, most("actual")], [box.y1, box.top]).nice(4);
  const [, top = highest] = x.domain();
  return toSvg(options, box, titlesOf(report, issues, words), [
    ...daysAxis(y.ticks(4), y, box, (tick) => daysText(tick, words)),
    ...x
      .ticks(4)
      .map((tick) =>
        text(x(tick), box.y1 + 17, daysText(tick, words), { textAnchor: "middle", fill: ink.quiet }),
      ),
    ...(isSame ? [line(x(0), y(0), x(top), y(top), ink.quiet, { strokeDasharray: "2 4" })] : []),
    ...[true, false].map((isLate) =>
      s(
        "g",
        { fill: isLate ? ink.late : ink.done, fillOpacity: 0.65 },
        issues
          .filter(({ estimate, actual }) => (isSame && actual > estimate) === isLate)
          .map(({ card, estimate, actual }) =>
            marked(
              s("circle", { cx: round(x(estimate)), cy: round(y(actual)), r: 5 }),
              words.say(texts.mark, {
                issue: issueNameOf(card),
                estimate: isSame ? daysText(estimate, words) : sizeSumText(estimate, "points", words),
                actual: isSame ? daysText(actual, words) : dayCount(actual, words),
              }),
            ),
          ),
      ),
    ),
    ...(isSame ? worstOf(issues, highest) : []).map(({ card, estimate, actual }) => {
      const right = x(estimate) < box.x1 - 60;
      return text(x(estimate) + (right ? 9 : -9), y(actual) + 4, issueNameOf(card), {
        textAnchor: right ? "start" : "end",
        fill: ink.quiet,
        ...halo,
      });
    }),
    ...(issues.length === 0
      ? [text((box.left + box.x1) / 2, (box.top + box.y1) / 2, texts.none, { textAnchor: "middle", ...halo })]
      : []),
    text(box.x1, box.y1 + 34, words.say(texts.xAxis, { unit: amounts.units[sizeUnitOf(report)] }), {
      textAnchor: "end",
      fill: ink.quiet,
    }),
    unit(texts.yAxis),
  ]);
}

/** The three that were furthest off, as far as their names do not overlap. */
const worstOf = (issues: Judged[], highest: number): Judged[] =>
  issues
    .toSorted((a, b) => Math.abs(b.actual - b.estimate) - Math.abs(a.actual - a.estimate))
    .slice(0, 3)
    .filter((issue) => Math.abs(issue.actual - issue.estimate) >= highest / 10)
    .filter((issue, i, all) => !all.slice(0, i).some((other) => near(issue, other, highest)));

/** Estimate and actual of every issue that has both, and the error where both are man-days. */
export function tableOfEstimation(report: Report, words: Words = english): ChartTable {
  const { columns } = words.texts.charts.estimation;
  if (sizeUnitOf(report) === "points")
    return {
      columns: [columns.issue, columns.title, columns.inPoints, columns.inDays],
      rows: judgedOf(report).map(({ card, estimate, actual }) => [
        issueCell(card),
        card.title,
        estimate,
        actual,
      ]),
    };
  return {
    columns: [columns.issue, columns.title, columns.estimate, columns.actual, columns.error],
    rows: judgedOf(report).map(({ card, estimate, actual }) => [
      issueCell(card),
      card.title,
      estimate,
      actual,
      Math.round((actual - estimate) * 100) / 100,
    ]),
  };
}

/** Whether the labels of two issues would overlap. */
const near = (a: Judged, b: Judged, highest: number) =>
  Math.abs(a.actual - b.actual) < highest / 16 && Math.abs(a.estimate - b.estimate) < highest / 6;

function judgedOf(report: Report): Judged[] {
  return report.done.flatMap((card) =>
    card.days === null || card.actualDays === null || card.actualDays === undefined
      ? []
      : [{ card, estimate: card.days, actual: card.actualDays }],
  );
}

function titlesOf(report: Report, issues: Judged[], words: Words): Titles {
  const texts = words.texts.charts.estimation;
  const n = issues.length;
  const error = issues.reduce((sum, issue) => sum + issue.actual - issue.estimate, 0);
  const over = issues.filter((issue) => issue.actual > issue.estimate).length;
  const desc =
    sizeUnitOf(report) === "points"
      ? words.say(texts.descInPoints, { n, note: pointsNote(report, words) })
      : words.say(texts.desc, { n, over, error: signedText(error, words) });
  return {
    kind: "estimation",
    title: words.say(texts.title, { sprint: sprintLabel(report.sprint) }),
    desc: n === 0 ? texts.none : desc,
  };
}

import { scaleLinear } from "d3-scale";
import { s } from "hastscript";
import type { Card, Report } from "../../core/model/report.ts";
import { issueCell, issueNameOf } from "../../core/report/issue-refs.ts";
import { figures } from "../figures/figures.ts";
import { counted, daysText, signedText } from "../format.ts";
import { daysAxis } from "./axes.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, type ChartTable, line, marked, round, text, toSvg, unit } from "./svg.ts";

interface Judged {
  card: Card;
  estimate: number;
  actual: number;
}

/** Every finished issue by its estimate and its actual; on the diagonal the estimate was right. */
export function renderEstimation(report: Report, options: ChartOptions): string {
  const issues = judgedOf(report);
  const box = boxOf(options, { top: 26, right: 24, bottom: 40, left: 44 }, 320);
  const highest = Math.max(0.5, ...issues.flatMap((issue) => [issue.estimate, issue.actual]));
  const x = scaleLinear([0, highest], [box.left, box.x1]).nice(4);
  const y = scaleLinear(x.domain(), [box.y1, box.top]);
  const [, top = highest] = x.domain();
  const worst = issues
    .toSorted((a, b) => Math.abs(b.actual - b.estimate) - Math.abs(a.actual - a.estimate))
    .slice(0, 3)
    .filter((issue) => Math.abs(issue.actual - issue.estimate) >= highest / 10)
    .filter((issue, i, all) => !all.slice(0, i).some((other) => near(issue, other, highest)));
  return toSvg(options, box, wordsOf(report, issues), [
    ...daysAxis(y.ticks(4), y, box),
    ...x
      .ticks(4)
      .map((tick) => text(x(tick), box.y1 + 17, daysText(tick), { textAnchor: "middle", fill: ink.quiet })),
    line(x(0), y(0), x(top), y(top), ink.quiet, { strokeDasharray: "2 4" }),
    ...[true, false].map((isLate) =>
      s(
        "g",
        { fill: isLate ? ink.late : ink.done, fillOpacity: 0.65 },
        issues
          .filter(({ estimate, actual }) => actual > estimate === isLate)
          .map(({ card, estimate, actual }) =>
            marked(
              s("circle", { cx: round(x(estimate)), cy: round(y(actual)), r: 5 }),
              `${issueNameOf(card)}: estimated ${daysText(estimate)}, took ${daysText(actual)}`,
            ),
          ),
      ),
    ),
    ...worst.map(({ card, estimate, actual }) => {
      const right = x(estimate) < box.x1 - 60;
      return text(x(estimate) + (right ? 9 : -9), y(actual) + 4, issueNameOf(card), {
        textAnchor: right ? "start" : "end",
        fill: ink.quiet,
      });
    }),
    text(box.x1, box.y1 + 34, "estimate, man-days", { textAnchor: "end", fill: ink.quiet }),
    unit(`${figures.actual.label}, man-days`),
  ]);
}

/** Estimate and actual of every issue that has both, man-days. */
export function tableOfEstimation(report: Report): ChartTable {
  return {
    columns: ["issue", "title", "estimate", "actual", "error"],
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

function wordsOf(report: Report, issues: Judged[]) {
  const error = issues.reduce((sum, issue) => sum + issue.actual - issue.estimate, 0);
  const over = issues.filter((issue) => issue.actual > issue.estimate).length;
  return {
    kind: "estimation",
    title: `Estimates and ${figures.actual.label} in sprint ${report.sprint.number}`,
    desc:
      issues.length === 0
        ? "No finished task has both an estimate and recorded effort."
        : `${counted(issues.length, "finished task")} with both: ${over} took longer than estimated; ` +
          `${signedText(error)} man-days in total.`,
  };
}

import { scaleLinear } from "d3-scale";
import { s } from "hastscript";
import type { Card, Report } from "../../core/model/report.ts";
import { issueCell, issueNameOf } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { figures, pointsNote } from "../figures/figures.ts";
import { counted, dayCount, daysText, signedText, sizeSumText, unitNames } from "../format.ts";
import { daysAxis } from "./axes.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, type ChartTable, line, marked, round, text, toSvg, unit } from "./svg.ts";

interface Judged {
  card: Card;
  estimate: number;
  actual: number;
}

/** Every finished issue by its estimate and its actual; where both are days, on the diagonal the estimate was right. */
export function renderEstimation(report: Report, options: ChartOptions): string {
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
  return toSvg(options, box, wordsOf(report, issues), [
    ...daysAxis(y.ticks(4), y, box),
    ...x
      .ticks(4)
      .map((tick) => text(x(tick), box.y1 + 17, daysText(tick), { textAnchor: "middle", fill: ink.quiet })),
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
              `${issueNameOf(card)}: estimated ${estimateText(estimate, report)}, took ${isSame ? daysText(actual) : dayCount(actual)}`,
            ),
          ),
      ),
    ),
    ...(isSame ? worstOf(issues, highest) : []).map(({ card, estimate, actual }) => {
      const right = x(estimate) < box.x1 - 60;
      return text(x(estimate) + (right ? 9 : -9), y(actual) + 4, issueNameOf(card), {
        textAnchor: right ? "start" : "end",
        fill: ink.quiet,
      });
    }),
    text(box.x1, box.y1 + 34, `estimate, ${unitNames[sizeUnitOf(report)]}`, {
      textAnchor: "end",
      fill: ink.quiet,
    }),
    unit(`${figures.actual.label}, ${unitNames.days}`),
  ]);
}

const estimateText = (estimate: number, report: Report): string =>
  sizeUnitOf(report) === "days" ? daysText(estimate) : sizeSumText(estimate, "points");

/** The three that were furthest off, as far as their names do not overlap. */
const worstOf = (issues: Judged[], highest: number): Judged[] =>
  issues
    .toSorted((a, b) => Math.abs(b.actual - b.estimate) - Math.abs(a.actual - a.estimate))
    .slice(0, 3)
    .filter((issue) => Math.abs(issue.actual - issue.estimate) >= highest / 10)
    .filter((issue, i, all) => !all.slice(0, i).some((other) => near(issue, other, highest)));

/** Estimate and actual of every issue that has both, and the error where both are man-days. */
export function tableOfEstimation(report: Report): ChartTable {
  if (sizeUnitOf(report) === "points")
    return {
      columns: ["issue", "title", `estimate, ${unitNames.points}`, `actual, ${unitNames.days}`],
      rows: judgedOf(report).map(({ card, estimate, actual }) => [
        issueCell(card),
        card.title,
        estimate,
        actual,
      ]),
    };
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
  const inPoints = sizeUnitOf(report) === "points";
  const error = issues.reduce((sum, issue) => sum + issue.actual - issue.estimate, 0);
  const over = issues.filter((issue) => issue.actual > issue.estimate).length;
  return {
    kind: "estimation",
    title: `Estimates and ${figures.actual.label} in sprint ${report.sprint.number}`,
    desc:
      issues.length === 0
        ? "No finished task has both an estimate and recorded effort."
        : inPoints
          ? `${counted(issues.length, "finished task")} with both. ${pointsNote(report)}`
          : `${counted(issues.length, "finished task")} with both: ${over} took longer than estimated; ` +
            `${signedText(error)} man-days in total.`,
  };
}

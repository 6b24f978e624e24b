import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Card, Report } from "../../core/model/report.ts";
import { issueCell, issueNameOf } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { pointsNote } from "../figures/figures.ts";
import { dayCount, daysText, signedAmountText, signedText, sizeSumText, sprintLabel } from "../format.ts";
import { daysAxis, roomForTicks, type Scale } from "./axes.ts";
import { ink } from "./ink.ts";
import {
  type Box,
  boxOf,
  type ChartOptions,
  type ChartTable,
  halo,
  labelsWithRoom,
  line,
  marked,
  round,
  type Titles,
  text,
  toSvg,
  unit,
  widthOfText,
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
  const most = (key: "estimate" | "actual") => Math.max(0.5, ...issues.map((issue) => issue[key]));
  const highest = Math.max(most("estimate"), most("actual"));
  const x = scaleLinear()
    .domain([0, isSame ? highest : most("estimate")])
    .nice(4);
  const y = isSame
    ? x.copy()
    : scaleLinear()
        .domain([0, most("actual")])
        .nice(4);
  const left = roomForTicks(y.ticks(4), (tick) => daysText(tick, words), 44);
  const box = boxOf(options, { top: 26, right: 24, bottom: 40, left }, 320);
  x.range([box.left, box.x1]);
  y.range([box.y1, box.top]);
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
    ...(isSame ? worstLabels(issues, highest, x, y, box) : []),
    ...(issues.length === 0 ? noneText(texts.none, box) : []),
    text(box.x1, box.y1 + 34, words.say(texts.xAxis, { unit: amounts.units[sizeUnitOf(report)] }), {
      textAnchor: "end",
      fill: ink.quiet,
    }),
    unit(texts.yAxis),
  ]);
}

/** The names of the three that were furthest off, as far as there is room for them. */
function worstLabels(issues: Judged[], highest: number, x: Scale, y: Scale, box: Box): Element[] {
  const worst = issues
    .toSorted((a, b) => Math.abs(b.actual - b.estimate) - Math.abs(a.actual - a.estimate))
    .slice(0, 3)
    .filter((issue) => Math.abs(issue.actual - issue.estimate) >= highest / 10);
  const labels = worst.map(({ card, estimate, actual }) => {
    const words = issueNameOf(card);
    const isRight = x(estimate) + 9 + widthOfText(words) < box.x1;
    const left = x(estimate) + (isRight ? 9 : -9 - widthOfText(words));
    return { words, isRight, left, line: y(actual) + 4 };
  });
  return labelsWithRoom(labels, box).map(({ words, isRight, left, line: at }) =>
    text(isRight ? left : left + widthOfText(words), at, words, {
      textAnchor: isRight ? "start" : "end",
      fill: ink.quiet,
      ...halo,
    }),
  );
}

/** The sentence in the middle of the plot, in as many lines as it needs. */
function noneText(sentence: string, box: Box): Element[] {
  const lines: string[] = [];
  for (const word of sentence.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && widthOfText(longer) <= box.x1 - box.left) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const first = (box.top + box.y1) / 2 - ((lines.length - 1) * 18) / 2;
  return lines.map((words, index) =>
    text((box.left + box.x1) / 2, first + index * 18, words, { textAnchor: "middle", ...halo }),
  );
}

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
  const judged = { n, over, gap: signedAmountText(error, "days", words), error: signedText(error, words) };
  const desc =
    sizeUnitOf(report) === "points"
      ? words.say(texts.descInPoints, { n, note: pointsNote(report, words) })
      : words.say(texts.desc, judged);
  return {
    kind: "estimation",
    title: words.say(texts.title, { sprint: sprintLabel(report.sprint) }),
    desc: n === 0 ? texts.none : desc,
  };
}

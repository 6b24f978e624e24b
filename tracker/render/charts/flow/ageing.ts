import { scaleBand } from "d3-scale";
import { s } from "hastscript";
import type { AgeingTask, Flow } from "../../../core/model/flow.ts";
import { issueCell, issueNameOf } from "../../../core/report/issue-refs.ts";
import { english, type Words } from "../../../words/words.ts";
import { dayCount } from "../../format.ts";
import { ink } from "../ink.ts";
import { boxOf, type ChartOptions, type ChartTable, halo, line, marked, round, text, toSvg } from "../svg.ts";
import { durationAxis, percentileLines } from "./percentiles.ts";

/** Where an age stands among the cycle times of finished tasks, in words. */
export function pastText({ past }: Pick<AgeingTask, "past">, words: Words = english): string {
  const texts = words.texts.flow.past;
  if (past === null) return texts.unknown;
  return past === 0 ? texts.half : words.say(texts.older, { share: words.percent(past) });
}

const colourOf = ({ past }: AgeingTask): string =>
  past === 0.95 || past === 0.85 ? ink.late : past === null ? ink.open : ink.plan;

/** Work in progress by lane and age, against the percentiles of what was finished. */
export function renderAgeing(flow: Flow, options: ChartOptions): string {
  const { ageing, reference } = flow;
  const { words = english } = options;
  const {
    flow: { chart: texts, noAgeing },
    flowFigures,
  } = words.texts;
  const box = boxOf(options, { top: 26, right: 104, bottom: 28, left: 38 }, 300);
  const lanes = [
    ...new Set(flow.cumulative.lanes.filter(({ role }) => role !== "done").map(({ name }) => name)),
  ];
  const x = scaleBand(lanes, [box.left, box.x1]);
  const { days } = reference.cycle;
  const known = [days.p50, days.p85, days.p95].filter((share) => share !== null);
  const shown = [...ageing.map(({ cycle }) => cycle.days), ...known];
  const { y, nodes } = durationAxis(shown, box, words);
  const isFew = ageing.length <= 8;
  const dots = lanes.flatMap((lane) => {
    const inside = ageing.filter((task) => task.lane === lane);
    return inside.flatMap((task, index) => {
      const at = (x(lane) ?? 0) + (x.bandwidth() * (index + 1)) / (inside.length + 1);
      const cy = y(task.cycle.days);
      const told = words.say(task.isBlocked ? texts.ageingBlocked : texts.ageing, {
        issue: issueNameOf(task),
        title: task.title,
        age: dayCount(task.cycle.days, words),
        past: pastText(task, words),
      });
      const dot = s("circle", {
        cx: round(at),
        cy: round(cy),
        r: 5,
        fill: task.isBlocked ? ink.paper : colourOf(task),
        stroke: colourOf(task),
        strokeWidth: 2,
      });
      return [
        marked(dot, told),
        ...(isFew
          ? [text(at, cy - 9, issueNameOf(task), { textAnchor: "middle", fill: ink.quiet, ...halo })]
          : []),
      ];
    });
  });
  const late = ageing.filter(({ past }) => past === 0.85 || past === 0.95).length;
  const desc = ageing.length === 0 ? noAgeing : words.say(texts.ageingDesc, { n: ageing.length, late });
  return toSvg(options, box, { kind: "ageing", title: flowFigures.ageing.title, desc }, [
    ...nodes,
    ...lanes.flatMap((lane, index) => [
      ...(index === 0
        ? []
        : [line(x(lane) ?? 0, box.top, x(lane) ?? 0, box.y1, ink.line, { strokeWidth: 1 })]),
      text((x(lane) ?? 0) + x.bandwidth() / 2, box.y1 + 18, lane, { textAnchor: "middle", fill: ink.quiet }),
    ]),
    ...percentileLines(reference.cycle, y, box, words),
    ...dots,
  ]);
}

/** Work in progress with its ages, in days: all, and working days. */
export function tableOfAgeing({ ageing }: Flow, words: Words = english): ChartTable {
  const {
    amounts,
    flow: { columns },
  } = words.texts;
  return {
    columns: [
      columns.task,
      columns.title,
      columns.lane,
      columns.started,
      columns.age,
      columns.ageWorking,
      columns.blocked,
      columns.against,
    ],
    rows: ageing.map((task) => [
      issueCell(task),
      task.title,
      task.lane,
      task.startedAt,
      task.cycle.days,
      task.cycle.workingDays,
      task.isBlocked ? amounts.yes : amounts.no,
      pastText(task, words),
    ]),
  };
}

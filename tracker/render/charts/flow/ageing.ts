import { scaleBand } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { AgeingTask, Flow } from "../../../core/model/flow.ts";
import { issueCell, issueNameOf } from "../../../core/report/issue-refs.ts";
import { english, type Words } from "../../../words/words.ts";
import { dayCount } from "../../format.ts";
import { ink } from "../ink.ts";
import {
  type Box,
  type ChartOptions,
  type ChartTable,
  halo,
  labelsWithRoom,
  line,
  marked,
  round,
  shortened,
  text,
  toSvg,
  widthOfText,
} from "../svg.ts";
import { durationPlot } from "./percentiles.ts";

/** Where an age stands among the cycle times of finished tasks, in words. */
export function pastText({ past }: Pick<AgeingTask, "past">, words: Words = english): string {
  const texts = words.texts.flow.past;
  if (past === null) return texts.unknown;
  return past === 0 ? texts.half : words.say(texts.older, { share: words.percent(past) });
}

const colourOf = ({ past }: AgeingTask): string =>
  past === 0.95 || past === 0.85 ? ink.late : past === null ? ink.open : ink.plan;

interface Dot {
  task: AgeingTask;
  x: number;
  y: number;
}

/** Work in progress by lane and age, against the percentiles of what was finished. */
export function renderAgeing(flow: Flow, options: ChartOptions): string {
  const { ageing, reference } = flow;
  const { words = english } = options;
  const {
    flow: { chart: texts, noAgeing },
    flowFigures,
  } = words.texts;
  const lanes = [
    ...new Set(flow.cumulative.lanes.filter(({ role }) => role !== "done").map(({ name }) => name)),
  ];
  const { days } = reference.cycle;
  const known = [days.p50, days.p85, days.p95].filter((share) => share !== null);
  const shown = [...ageing.map(({ cycle }) => cycle.days), ...known];
  const { box, y, axis, percentiles } = durationPlot(shown, reference.cycle, options, words);
  const x = scaleBand(lanes, [box.left, box.x1]);
  const dots = lanes.flatMap((lane) => {
    const inside = ageing.filter((task) => task.lane === lane);
    return inside.map((task, index): Dot => {
      const at = (x(lane) ?? 0) + (x.bandwidth() * (index + 1)) / (inside.length + 1);
      return { task, x: at, y: y(task.cycle.days) };
    });
  });
  const late = ageing.filter(({ past }) => past === 0.85 || past === 0.95).length;
  const desc = ageing.length === 0 ? noAgeing : words.say(texts.ageingDesc, { n: ageing.length, late });
  return toSvg(options, box, { kind: "ageing", title: flowFigures.ageing.title, desc }, [
    ...axis,
    ...lanes.flatMap((lane, index) => laneHead(lane, index, x(lane) ?? 0, x.bandwidth(), box)),
    ...percentiles,
    ...dots.map((dot) => drawDot(dot, words)),
    ...(dots.length <= 8 ? namesOf(dots, box) : []),
  ]);
}

/** A lane's name below the plot, and what parts it from the lane before. */
function laneHead(lane: string, index: number, left: number, width: number, box: Box): Element[] {
  const name = text(left + width / 2, box.y1 + 18, shortened(lane, width - 4), {
    textAnchor: "middle",
    fill: ink.quiet,
  });
  return index === 0 ? [name] : [line(left, box.top, left, box.y1, ink.line, { strokeWidth: 1 }), name];
}

function drawDot({ task, x, y }: Dot, words: Words): Element {
  const texts = words.texts.flow.chart;
  const told = words.say(task.isBlocked ? texts.ageingBlocked : texts.ageing, {
    issue: issueNameOf(task),
    title: task.title,
    age: dayCount(task.cycle.days, words),
    past: pastText(task, words),
  });
  const fill = task.isBlocked ? ink.paper : colourOf(task);
  const look = { r: 5, fill, stroke: colourOf(task), strokeWidth: 2 };
  return marked(s("circle", { cx: round(x), cy: round(y), ...look }), told);
}

/** The names of tasks above their dots, the oldest first, as far as there is room. */
function namesOf(dots: readonly Dot[], box: Box): Element[] {
  const labels = dots
    .toSorted((a, b) => a.y - b.y)
    .map(({ task, x, y }) => {
      const words = issueNameOf(task);
      return { words, left: x - widthOfText(words) / 2, line: y - 9 };
    });
  return labelsWithRoom(labels, box).map(({ words, left, line: at }) =>
    text(left + widthOfText(words) / 2, at, words, { textAnchor: "middle", fill: ink.quiet, ...halo }),
  );
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

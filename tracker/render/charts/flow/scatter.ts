import { s } from "hastscript";
import { isoOf } from "../../../core/model/days.ts";
import type { Flow, FlowTask, Spread } from "../../../core/model/flow.ts";
import { issueCell, issueNameOf } from "../../../core/report/issue-refs.ts";
import { english, type Words } from "../../../words/words.ts";
import { dayCount, dayText } from "../../format.ts";
import { timeAxis, timeScale } from "../axes.ts";
import { ink } from "../ink.ts";
import { type ChartOptions, type ChartTable, marked, round, toSvg } from "../svg.ts";
import { durationPlot, percentileSentence } from "./percentiles.ts";

/** Fewer points than these show no more than a sentence says. */
export const fewestPoints = 2;

/** What a scatter plot shows: cycle times, or lead times where more of them are known and the others are too few. */
export function timesShown(flow: Flow): { key: "cycle" | "lead"; spread: Spread; tasks: FlowTask[] } {
  const tasks = flow.finished.filter(({ cycle }) => cycle !== null);
  const isEnough = tasks.length >= fewestPoints || (tasks.length > 0 && flow.finished.length < fewestPoints);
  return isEnough
    ? { key: "cycle", spread: flow.cycle, tasks }
    : { key: "lead", spread: flow.lead, tasks: flow.finished };
}

/** Every finished task by its end and how long it took, and the percentiles. */
export function renderFlowTimes(flow: Flow, options: ChartOptions): string {
  const { words = english } = options;
  const { chart: texts, noFinished } = words.texts.flow;
  const { key, spread, tasks } = timesShown(flow);
  const [start, end] = [Date.parse(flow.from), Date.parse(flow.to)];
  const lastInstant = isoOf(end - 1);
  const took = (task: FlowTask): number => task[key]?.days ?? 0;
  const { box, y, axis, percentiles } = durationPlot(tasks.map(took), spread, options, words);
  const x = timeScale(start, end, box);
  const sentence = { n: tasks.length, percentiles: percentileSentence(spread, words) };
  const desc =
    tasks.length === 0 ? noFinished : words.say(key === "cycle" ? texts.cycleDesc : texts.leadDesc, sentence);
  return toSvg(
    options,
    box,
    { kind: "flow-times", title: key === "cycle" ? texts.cycleTitle : texts.leadTitle, desc },
    [
      ...axis,
      ...timeAxis([start, end], flow.timeZone, x, box, words),
      ...percentiles,
      ...tasks.map((task) =>
        marked(
          s("circle", {
            cx: round(x(Date.parse(task.finishedAt ?? flow.to))),
            cy: round(y(took(task))),
            r: 4,
            fill: ink.done,
            fillOpacity: 0.6,
          }),
          words.say(texts.time, {
            issue: issueNameOf(task),
            title: task.title,
            time: dayCount(took(task), words),
            day: dayText(task.finishedAt ?? flow.to, flow.timeZone, words, lastInstant),
          }),
        ),
      ),
    ],
  );
}

/** Finished tasks with their times, in days: all, and working days. */
export function tableOfFlowTimes(flow: Flow, words: Words = english): ChartTable {
  const { columns } = words.texts.flow;
  return {
    columns: [
      columns.task,
      columns.title,
      columns.finished,
      columns.lead,
      columns.cycle,
      columns.leadWorking,
      columns.cycleWorking,
    ],
    rows: flow.finished.map((task) => [
      issueCell(task),
      task.title,
      task.finishedAt,
      task.lead.days,
      task.cycle?.days ?? null,
      task.lead.workingDays,
      task.cycle?.workingDays ?? null,
    ]),
  };
}

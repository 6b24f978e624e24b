import { dayOf } from "../../../core/model/calendar.ts";
import type { Flow } from "../../../core/model/flow.ts";
import { english, type Words } from "../../../words/words.ts";
import { meanThroughput } from "../../figures/flow.ts";
import { countOf, daysText } from "../../format.ts";
import { ink } from "../ink.ts";
import { type ChartOptions, type ChartTable, toSvg } from "../svg.ts";
import { boxBeside, levelLines, periodBars, periodDay } from "./period-bars.ts";

/** What was finished in a week, in a sentence: Week of 7 Oct: 8 tasks finished. */
export function weekSentence(
  { firstDay, finished, isWhole }: Flow["weeks"][number],
  flow: Flow,
  words: Words = english,
): string {
  const { chart: texts } = words.texts.flow;
  return words.say(isWhole ? texts.week : texts.partOfWeek, {
    day: periodDay(firstDay, lastDayOf(flow), words),
    n: finished,
  });
}

const lastDayOf = (flow: Flow): string => dayOf(Date.parse(flow.to) - 1, flow.timeZone);

/** A bar per week; weeks that reach beyond the span are pale. */
export function renderThroughput(flow: Flow, options: ChartOptions): string {
  const { weeks } = flow;
  const today = lastDayOf(flow);
  const { words = english } = options;
  const {
    flow: { chart: texts },
    flowFigures,
  } = words.texts;
  const mean = meanThroughput(flow);
  const levels =
    mean === null
      ? []
      : [{ value: mean, name: words.say(texts.mean, { tasks: daysText(mean, words) }), stroke: ink.plan }];
  const box = boxBeside(weeks, levels, options, words);
  const known = (pace: number) => ({
    tasks: countOf(pace, "task", words),
    mean: daysText(pace, words),
    n: weeks.filter((week) => week.isWhole).length,
  });
  const desc = mean === null ? texts.noWeek : words.say(texts.weeksDesc, known(mean));
  const bars = weeks.map((week) => ({
    firstDay: week.firstDay,
    finished: week.finished,
    fill: ink.done,
    opacity: week.isWhole ? 0.85 : 0.35,
    title: weekSentence(week, flow, words),
  }));
  const { y, nodes } = periodBars(bars, box, { words, today });
  return toSvg(options, box, { kind: "throughput", title: flowFigures.weeks.title, desc }, [
    ...nodes,
    ...levelLines(levels, y, box),
  ]);
}

/** Tasks finished, week by week. */
export function tableOfThroughput({ weeks }: Flow, words: Words = english): ChartTable {
  const {
    amounts,
    flow: { columns },
  } = words.texts;
  return {
    columns: [columns.week, columns.from, columns.finished, columns.wholeWeek],
    rows: weeks.map(({ week, firstDay, finished, isWhole }) => [
      week,
      firstDay,
      finished,
      isWhole ? amounts.yes : amounts.no,
    ]),
  };
}

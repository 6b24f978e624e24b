import { scaleBand, scaleLinear } from "d3-scale";
import { s } from "hastscript";
import type { Flow } from "../../../core/model/flow.ts";
import { english, type Words } from "../../../words/words.ts";
import { meanThroughput } from "../../figures/flow.ts";
import { daysText, dayText } from "../../format.ts";
import { daysAxis } from "../axes.ts";
import { ink } from "../ink.ts";
import {
  boxOf,
  type ChartOptions,
  type ChartTable,
  halo,
  line,
  marked,
  round,
  text,
  toSvg,
  unit,
} from "../svg.ts";

/** A bar per week; weeks that reach beyond the span are pale. */
export function renderThroughput(flow: Flow, options: ChartOptions): string {
  const { weeks } = flow;
  const { words = english } = options;
  const {
    flow: { chart: texts },
    flowFigures,
  } = words.texts;
  const box = boxOf(options, { top: 26, right: 14, bottom: 28, left: 34 }, 240);
  const x = scaleBand(
    weeks.map(({ week }) => week),
    [box.left, box.x1],
  ).padding(0.2);
  const y = scaleLinear([0, Math.max(1, ...weeks.map(({ finished }) => finished))], [box.y1, box.top]).nice(
    4,
  );
  const mean = meanThroughput(flow);
  const step = Math.max(1, Math.ceil((weeks.length * 52) / (box.x1 - box.left)));
  const dayOf = (firstDay: string) => dayText(`${firstDay}T12:00Z`, "UTC", words);
  const desc =
    mean === null
      ? texts.noWeek
      : words.say(texts.weeksDesc, {
          mean: daysText(mean, words),
          n: weeks.filter((week) => week.isWhole).length,
        });
  return toSvg(options, box, { kind: "throughput", title: flowFigures.weeks.title, desc }, [
    ...daysAxis(
      y.ticks(4).filter((tick) => Number.isInteger(tick)),
      y,
      box,
      words.numeral,
    ),
    ...weeks.flatMap(({ week, firstDay, finished, isWhole }, index) => [
      marked(
        s("rect", {
          x: round(x(week) ?? 0),
          y: round(y(finished)),
          width: round(x.bandwidth()),
          height: round(box.y1 - y(finished)),
          fill: ink.done,
          fillOpacity: isWhole ? 0.85 : 0.35,
        }),
        words.say(isWhole ? texts.week : texts.partOfWeek, { day: dayOf(firstDay), n: finished }),
      ),
      ...(index % step === 0
        ? [
            text((x(week) ?? 0) + x.bandwidth() / 2, box.y1 + 18, dayOf(firstDay), {
              textAnchor: "middle",
              fill: ink.quiet,
            }),
          ]
        : []),
    ]),
    ...(mean === null
      ? []
      : [
          line(box.left, y(mean), box.x1, y(mean), ink.plan, { strokeDasharray: "5 4", strokeWidth: 1.2 }),
          text(box.x1, y(mean) - 5, words.say(texts.mean, { tasks: daysText(mean, words) }), {
            textAnchor: "end",
            fill: ink.plan,
            ...halo,
          }),
        ]),
    unit(texts.weeksAxis),
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

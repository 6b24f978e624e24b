import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Budget } from "../../core/model/budget.ts";
import type { Report } from "../../core/model/report.ts";
import { english, type Words } from "../../words/words.ts";
import { budgetTally } from "../budget-rows.ts";
import { moneyText, sprintLabel } from "../format.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, line, marked, roomFor, round, text, toSvg } from "./svg.ts";

const rowHeight = 24;

/** What was planned and what was billed, as two bars. Null where the team has no budget. */
export function renderBudget({ budget, sprint }: Report, options: ChartOptions): string | null {
  if (budget === undefined) return null;
  const { words = english } = options;
  const { budget: texts } = words.texts.report;
  const bars = barsOf(budget, words);
  const room = (texts: string[], usual: number) => roomFor(texts, usual, options);
  const right = room(
    bars.map(({ shown }) => shown),
    118,
  );
  const left = room(
    bars.map(({ name }) => name),
    62,
  );
  const box = boxOf(options, { top: 4, right, bottom: 4, left }, bars.length * rowHeight + 8);
  // A credit may leave less than nothing.
  const lowest = Math.min(0, ...bars.map(({ amount }) => amount));
  const x = scaleLinear(
    [lowest, Math.max(lowest + 1, ...bars.map(({ amount }) => amount))],
    [box.left, box.x1],
  );
  const titles = {
    kind: "budget",
    title: words.say(texts.chart, { sprint: sprintLabel(sprint) }),
    desc: words.say(texts.tallied, { tally: budgetTally(budget, words) }),
  };
  return toSvg(options, box, titles, [
    ...bars.flatMap(({ name, amount, shown, fill }, index): Element[] => {
      const top = box.top + index * rowHeight;
      const [from, to] = [x(Math.min(0, amount)), x(Math.max(0, amount))];
      const bar = s("rect", {
        x: round(from),
        y: top + 3,
        width: round(Math.max(1, to - from)),
        height: rowHeight - 6,
        fill,
      });
      return [
        text(0, top + 16, name, { fill: ink.quiet }),
        marked(bar, words.say(texts.mark, { name, amount: shown })),
        text(to + 6, top + 16, shown),
      ];
    }),
    line(x(0), box.top, x(0), box.y1, ink.quiet),
  ]);
}

function barsOf({ planned, billed, currency }: Budget, words: Words) {
  const { budget: texts } = words.texts.report;
  const bar = (name: string, amount: string, fill: string) => ({
    name,
    fill,
    amount: Number(amount),
    shown: moneyText(amount, currency, words),
  });
  return [
    bar(texts.planned, planned, ink.plan),
    ...(billed === null
      ? []
      : [bar(texts.billed, billed, Number(billed) > Number(planned) ? ink.late : ink.done)]),
  ];
}

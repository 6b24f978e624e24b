import { scaleLinear } from "d3-scale";
import { line as linePath } from "d3-shape";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { figures, isUnsized, ledgerKeys, owedText, shortOf } from "../figures/figures.ts";
import { counted, daysText } from "../format.ts";
import { daysAxis } from "./axes.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, type ChartTable, line, marked, round, text, toSvg, unit } from "./svg.ts";
import { inOrderOf, sprintAxis, sprintScale } from "./velocity.ts";

const [opened, paid, open] = [figures.debtOpened, figures.debtPaid, figures.debtOpen].map(shortOf);

/** Technical debts opened (upwards) and paid (downwards) per sprint, and how many stood open at its end. */
export function renderDebt(reports: Report[], options: ChartOptions): string {
  const inOrder = inOrderOf(reports);
  const box = boxOf(options, { top: 26, right: 84, bottom: 28, left: 34 }, 240);
  const most = Math.max(1, ...inOrder.map(({ debt }) => Math.max(debt.open, debt.opened.length)));
  const least = Math.max(0, ...inOrder.map(({ debt }) => debt.paid.length));
  const scale = scaleLinear([-least, most], [box.y1, box.top]).nice(4);
  const ticks = scale.ticks(4).filter(Number.isInteger);
  const x = sprintScale(inOrder, box);
  const width = Math.min(22, Math.max(2, (box.x1 - box.left) / (inOrder.length + 1) / 2.5));
  const last = inOrder.at(-1);
  const bar = (at: number, count: number, fill: string) =>
    s("rect", {
      x: round(at - width / 2),
      y: round(Math.min(scale(0), scale(count))),
      width: round(width),
      height: round(Math.abs(scale(count) - scale(0))),
      fill,
      fillOpacity: 0.75,
    });
  return toSvg(options, box, wordsOf(inOrder), [
    ...daysAxis(ticks, scale, box, (tick) => String(Math.abs(tick))),
    ...inOrder.map(({ sprint, debt }) => {
      const at = x(sprint.number) ?? 0;
      const bars = s("g", [bar(at, debt.opened.length, ink.debt), bar(at, -debt.paid.length, ink.done)]);
      return marked(
        bars,
        `Sprint ${sprint.number}: ${debt.opened.length} ${opened}, ${debt.paid.length} ${paid}`,
      );
    }),
    line(box.left, scale(0), box.x1, scale(0), ink.quiet),
    s("path", {
      d: linePath<Report>(
        (report) => x(report.sprint.number) ?? 0,
        (report) => scale(report.debt.open),
      ).digits(1)(inOrder),
      fill: "none",
      stroke: ink.text,
      strokeWidth: 2,
    }),
    ...inOrder.map(({ sprint, debt }) =>
      marked(
        s("circle", {
          cx: round(x(sprint.number) ?? 0),
          cy: round(scale(debt.open)),
          r: inOrder.length > 40 ? 2 : 4,
          fill: ink.text,
        }),
        `Sprint ${sprint.number}: ${debt.open} ${open}, ${owedText(debt)}`,
      ),
    ),
    ...sprintAxis(inOrder, x, box),
    ...(last === undefined
      ? []
      : [
          text(box.x1 + 10, scale(last.debt.open) + 4, `${last.debt.open} ${open}`, { fontWeight: 600 }),
          text(
            box.x1 + 10,
            scale(last.debt.open) + 20,
            isUnsized(last.debt) ? "no estimate" : `${daysText(last.debt.daysOwed)} days`,
            {
              fill: ink.quiet,
            },
          ),
        ]),
    unit("debts"),
    text(box.x1 + 10, box.y1 + 18, "sprint", { fill: ink.quiet }),
  ]);
}

/** The ledger per sprint. Ages in calendar days. */
export function tableOfDebt(reports: Report[]): ChartTable {
  return {
    columns: [
      "sprint",
      ...ledgerKeys.map((key) => shortOf(figures[key])),
      figures.daysOwed.label,
      "age p50",
      "age p85",
      "age p95",
    ],
    rows: inOrderOf(reports).map((report) => [
      report.sprint.number,
      ...[...ledgerKeys, "daysOwed" as const].map((key) => figures[key].value(report)),
      report.debt.ages.p50,
      report.debt.ages.p85,
      report.debt.ages.p95,
    ]),
  };
}

function wordsOf(reports: Report[]) {
  const last = reports.at(-1);
  const openedInAll = reports.reduce((sum, { debt }) => sum + debt.opened.length, 0);
  const paidInAll = reports.reduce((sum, { debt }) => sum + debt.paid.length, 0);
  const desc =
    last === undefined
      ? "No sprint is known."
      : `${counted(openedInAll, "debt")} ${opened} and ${paidInAll} ${paid} in ${counted(reports.length, "sprint")}; ` +
        `${last.debt.open} ${open} at the end, ${owedText(last.debt)}.`;
  return { kind: "debt", title: "Technical debt over time", desc };
}

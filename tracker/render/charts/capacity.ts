import { scaleLinear } from "d3-scale";
import { s } from "hastscript";
import type { Report } from "../../core/model/report.ts";
import { forReaders, unitOf } from "../../core/report/unit.ts";
import { capital, figures } from "../figures/figures.ts";
import { daysText, unitNames } from "../format.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, type ChartTable, line, marked, round, text, toSvg } from "./svg.ts";

/** The final scope as one bar (completed, dropped, not completed) against the team's capacity. */
export function renderCapacity(report: Report, options: ChartOptions): string {
  const { effort, sprint } = forReaders(report);
  const capacity = sprint.capacityDays;
  const box = boxOf(options, { top: 20, right: 12, bottom: 22, left: 2 }, 64);
  const x = scaleLinear([0, Math.max(0.5, effort.final, capacity ?? 0) * 1.02], [box.left, box.x1]);
  const parts = [
    { name: figures.completed.label, days: effort.completed, fill: ink.done },
    { name: figures.frozen.label, days: effort.frozen, fill: ink.ice },
    { name: figures.notCompleted.label, days: effort.notCompleted, fill: ink.open },
  ];
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.days, 0));
  const shown = parts.map((part, i) => ({ ...part, from: starts[i]! })).filter((part) => part.days > 0);
  const capacityWords = capacity === null ? "" : `${figures.capacityDays.label} ${daysText(capacity)}`;
  const late = capacity !== null && x(capacity) > box.x1 * 0.7;
  return toSvg(
    options,
    box,
    {
      kind: "capacity",
      title: `${capital(figures.capacityDays.label)} of sprint ${sprint.number}`,
      desc:
        `${daysText(effort.final)} ${unitNames[unitOf(report)]} in the ${figures.final.label}: ` +
        `${parts.map((part) => `${daysText(part.days)} ${part.name}`).join(", ")}; ${figures.capacityDays.label} ${daysText(capacity)}.`,
    },
    [
      ...shown.map((part) =>
        marked(
          s("rect", {
            x: round(x(part.from)),
            y: box.top,
            width: round(Math.max(1, x(part.from + part.days) - x(part.from) - 1)),
            height: box.y1 - box.top,
            fill: part.fill,
          }),
          `${daysText(part.days)} ${part.name}`,
        ),
      ),
      ...shown
        .filter((part) => x(part.days) - x(0) > 76)
        .map((part) => {
          const late = x(part.from) > box.x1 - 120;
          return text(
            x(late ? part.from + part.days : part.from),
            box.y1 + 16,
            `${daysText(part.days)} ${part.name}`,
            {
              textAnchor: late ? "end" : "start",
              fill: ink.quiet,
            },
          );
        }),
      ...(capacity === null
        ? []
        : [
            line(x(capacity), box.top - 6, x(capacity), box.y1 + 4, ink.text, { strokeWidth: 2 }),
            text(x(capacity) + (late ? 4 : -4), box.top - 9, capacityWords, {
              textAnchor: late ? "end" : "start",
            }),
          ]),
    ],
  );
}

/** What the capacity bar shows, man-days. */
export function tableOfCapacity(report: Report): ChartTable {
  const { completed, frozen, notCompleted, final } = report.effort;
  return {
    columns: ["part", unitNames.days],
    rows: [
      [figures.completed.label, completed],
      [figures.frozen.label, frozen],
      [figures.notCompleted.label, notCompleted],
      [figures.final.label, final],
      [figures.capacityDays.label, report.sprint.capacityDays],
    ],
  };
}

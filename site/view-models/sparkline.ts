import { scaleLinear } from "d3-scale";
import { area, curveStepAfter } from "d3-shape";
import { daysText } from "sprintcast/render";
import type { Report } from "sprintcast/report";
import type { Words } from "sprintcast/words";

/** Scope and done over the sprint as two filled step paths in a box of 200 × 48; null where there was never anything to draw. */
export function sparkOf(report: Report, words: Words): { scope: string; done: string; label: string } | null {
  const { points, unit = "days" } = report.burndown;
  const texts = words.texts.charts.spark;
  const first = points[0];
  const last = points.at(-1);
  const highest = points.reduce((most, point) => Math.max(most, point.scope, point.done), 0);
  if (!first || !last || highest === 0) return null;
  const x = scaleLinear([Date.parse(report.sprint.start), Date.parse(report.sprint.end)], [0, 200]).clamp(
    true,
  );
  const y = scaleLinear([0, highest], [48, 2]);
  const rounded = (n: number) => Math.round(n * 10) / 10;
  const path = (value: (point: (typeof points)[number]) => number) =>
    area<(typeof points)[number]>()
      .x((point) => rounded(x(Date.parse(point.at))))
      .y0(48)
      .y1((point) => rounded(y(value(point))))
      .digits(1)
      .curve(curveStepAfter)(points) ?? "";
  return {
    scope: path((point) => point.scope),
    done: path((point) => point.done),
    label: words.say({ days: texts.inDays, points: texts.inPoints, tasks: texts.inTasks }[unit], {
      from: daysText(first.scope, words),
      to: daysText(last.scope, words),
      done: daysText(last.done, words),
    }),
  };
}

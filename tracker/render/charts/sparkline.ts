import { scaleLinear } from "d3-scale";
import { line as linePath } from "d3-shape";
import { s } from "hastscript";
import { english } from "../../words/words.ts";
import { daysText } from "../format.ts";
import { ink } from "./ink.ts";
import { boxOf, type ChartOptions, round, toSvg } from "./svg.ts";

export interface SparklineOptions extends ChartOptions {
  /** What the values are: "Completed man-days". */
  label: string;
}

/** A chart the size of a word: values as a line from zero, the last one as a dot. Null leaves a gap. */
export function renderSparkline(values: (number | null)[], options: SparklineOptions): string {
  const box = boxOf(
    { width: 96, ...options },
    { top: 3, right: 4, bottom: 3, left: 2 },
    options.height ?? 24,
  );
  const known = values.filter((value) => value !== null);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [box.left, box.x1]);
  const y = scaleLinear([Math.min(0, ...known), Math.max(0.01, ...known)], [box.y1, box.top]);
  const path = linePath<number | null>(
    (_, i) => x(i),
    (value) => y(value ?? 0),
  )
    .defined((value) => value !== null)
    .digits(1);
  const lastAt = values.findLastIndex((value) => value !== null);
  const last = values[lastAt];
  const { words = english } = options;
  const titles = {
    kind: "sparkline",
    title: options.label,
    desc:
      values.length === 0
        ? words.texts.charts.spark.none
        : words.list(values.map((value) => daysText(value, words))),
  };
  return toSvg({ ...options, sized: true }, box, titles, [
    s("path", { d: path(values), fill: "none", stroke: ink.quiet, strokeWidth: 1.5 }),
    ...(last === undefined || last === null
      ? []
      : [s("circle", { cx: round(x(lastAt)), cy: round(y(last)), r: 2.5, fill: ink.done })]),
  ]);
}

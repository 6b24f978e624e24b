import { median } from "d3-array";
import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { lastKnown, type MetricWindow } from "../history.ts";
import { formatValue, titleOf } from "../units.ts";
import type { Recording } from "./parse-recording.ts";
import { seriesOf } from "./poster-series.ts";

/** What the poster shows, in figures: per metric the devices and the lowest, median, highest and last median value. */
export function tableTree(recording: Recording, recordedOn: string): Element {
  const rows = [...seriesOf(recording)].map(([metric, window]) => rowOf(metric, window));
  const heads = ["Metric", "Devices", "Lowest", "Median", "Highest", "Median at the end"];
  return h("table", [
    h("caption", `Recorded on ${recordedOn}: readings of ${Math.round(recording.durationMs / 1000)} s`),
    h(
      "thead",
      h(
        "tr",
        [...heads.entries()].map(([index, head]) => cell(head, index, "col")),
      ),
    ),
    h("tbody", rows),
  ]);
}

export function renderTable(recording: Recording, recordedOn: string): string {
  return toHtml(tableTree(recording, recordedOn));
}

/** Class `n` marks cells with numbers. */
function cell(text: string, index: number, scope: "col" | "row"): Element {
  const className = index === 0 ? undefined : ["n"];
  return scope === "col" || index === 0 ? h("th", { scope, className }, text) : h("td", { className }, text);
}

function rowOf(metric: string, { sources, rows, median: medians }: MetricWindow): Element {
  const values = rows.flat().filter((value) => value !== null);
  const figures = [
    values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b)),
    median(values),
    values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)),
    lastKnown(medians),
  ];
  const texts = [titleOf(metric), `${sources.length}`, ...figures.map((value) => formatValue(metric, value))];
  return h(
    "tr",
    texts.map((text, index) => cell(text, index, "row")),
  );
}

import { median } from "d3-array";
import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { lastKnown, type MetricWindow } from "../history.ts";
import { formatValue, titleOf } from "../units.ts";
import { englishWords, type ViewWords } from "../words.ts";
import type { Recording } from "./parse-recording.ts";
import { seriesOf } from "./poster-series.ts";

/** What the poster shows, in figures: per metric the devices and the lowest, median, highest and last median value. */
export function tableTree(recording: Recording, day: string, words: ViewWords = englishWords): Element {
  const { fill, texts } = words;
  const rows = [...seriesOf(recording)].map(([metric, window]) => rowOf(metric, window, words));
  return h("table", [
    h("caption", fill(texts.caption, { day, seconds: Math.round(recording.durationMs / 1000) })),
    h(
      "thead",
      h(
        "tr",
        heads(texts.heads).map((head, index) => cell(head, index, "col")),
      ),
    ),
    h("tbody", rows),
  ]);
}

const heads = ({ metric, devices, lowest, median, highest, last }: ViewWords["texts"]["heads"]): string[] => [
  metric,
  devices,
  lowest,
  median,
  highest,
  last,
];

export function renderTable(recording: Recording, day: string, words: ViewWords = englishWords): string {
  return toHtml(tableTree(recording, day, words));
}

/** Class `n` marks cells with numbers. */
function cell(text: string, index: number, scope: "col" | "row"): Element {
  const className = index === 0 ? undefined : ["n"];
  return scope === "col" || index === 0 ? h("th", { scope, className }, text) : h("td", { className }, text);
}

function rowOf(metric: string, { sources, rows, median: medians }: MetricWindow, words: ViewWords): Element {
  const values = rows.flat().filter((value) => value !== null);
  const figures = [
    values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b)),
    median(values),
    values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)),
    lastKnown(medians),
  ];
  const texts = [
    titleOf(metric, words),
    `${sources.length}`,
    ...figures.map((value) => formatValue(metric, value, words)),
  ];
  return h(
    "tr",
    texts.map((text, index) => cell(text, index, "row")),
  );
}

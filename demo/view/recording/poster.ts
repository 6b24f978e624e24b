import { extent, greatest } from "d3-array";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h, s } from "hastscript";
import { lastKnown, type MetricWindow } from "../history.ts";
import { formatValue, titleOf } from "../units.ts";
import { englishWords, type ViewWords } from "../words.ts";
import type { Recording } from "./parse-recording.ts";
import { seriesOf } from "./poster-series.ts";

/** As high as the live charts, so that a page does not jump when they take the poster's place. Pixels. */
const PLOT = { height: 168, top: 12, bottom: 140, last: 162 };
/** Lines are drawn in a width of this and stretched to the page's; the axis stands left of them, in per cent. */
const SPAN = 1000;
const AXIS = { label: "8.5%", from: "10.5%", width: "89.5%" };
/** Device lines are left out, the steadiest first, until the poster is no larger than this, bytes. */
const MOST_BYTES = 15_000;
const MOST_LINES = 24;
const MOST_METRICS = 4;

/**
 * The recording as HTML: a small chart per metric with a thin line per device and a bold one for the median. Text
 * keeps its size on every screen. Colours are the view's `--sc-…` properties; poster.css lays it out. There is no
 * style element or attribute, and at most 15 000 bytes.
 */
export function renderPoster(recording: Recording, words: ViewWords = englishWords): string {
  const series = [...seriesOf(recording)].slice(0, MOST_METRICS);
  for (let lines = MOST_LINES; lines > 0; lines -= 4) {
    const html = toHtml(posterTree(series, recording, lines, words));
    if (Buffer.byteLength(html) <= MOST_BYTES) return html;
  }
  return toHtml(posterTree(series, recording, 0, words));
}

function posterTree(
  series: [string, MetricWindow][],
  { durationMs }: Recording,
  lines: number,
  words: ViewWords,
): Element {
  const seconds = Math.round(durationMs / 1000);
  return h(
    "div",
    { className: "sc-poster" },
    series.map(([metric, window]) => figure(metric, window, seconds, lines, words)),
  );
}

function figure(
  metric: string,
  window: MetricWindow,
  seconds: number,
  lines: number,
  words: ViewWords,
): Element {
  const { fill, texts } = words;
  const devices = words.devices(window.sources.length);
  return h("figure", { dataMetric: metric }, [
    h("figcaption", [
      h("span", { className: "metric" }, titleOf(metric, words)),
      h("span", { className: "value" }, formatValue(metric, lastKnown(window.median), words)),
      h("span", { className: "note" }, fill(texts.medianOf, { devices })),
    ]),
    plot(window, seconds, lines, describe(metric, window, seconds, devices, words), words),
  ]);
}

function plot(
  window: MetricWindow,
  seconds: number,
  lines: number,
  ariaLabel: string,
  words: ViewWords,
): Element {
  const rows = byUnrest(window).slice(0, lines);
  const [low = 0, high = 1] = extent([...window.rows.flat(), ...window.median].filter(isKnown));
  const y = scaleLinear([low, high], [PLOT.bottom, PLOT.top]).nice(3);
  const x = scaleLinear([0, Math.max(1, window.x.length - 1)], [0, SPAN]);
  const path = pathOf(x, y);
  const stroke = { fill: "none", stroke: "var(--tone,currentColor)", vectorEffect: "non-scaling-stroke" };
  return s(
    "svg",
    {
      width: "100%",
      height: PLOT.height,
      role: "img",
      ariaLabel,
    },
    [
      ...y.ticks(3).flatMap((tick) => gridLine(Math.round(y(tick)), y.tickFormat(3)(tick))),
      s("text", { x: AXIS.from, y: PLOT.last }, words.fill(words.texts.seconds, { n: 0 })),
      s(
        "text",
        { x: "100%", y: PLOT.last, textAnchor: "end" },
        words.fill(words.texts.seconds, { n: seconds }),
      ),
      s(
        "svg",
        {
          x: AXIS.from,
          width: AXIS.width,
          height: PLOT.height,
          viewBox: `0 0 ${SPAN} ${PLOT.height}`,
          preserveAspectRatio: "none",
          ariaHidden: "true",
        },
        [
          s("path", { ...stroke, strokeOpacity: 0.3, d: rows.map(path).join("") }),
          s("path", { ...stroke, strokeWidth: 2.25, d: path(window.median) }),
        ],
      ),
    ],
  );
}

function gridLine(y: number, label: string): Element[] {
  return [
    s("line", { x1: AXIS.from, x2: "100%", y1: y, y2: y }),
    s("text", { x: AXIS.label, y: y + 4, textAnchor: "end" }, label),
  ];
}

function pathOf(x: ScaleLinear<number, number>, y: ScaleLinear<number, number>) {
  const draw = line<[number, number]>(
    ([at]) => x(at),
    ([, value]) => y(value),
  ).digits(0);
  return (values: (number | null)[]) =>
    draw(values.flatMap((value, at): [number, number][] => (value === null ? [] : [[at, value]]))) ?? "";
}

/** Devices that stray furthest from the median come first: a fault is what the picture must not lose. */
function byUnrest({ rows, median }: MetricWindow): (number | null)[][] {
  const unrest = (row: (number | null)[]) =>
    greatest(row.map((value, at) => (value === null ? 0 : Math.abs(value - (median[at] ?? value))))) ?? 0;
  return rows
    .map((row) => ({ row, by: unrest(row) }))
    .sort((a, b) => b.by - a.by)
    .map(({ row }) => row);
}

function describe(
  metric: string,
  { rows, median }: MetricWindow,
  seconds: number,
  devices: string,
  words: ViewWords,
): string {
  const [low, high] = extent(rows.flat().filter(isKnown));
  const known = median.filter(isKnown);
  const value = (number: number | undefined) => formatValue(metric, number, words);
  return words.fill(words.texts.chart, {
    metric: titleOf(metric, words),
    devices,
    seconds,
    low: value(low),
    high: value(high),
    from: value(known[0]),
    to: value(known.at(-1)),
  });
}

function isKnown(value: number | null): value is number {
  return value !== null;
}

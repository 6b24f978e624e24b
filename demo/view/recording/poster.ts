import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { s } from "hastscript";
import type { MetricWindow } from "../history.ts";
import { formatValue, titleOf } from "../units.ts";
import type { Recording } from "./parse-recording.ts";
import { seriesOf } from "./poster-series.ts";

export interface PosterSettings {
  /** When it was recorded, in words: "20 November 2026". */
  recordedOn: string;
  /** Distinguishes the ids of several posters on one page. */
  id: string;
}

const WIDTH = 720;
const CELL = { width: 344, height: 132, gapX: 32, gapY: 28, head: 30 };
/** Device lines are left out one by one until the poster is no larger than this, bytes. */
const MOST_BYTES = 15_000;
const MOST_LINES = 24;

/**
 * The recording as one picture: small charts per metric, a thin line per device, a bold one for the median. Colours
 * follow the page by `currentColor` and the view's `--sc-…` properties; there is no style element or attribute.
 * At most 15 000 bytes.
 */
export function renderPoster(recording: Recording, settings: PosterSettings): string {
  const series = seriesOf(recording);
  for (let lines = MOST_LINES; lines > 0; lines -= 4) {
    const svg = toHtml(posterTree(series, recording, settings, lines), { space: "svg" });
    if (Buffer.byteLength(svg) <= MOST_BYTES) return svg;
  }
  return toHtml(posterTree(series, recording, settings, 0), { space: "svg" });
}

function posterTree(
  series: Map<string, MetricWindow>,
  recording: Recording,
  { recordedOn, id }: PosterSettings,
  lines: number,
): Element {
  const metrics = [...series].slice(0, 4);
  const rows = Math.max(1, Math.ceil(metrics.length / 2));
  const height = rows * (CELL.height + CELL.gapY) - CELL.gapY;
  return s(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      ariaLabelledBy: [`${id}-title`, `${id}-desc`],
      fontFamily: "inherit",
      fontSize: 12,
      fill: "currentColor",
    },
    [
      s("title", { id: `${id}-title` }, `Recording of the live demo, ${recordedOn}`),
      s("desc", { id: `${id}-desc` }, describe(metrics, recording)),
      ...metrics.map(([metric, window], index) => chart(metric, window, index, lines)),
    ],
  );
}

function describe(metrics: [string, MetricWindow][], { durationMs }: Recording): string {
  if (metrics.length === 0) return "Nothing was recorded.";
  const devices = Math.max(...metrics.map(([, { sources }]) => sources.length));
  const medians = metrics.map(([metric, window]) => {
    const known = window.median.filter((value) => value !== null);
    return `${metric} from ${formatValue(metric, known[0])} to ${formatValue(metric, known.at(-1))}`;
  });
  return `${devices} devices over ${Math.round(durationMs / 1000)} s. Medians: ${medians.join(", ")}.`;
}

function chart(metric: string, window: MetricWindow, index: number, lines: number): Element {
  const left = (index % 2) * (CELL.width + CELL.gapX);
  const top = Math.floor(index / 2) * (CELL.height + CELL.gapY);
  const rows = window.rows.slice(0, lines);
  const [low = 0, high = 1] = extent([...rows.flat(), ...window.median].filter((value) => value !== null));
  const x = scaleLinear([0, Math.max(1, window.x.length - 1)], [0, CELL.width]);
  const y = scaleLinear([low, high], [CELL.height - 6, CELL.head + 10]).nice(3);
  const path = (values: (number | null)[]) =>
    line<[number, number]>(
      ([at]) => x(at),
      ([, value]) => y(value),
    ).digits(0)(values.flatMap((value, at): [number, number][] => (value === null ? [] : [[at, value]]))) ??
    "";
  const color = `var(--sc-${/^[a-z]+$/.test(metric) ? metric : "other"},currentColor)`;
  return s("g", { transform: `translate(${left} ${top})` }, [
    s("text", { y: 16, fontSize: 15, fontWeight: 600 }, titleOf(metric)),
    s(
      "text",
      { x: CELL.width, y: 16, fontSize: 15, fontWeight: 600, textAnchor: "end", fill: color },
      formatValue(metric, window.median.at(-1)),
    ),
    s("path", { d: `M0 ${CELL.head - 4}H${CELL.width}`, stroke: "currentColor", strokeOpacity: 0.2 }),
    s("g", { fill: "none", stroke: color, strokeOpacity: 0.25 }, [s("path", { d: rows.map(path).join("") })]),
    s("path", { d: path(window.median), fill: "none", stroke: color, strokeWidth: 2 }),
  ]);
}

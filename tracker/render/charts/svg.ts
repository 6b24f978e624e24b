import type { Element, ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { s } from "hastscript";
import type { Words } from "../../words/words.ts";
import { safeText } from "../safe-text.ts";
import { ink, standaloneStyle } from "./ink.ts";

export interface ChartOptions {
  /** Prefix of every id in the chart; must be unique on a page. */
  id: string;
  /** Units of the viewBox, default 480; the chart fills the width of its place. */
  width?: number;
  height?: number;
  /** What the chart speaks; English where it is told nothing else. */
  words?: Words;
  /** For a file of its own: brings its colours, light and dark, and its size. */
  standalone?: boolean;
  /** Brings its width and height, for small charts within text. */
  sized?: boolean;
}

/** The numbers beside a chart, for a table or CSV. Null is unknown. */
export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Box extends Margins {
  width: number;
  height: number;
  /** Right and lower edge of the plot. */
  x1: number;
  y1: number;
}

export const fontSize = 13;
/** Around a chart in a file of its own, which may stand on any ground; above it is its title. Units. */
const sheet = { side: 16, top: 42, bottom: 14 };

export function boxOf(options: ChartOptions, margins: Margins, height: number): Box {
  const width = options.width ?? 480;
  const full = options.height ?? height;
  return { ...margins, width, height: full, x1: width - margins.right, y1: full - margins.bottom };
}

/** Units that a letter of a chart's text is wide, at most on average; bold ones included. */
const letter = 7;

/** Units that a text takes, at most. */
export const widthOfText = (words: string): number => words.length * letter;

/** A text that is to stand at a place only where there is room for it. */
export interface Label {
  left: number;
  line: number;
  words: string;
}

/** Those of the labels, the first before all others, that stand inside the picture and on no other. */
export function labelsWithRoom<L extends Label>(labels: readonly L[], { width }: Box): L[] {
  const placed: L[] = [];
  const right = (label: Label) => label.left + widthOfText(label.words);
  for (const label of labels) {
    const isFree = placed.every(
      (other) =>
        Math.abs(other.line - label.line) >= fontSize ||
        other.left > right(label) + 4 ||
        label.left > right(other) + 4,
    );
    if (isFree && label.left >= 0 && right(label) <= width) placed.push(label);
  }
  return placed;
}

/** Room right of the plot for labels of such texts: at least the usual, at most a third of the chart. */
export function roomFor(labels: readonly string[], usual: number, { width = 480 }: ChartOptions): number {
  return Math.min(Math.max(usual, Math.max(0, ...labels.map(widthOfText)) + 14), width / 3);
}

/** The label as far as it fits into so many units. */
export function shortened(label: string, units: number): string {
  const most = Math.max(1, Math.floor(units / letter));
  return label.length <= most
    ? label
    : `${label
        .slice(0, most - 1)
        .trimEnd()
        .toWellFormed()}…`;
}

/** The label as far as it fits beside the plot. */
export const fitted = (label: string, { right }: Margins): string => shortened(label, right - 10);

export interface Titles {
  kind: string;
  title: string;
  /** The chart in a sentence or two, for those who cannot see it. */
  desc: string;
}

/** The finished chart as SVG text. Text in it is escaped here and nowhere else. */
export function toSvg(options: ChartOptions, box: Box, titles: Titles, children: ElementContent[]): string {
  const { id, standalone = false, sized = false } = options;
  const enlarged = standalone && !sized ? 1.5 : 1;
  const isSheet = standalone && !sized;
  const { side, top, bottom } = isSheet ? sheet : { side: 0, top: 0, bottom: 0 };
  const [width, height] = [box.width + 2 * side, box.height + top + bottom];
  const size = standalone || sized ? { width: width * enlarged, height: height * enlarged } : {};
  const heading = fitted(safeText(titles.title), { ...box, right: box.width });
  const xmlns = standalone ? { xmlns: "http://www.w3.org/2000/svg" } : {};
  const root: Element = s(
    "svg",
    {
      ...xmlns,
      ...size,
      id,
      viewBox: `${-side} ${-top} ${width} ${height}`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      className: ["chart", `chart-${titles.kind}`],
      fontSize,
      fontFamily: "inherit",
      fill: ink.text,
    },
    [
      s("title", { id: `${id}-title` }, safeText(titles.title)),
      s("desc", { id: `${id}-desc` }, safeText(titles.desc)),
      ...(standalone
        ? [s("style", `${standaloneStyle}svg{font-family:ui-sans-serif,system-ui,sans-serif}`)]
        : []),
      ...(isSheet ? [text(0, 18 - top, heading, { fontWeight: 600 })] : []),
      ...children,
    ],
  );
  return toHtml(root, { space: "svg", closeSelfClosing: true });
}

/** A coordinate short enough to keep pages small. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  extra: Record<string, string | number> = {},
): Element {
  return s("line", { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), stroke, ...extra });
}

export function text(
  x: number,
  y: number,
  words: string,
  extra: Record<string, string | number> = {},
): Element {
  return s("text", { x: round(x), y: round(y), ...extra }, safeText(words));
}

/** Keeps text readable where it crosses a line. */
export const halo = { paintOrder: "stroke", stroke: ink.paper, strokeWidth: 4, strokeLinejoin: "round" };

/** The unit of the vertical axis, above it. */
export const unit = (words: string): Element => text(0, 11, words, { fill: ink.quiet });

/** A mark with a tooltip. */
export function marked(mark: Element, title: string): Element {
  return s("g", [s("title", safeText(title)), mark]);
}

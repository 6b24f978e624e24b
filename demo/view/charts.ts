import uPlot from "uplot";
import { agoSplits, agoText, MOST_LINES, noteOf } from "./chart-labels.ts";
import { type History, lastKnown, type MetricWindow } from "./history.ts";
import { formatValue, titleOf } from "./units.ts";
import type { ViewWords } from "./words.ts";

/** Colours as the canvas takes them. */
export interface Palette {
  quiet: string;
  line: string;
  metric(name: string): string;
}

interface Chart {
  figure: HTMLElement;
  canvas: HTMLElement;
  value: HTMLElement;
  note: HTMLElement;
  plot: uPlot | null;
  lines: number;
  shown: MetricWindow;
}

/** Small multiples, one chart per metric: a thin line per device, a bold one for the fleet's median. */
export function createCharts(grid: HTMLElement, palette: () => Palette, words: ViewWords) {
  const charts = new Map<string, Chart>();
  const seen = new ResizeObserver(() => {
    for (const chart of charts.values()) chart.plot?.setSize(sizeOf(chart));
  });
  seen.observe(grid);

  function chartOf(metric: string): Chart {
    const chart = charts.get(metric) ?? makeChart(grid, metric, words);
    charts.set(metric, chart);
    return chart;
  }

  function draw(history: History, until: number): void {
    for (const metric of history.metrics()) {
      const chart = chartOf(metric);
      const shown = history.window(metric, until);
      chart.shown = shown;
      const rows = shown.rows.slice(0, MOST_LINES);
      const data = [shown.x, ...rows, shown.median] as uPlot.AlignedData;
      if (chart.lines !== rows.length) {
        chart.plot?.destroy();
        chart.plot = new uPlot(plotOptions(metric, chart, rows.length, palette, words), data, chart.canvas);
        chart.lines = rows.length;
      } else chart.plot?.setData(data);
      chart.value.textContent = formatValue(metric, lastKnown(shown.median), words);
      if (!chart.note.dataset.pointed) chart.note.textContent = noteOf(shown.sources.length, words);
    }
  }

  return {
    draw,
    /** Colours or sizes have changed. */
    redraw: () => {
      for (const { plot } of charts.values()) plot?.redraw(false);
    },
    clear(): void {
      for (const { plot, figure } of charts.values()) {
        plot?.destroy();
        figure.remove();
      }
      charts.clear();
    },
    destroy(): void {
      seen.disconnect();
      for (const { plot } of charts.values()) plot?.destroy();
    },
  };
}

export type Charts = ReturnType<typeof createCharts>;

function makeChart(grid: HTMLElement, metric: string, words: ViewWords): Chart {
  const make = (tag: string, name: string, text = "") => {
    const element = grid.ownerDocument.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  };
  const figure = make("figure", "chart");
  const caption = make("figcaption", "caption");
  const value = make("span", "value");
  const note = make("span", "note");
  caption.append(make("span", "metric", titleOf(metric, words)), value, note);
  const canvas = make("div", "canvas");
  canvas.setAttribute("aria-hidden", "true");
  figure.append(caption, canvas);
  figure.dataset.metric = metric;
  grid.append(figure);
  const shown = { x: [], sources: [], rows: [], median: [] };
  return { figure, canvas, value, note, plot: null, lines: -1, shown };
}

function sizeOf({ figure, canvas }: Chart): { width: number; height: number } {
  return { width: Math.max(160, figure.clientWidth), height: Math.max(96, canvas.clientHeight) };
}

function plotOptions(
  metric: string,
  chart: Chart,
  lines: number,
  palette: () => Palette,
  words: ViewWords,
): uPlot.Options {
  const color = () => palette().metric(metric);
  const axis = {
    stroke: () => palette().quiet,
    font: `12px ${getComputedStyle(chart.figure).fontFamily}`,
    ticks: { show: false },
    gap: 6,
  };
  const device: uPlot.Series = {
    stroke: color,
    width: 1,
    alpha: 0.34,
    spanGaps: true,
    points: { show: false },
  };
  const median: uPlot.Series = { stroke: color, width: 2.25, spanGaps: true, points: { show: false } };
  return {
    ...sizeOf(chart),
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7 },
      focus: { prox: 24 },
    },
    focus: { alpha: 0.12 },
    scales: { x: { time: true } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: (_, __, from, to) => agoSplits(from, to),
        values: (_, splits) => splits.map((at) => agoText((splits.at(-1) ?? at) - at, words)),
      },
      {
        ...axis,
        size: 44,
        space: 32,
        grid: { stroke: () => palette().line, width: 1 },
      },
    ],
    series: [{}, ...Array.from({ length: lines }, () => ({ ...device })), median],
    hooks: { setSeries: [(plot, index) => point(plot, index, metric, chart, lines, words)] },
  };
}

/** Names the line under the pointer. */
function point(
  plot: uPlot,
  index: number | null,
  metric: string,
  chart: Chart,
  lines: number,
  words: ViewWords,
): void {
  const { note, shown } = chart;
  const at = plot.cursor.idx;
  if (index === null || index < 1 || index > lines || at === null || at === undefined) {
    delete note.dataset.pointed;
    note.textContent = noteOf(shown.sources.length, words);
    return;
  }
  note.dataset.pointed = "yes";
  note.textContent = `${shown.sources[index - 1]} ${formatValue(metric, plot.data[index]?.[at], words)}`;
}

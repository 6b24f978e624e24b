import { area, curveStepAfter, stack } from "d3-shape";
import type { Element } from "hast";
import { s } from "hastscript";
import type { Flow } from "../../../core/model/flow.ts";
import { english, type Words } from "../../../words/words.ts";
import { daysAxis, daysScale, roomForDays, spreadLabels, timeAxis, timeScale } from "../axes.ts";
import { laneInk } from "../ink.ts";
import {
  boxOf,
  type ChartOptions,
  type ChartTable,
  fitted,
  marked,
  roomFor,
  text,
  toSvg,
  unit,
} from "../svg.ts";

/** Layers of tasks by lane over time, what is done at the bottom. */
export function renderCumulative(flow: Flow, options: ChartOptions): string {
  const { lanes } = flow.cumulative;
  const points = sinceFirstTask(flow.cumulative.points);
  const { words = english } = options;
  const {
    amounts,
    flow: { chart: texts },
    flowFigures,
  } = words.texts;
  const labelOf = (name: string, [low = 0, high = 0]: readonly number[] = []) =>
    words.say(texts.layerLabel, { lane: name, tasks: high - low });
  const labels = lanes.map(({ name }, index) => labelOf(name, [0, points.at(-1)?.counts[index] ?? 0]));
  const right = roomFor(labels, 96, options);
  const [start, end] = [Date.parse(points[0]?.at ?? flow.from), Date.parse(flow.to)];
  const heights = points.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const highest = heights.reduce((most, height) => Math.max(most, height), 1);
  const box = boxOf(options, { top: 26, right, bottom: 28, left: roomForDays(highest, words) }, 280);
  const x = timeScale(start, end, box);
  const { y, ticks } = daysScale(highest, box);
  const bottomUp = lanes.map((lane, index) => ({ ...lane, index })).toReversed();
  const layers = stack<Point, number>()
    .keys(bottomUp.map(({ index }) => index))
    .value(({ counts }, index) => counts[index] ?? 0)(points);
  const shape = area<(typeof layers)[number][number]>()
    .x(({ data }) => x(Date.parse(data.at)))
    .y0(([low]) => y(low))
    .y1(([, high]) => y(high))
    .curve(curveStepAfter)
    .digits(1);
  const last = layers.map((layer) => layer.at(-1) ?? [0, 0]);
  const places = spreadLabels(
    // Of empty layers, too, the upper one has the upper label.
    last.map(([low = 0, high = 0], index) => (y(low) + y(high)) / 2 - index / 100),
    box.top + 4,
    box.y1 - 2,
  );
  const drawn = bottomUp.flatMap(({ name, role }, index): Element[] => {
    const [low = 0, high = 0] = last[index] ?? [];
    const told = words.say(texts.layer, { lane: name, tasks: high - low });
    return [
      marked(
        s("path", {
          d: shape(layers[index] ?? []) ?? "",
          fill: laneInk(role),
          fillOpacity: 0.75,
        }),
        told,
      ),
      text(box.x1 + 8, (places[index] ?? 0) + 4, fitted(labelOf(name, last[index]), box), {
        fill: laneInk(role),
      }),
    ];
  });
  const counts = bottomUp.map(({ name }, index) => labelOf(name, last[index]));
  const desc = words.say(texts.layersDesc, { layers: words.list(counts) });
  return toSvg(options, box, { kind: "cumulative", title: flowFigures.cumulative.title, desc }, [
    ...daysAxis(ticks.filter(Number.isInteger), y, box, words.numeral),
    ...drawn,
    ...timeAxis([start, end], flow.timeZone, x, box, words),
    unit(amounts.units.tasks),
  ]);
}

type Point = Flow["cumulative"]["points"][number];

/** Without the midnights before there was any task, of which a picture has nothing to show. */
function sinceFirstTask(points: readonly Point[]): readonly Point[] {
  const first = points.findIndex(({ counts }) => counts.some((count) => count > 0));
  return first < 1 ? points : points.slice(first - 1);
}

/** Tasks in each lane at each midnight. */
export function tableOfCumulative(
  { cumulative: { lanes, points } }: Flow,
  words: Words = english,
): ChartTable {
  return {
    columns: [words.texts.flow.columns.at, ...lanes.map(({ name }) => name)],
    rows: points.map(({ at, counts }) => [at, ...counts]),
  };
}

import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import type { Flow } from "../../../core/model/flow.ts";
import { flowOn, makeForecast, takes } from "../../../testing/flow-on.ts";
import { close, enter, label, timelineOf } from "../../../testing/timelines.ts";
import * as charts from "../charts.ts";

const flow = flowOn([
  takes(1, "06T09:00", "06T12:00", "07T12:00"),
  takes(2, "06T09:00", "07T12:00", "10T12:00"),
  timelineOf(3, "06T09:00", [enter("06T10:00"), label("08T09:00", "in progress")]),
]);
const empty = flowOn([]);

const drawn: [name: string, draw: (flow: Flow, options: charts.ChartOptions) => string][] = [
  ["times", charts.renderFlowTimes],
  ["ageing", charts.renderAgeing],
  ["throughput", charts.renderThroughput],
  ["cumulative", charts.renderCumulative],
];

const steady = makeForecast(flow, [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5], "<b>3</b>");
const forecasts = {
  steady,
  "one that is soon done": {
    ...steady,
    when: { tasks: 1, by: { p50: "2024-05-31", p85: "2024-05-31", p95: "2024-05-31" } },
  },
  "one of a sprint of the far past and future": {
    ...steady,
    howMany: { by: "2024-05-31", tasks: { p50: 1, p85: 0, p95: 0 } },
    when: { tasks: 900, by: { p50: "2027-05-31", p85: "2028-01-31", p95: "2029-05-31" } },
  },
  "one without a sprint's end": { ...steady, howMany: null },
};

it.each(Object.entries(forecasts))(
  "draws the band of %s forecast as well-formed SVG within its box",
  (_, one) => {
    const { when } = one;
    if (when === null) throw new Error("refused");
    const svg = charts.renderForecastBand({ ...one, when }, { id: "a" });
    expect(() => new Resvg(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))).not.toThrow();
    expect(svg).not.toMatch(/NaN|Infinity|undefined|width="-|\sstyle=/);
    for (const [, left, width] of svg.matchAll(/<rect x="([\d.]+)"[^>]* width="([\d.]+)"/g))
      expect(Number(left) + Number(width)).toBeLessThanOrEqual(480 - 62);
    expect(svg.match(/<rect/g)).toHaveLength(3);
  },
);

it("draws the sample of a forecast, what breaks its limits apart, and none of it where it is empty", () => {
  const broken = makeForecast(flow, [4, 6, 5, 3, 5, 4, 6, 40, 4, 5, 6, 4, 5]);
  expect(broken.refused?.reason).toBe("unstable");
  expect([broken.when, broken.howMany]).toEqual([null, null]);
  const svg = charts.renderForecastSample(broken, { id: "a" });
  expect(svg.match(/<rect/g)).toHaveLength(13);
  expect(svg.match(/outside the limits/g)).toHaveLength(1);
  expect(charts.tableOfForecastSample(broken).rows.map(([, , count]) => count)).toContain(40);
  expect(charts.renderForecastSample(makeForecast(flow, []), { id: "a" })).not.toMatch(/NaN|Infinity|<rect/);
});

it("names the mean and the limits of a sample apart, and of equals only the first", () => {
  const labelsOf = (counts: number[]) =>
    [
      ...charts
        .renderForecastSample(makeForecast(flow, counts), { id: "a" })
        .matchAll(/<text [^>]*y="([\d.]+)"[^>]*>((?:mean|limit) [\d.]+)</g),
    ].map(([, y, words]) => ({ y: Number(y), words }));
  expect(labelsOf(Array(12).fill(5)).map(({ words }) => words)).toEqual(["mean 5"]);
  const near = labelsOf([50, 50, 50, 50, 51, 50, 50, 50, 51, 50, 50, 50]).map(({ y }) => y);
  expect(near).toHaveLength(3);
  near
    .sort((a, b) => a - b)
    .reduce((above, y) => {
      expect(y - above).toBeGreaterThanOrEqual(14);
      return y;
    });
});

it("draws ages on a plain axis where no cycle time is known, and leaves room above the highest on powers of ten", () => {
  const old = timelineOf(3, "01T09:00", [enter("01T10:00"), label("01T11:00", "in progress")]);
  const young = [4, 5].map((number) =>
    timelineOf(number, "12T09:00", [enter("12T10:00"), label("12T11:00", "in progress")]),
  );
  const drawnOf = (timelines: Parameters<typeof flowOn>[0], most = 1) => {
    const one = flowOn(timelines);
    const ageing = one.ageing.map((task, index) =>
      index === 0 ? { ...task, cycle: { ...task.cycle, days: task.cycle.days * most } } : task,
    );
    return charts.renderAgeing({ ...one, ageing }, { id: "a" });
  };
  expect(drawnOf([old])).not.toContain("ten times");
  const powers = drawnOf([old, ...young], 100);
  expect(powers).toContain("ten times");
  const [, top] = /<circle [^>]*cy="([\d.]+)"/.exec(powers) ?? [];
  expect(Number(top)).toBeGreaterThan(26 + 5);
});

it.each([9, 10])(
  "draws percentiles of ten finished tasks, and none of nine, as ages are judged by ten: %i",
  (many) => {
    const one = flowOn([
      ...Array.from({ length: many }, (_, index) => takes(index + 1, "06T09:00", "06T12:00", "07T12:00")),
      timelineOf(99, "06T09:00", [enter("06T10:00"), label("08T09:00", "in progress")]),
    ]);
    const lines = many < 10 ? [] : ["50% ≤", "85% ≤", "95% ≤"];
    const drawn = (svg: string) => [...svg.matchAll(/>(\d+% ≤)/g)].map(([, name]) => name);
    expect(drawn(charts.renderFlowTimes(one, { id: "a" }))).toEqual(lines);
    expect(drawn(charts.renderAgeing(one, { id: "a" }))).toEqual(lines);
    expect(one.ageing.map(({ past }) => past === null)).toEqual([many < 10]);
  },
);

it("puts the numbers of a forecast beside its picture", () => {
  const { columns, rows } = charts.tableOfForecast(steady);
  expect(columns).toEqual(["chance", "9 tasks finished by", "finished by 2024-06-07, at least"]);
  expect(rows.map((row) => row.slice(1))).toEqual(
    (["p50", "p85", "p95"] as const).map((chance) => [
      steady.when?.by[chance],
      steady.howMany?.tasks[chance],
    ]),
  );
});

describe.each(drawn)("%s", (_, draw) => {
  it.each([
    ["a flow", flow],
    ["a flow of nothing", empty],
  ])("draws %s as well-formed SVG with a title and a description", (_, one) => {
    const svg = draw(one, { id: "a", standalone: true });
    expect(() => new Resvg(svg)).not.toThrow();
    expect(svg).toMatch(/<title id="a-title">[^<]+<\/title><desc id="a-desc">[^<]+<\/desc>/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("begins every id with the one it was given and needs no inline style", () => {
    const svg = draw(flow, { id: "first" });
    for (const [, id] of svg.matchAll(/\sid="([^"]*)"/g)) expect(id).toMatch(/^first/);
    expect(svg).not.toMatch(/\sstyle=|<style|<script|href=/);
  });

  it("keeps hostile titles text", () => {
    const title = "<img src=x onerror=alert(1)>\u0000\u001b[31m\u202e";
    const hostile = {
      ...flow,
      finished: flow.finished.map((task) => ({ ...task, title })),
      ageing: flow.ageing.map((task) => ({ ...task, title, lane: flow.ageing[0]?.lane ?? "" })),
    };
    const svg = draw(hostile, { id: "a", standalone: true });
    expect(svg.replaceAll("\n", "")).not.toMatch(/<img|[\p{Cc}\u202e]/u);
  });
});

it("marks a dot for each finished task, and one for each in progress", () => {
  expect(charts.renderFlowTimes(flow, { id: "a" }).match(/<circle/g)).toHaveLength(2);
  expect(charts.renderAgeing(flow, { id: "a" }).match(/<circle/g)).toHaveLength(1);
});

it("shows lead times where no start of work is known", () => {
  const unstarted = flowOn([timelineOf(1, "06T09:00", [enter("06T10:00"), close("08T09:00")])]);
  expect(charts.timesShown(unstarted).key).toBe("lead");
  expect(charts.timesShown(flow).key).toBe("cycle");
});

it("puts the numbers beside the drawing", () => {
  expect(
    charts.tableOfFlowTimes(flow).rows.map(([number, , , lead, cycle]) => [number, lead, cycle]),
  ).toEqual([
    [1, 1.13, 1],
    [2, 4.13, 3],
  ]);
  expect(charts.tableOfAgeing(flow).rows.map(([number, , lane]) => [number, lane])).toEqual([
    [3, "In progress"],
  ]);
  expect(charts.tableOfThroughput(flow).rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(2);
  expect(charts.tableOfCumulative(flow).rows.at(-1)?.slice(1)).toEqual([0, 1, 2]);
});

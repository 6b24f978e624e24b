import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import type { Flow } from "../../../core/model/flow.ts";
import { flowOn, takes } from "../../../testing/flow-on.ts";
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

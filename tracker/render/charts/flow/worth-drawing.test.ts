import { describe, expect, it } from "vitest";
import type { Flow } from "../../../core/model/flow.ts";
import { flowOn, makeForecast, takes } from "../../../testing/flow-on.ts";
import { makeReport } from "../../../testing/make-report.ts";
import { close, enter, label, timelineOf } from "../../../testing/timelines.ts";
import * as charts from "../charts.ts";

const finished = (many: number) =>
  Array.from({ length: many }, (_, index) => takes(index + 1, "06T09:00", "06T12:00", "07T12:00"));
const begun = (number: number) =>
  timelineOf(number, "06T09:00", [enter("06T10:00"), label("08T09:00", "in progress")]);
const withWeeks = (flow: Flow, counts: readonly number[]): Flow => ({
  ...flow,
  weeks: counts.map((count, index) => ({
    week: `2024-W0${index + 1}`,
    firstDay: `2024-01-0${index + 1}`,
    finished: count,
    isWhole: index < counts.length - 1,
  })),
});

describe("a picture is drawn", () => {
  it("of two ages, or of one against the times of enough finished tasks", () => {
    const drawn = [
      [],
      [begun(90)],
      [begun(90), begun(91)],
      [...finished(9), begun(90)],
      [...finished(10), begun(90)],
    ];
    expect(drawn.map((timelines) => charts.worthDrawing(flowOn(timelines)).ageing)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it("of two finished tasks, and of two weeks once any task was finished: a week of 0 is a figure", () => {
    expect([0, 1, 2].map((many) => charts.worthDrawing(flowOn(finished(many))).times)).toEqual([
      false,
      false,
      true,
    ]);
    const weeks = [[], [3], [0, 0, 0], [0, 3], [0, 0, 3], [1, 0, 3]].map((counts) =>
      withWeeks(flowOn(finished(1)), counts),
    );
    expect(weeks.map((flow) => charts.worthDrawing(flow).throughput)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it("of two lead times, where there are not two cycle times", () => {
    const unbegun = (many: number) =>
      Array.from({ length: many }, (_, index) =>
        timelineOf(50 + index, "06T09:00", [enter("06T10:00"), close("08T09:00")]),
      );
    const shown = (cycles: number, others: number) => {
      const flow = flowOn([...finished(cycles), ...unbegun(others)]);
      const { key, tasks, spread } = charts.timesShown(flow);
      expect(spread).toBe(flow[key]);
      return [key, tasks.length, charts.worthDrawing(flow).times];
    };
    expect([shown(1, 5), shown(1, 1), shown(0, 2), shown(2, 5), shown(1, 0), shown(0, 1)]).toEqual([
      ["lead", 6, true],
      ["lead", 2, true],
      ["lead", 2, true],
      ["cycle", 2, true],
      ["cycle", 1, false],
      ["lead", 1, false],
    ]);
  });

  it("of lanes at two midnights, from the one before the first task", () => {
    const flow = flowOn([begun(1)]);
    const { cumulative } = flow;
    const from = (filled: number): Flow => ({
      ...flow,
      cumulative: {
        ...cumulative,
        points: cumulative.points.map((point, index) => ({
          ...point,
          counts: point.counts.map(() => (index < filled ? 0 : 1)),
        })),
      },
    });
    const many = cumulative.points.length;
    expect(many).toBeGreaterThan(4);
    expect([many, many - 1, many - 2].map((filled) => charts.worthDrawing(from(filled)).cumulative)).toEqual([
      false,
      false,
      true,
    ]);
    const ticks = (one: Flow) =>
      charts.renderCumulative(one, { id: "a" }).match(/<line[^>]*y2="25[67]/g)?.length ?? 0;
    expect(ticks(from(0)) - ticks(from(3))).toBe(2);
  });
});

describe("a line of reference at 0 lies on the axis, and is left out", () => {
  const labels = (svg: string) =>
    [...svg.matchAll(/>((?:mean|limit|\d+% ≤|[\d.]+ median)[^<]*)</g)].map(([, name]) => name);

  it("as the mean of whole weeks without a finished task, and the one that prints as 0", () => {
    const flow = flowOn(finished(2));
    expect(labels(charts.renderThroughput(withWeeks(flow, [0, 0, 2]), { id: "a" }))).toEqual([]);
    expect(labels(charts.renderThroughput(withWeeks(flow, [0, 1, 2]), { id: "a" }))).toEqual(["mean 0.5"]);
    const rare = withWeeks(flow, [0, 0, 0.008, 0, 2]);
    expect(labels(charts.renderThroughput(rare, { id: "a" }))).toEqual([]);
  });

  it("as the mean and the limits of a sample", () => {
    const sample = (counts: readonly number[]) =>
      labels(charts.renderForecastSample(makeForecast(flowOn([]), counts), { id: "a" }));
    expect(sample(Array(12).fill(0))).toEqual([]);
    expect(sample(Array(12).fill(2))).toEqual(["mean 2"]);
  });

  it("as the percentiles of tasks that took no time", () => {
    const flow = flowOn(finished(10));
    const of = (p50: number, p85: number, p95: number): Flow => ({
      ...flow,
      cycle: { ...flow.cycle, days: { p50, p85, p95 } },
    });
    expect(labels(charts.renderFlowTimes(of(0, 0.004, 2), { id: "a" }))).toEqual(["95% ≤ 2"]);
  });

  it("as the median of sprints in which nothing was completed", () => {
    const sprint = (number: number, completed: number) => {
      const report = makeReport({ number, cards: 4 });
      return { ...report, effort: { ...report.effort, completed } };
    };
    const velocity = (...completed: number[]) =>
      labels(
        charts.renderVelocity(
          completed.map((days, index) => sprint(index + 1, days)),
          { id: "a" },
        ),
      );
    expect(velocity(0, 0, 6)).toEqual([]);
    expect(velocity(0, 3, 6)).toEqual(["3 median"]);
  });
});

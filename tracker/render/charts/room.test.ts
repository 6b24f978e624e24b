import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow } from "../../core/model/flow.ts";
import type { Report } from "../../core/model/report.ts";
import { cutOff, labelsOf, overprinted } from "../../testing/chart-labels.ts";
import { flowOn, makeFlow, makeForecast } from "../../testing/flow-on.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import * as charts from "./charts.ts";

const amounts = new Set([
  ...[
    "committed",
    "added",
    "removed",
    "reestimated",
    "final",
    "completed",
    "completedInitial",
    "notCompleted",
  ],
  ...["frozen", "actual", "scope", "done", "remaining", "delta", "days", "actualDays", "capacityDays"],
  ...["daysOwed", "open", "finished", "workingDays", "p50", "p85", "p95"],
]);

const counts = new Set(["open", "finished"]);

/** The same value with all its amounts so many times as large; what is counted stays whole. */
const grown = <T>(value: T, times: number): T =>
  JSON.parse(JSON.stringify(value), (key, part) => {
    if (typeof part !== "number" || !amounts.has(key)) return part;
    return counts.has(key) ? Math.round(part * times) : Math.round(part * times * 100) / 100;
  });

/** From nothing by hundredths of a day to a hundred thousand points. */
const times = fc.oneof(
  fc.constantFrom(0, 0.01, 0.1, 1, 33.33, 333.33, 4567.89, 99_999),
  fc.double({ min: 0.01, max: 50_000, noNaN: true }),
);
const look = fc.record({
  id: fc.constant("a"),
  width: fc.constantFrom(480, 1216),
  words: fc.constantFrom("en-GB", "de-DE").map(wordsOf),
});

const expectRoom = (svg: string, told: string): void => {
  expect(svg, told).not.toMatch(/NaN|Infinity|undefined/);
  expect(cutOff(svg), told).toEqual([]);
  expect(overprinted(svg), told).toEqual([]);
};

test("the labels of a report's charts stand inside the picture and apart, however large or small its amounts", () => {
  fc.assert(
    fc.property(
      times,
      fc.constantFrom(0, 1, 2, 7, 30),
      fc.boolean(),
      look,
      (by, cards, inPoints, options) => {
        const unit = inPoints ? { unit: "points" as const } : {};
        const report: Report = { ...grown(makeReport({ number: 3, cards }), by), ...unit };
        for (const draw of [
          charts.renderBurndown,
          charts.renderBurnup,
          charts.renderEffort,
          charts.renderEstimation,
          charts.renderCapacity,
        ])
          expectRoom(draw(report, options), draw.name);
        const reports = [1, 2, 3].map((number) => grown(makeReport({ number, cards }), by));
        for (const draw of [charts.renderVelocity, charts.renderDebt]) {
          expectRoom(draw(reports, options), draw.name);
          expect(draw(reports, options)).not.toContain("…");
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a capacity far above what was committed is named inside the picture", () => {
  const report = makeReport({ number: 1, cards: 3 });
  for (const capacityDays of [0, 0.05, 1234.56, 99_999.99])
    for (const draw of [charts.renderEffort, charts.renderCapacity])
      expectRoom(draw({ ...report, sprint: { ...report.sprint, capacityDays } }, { id: "a" }), draw.name);
});

test("the parts of a capacity bar are named as far as there is room, the largest always", () => {
  const part = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 2000 }).map((hundredths) => hundredths / 100),
  );
  const report = makeReport({ number: 1, cards: 7 });
  fc.assert(
    fc.property(part, part, part, fc.option(part), (completed, frozen, notCompleted, capacityDays) => {
      const final = Math.round((completed + frozen + notCompleted) * 100) / 100;
      const effort = { ...report.effort, completed, frozen, notCompleted, final };
      const svg = charts.renderCapacity(
        { ...report, effort, sprint: { ...report.sprint, capacityDays } },
        { id: "a" },
      );
      expectRoom(svg, "capacity");
      const largest = Math.max(completed, frozen, notCompleted);
      const names = labelsOf(svg).map(({ words }) => words);
      if (largest > 0) expect(names.some((name) => name.startsWith(`${largest} `))).toBe(true);
    }),
  );
});

test("names of issues beside dots keep inside and apart, also with their repository before them", () => {
  const report = makeReport({ number: 1, cards: 40 });
  const done = report.done.map((card, index) => ({
    ...card,
    ref: `example-organisation/fleet-${"x".repeat(index % 20)}#${card.number}`,
    days: 0.1,
    actualDays: index % 2 === 0 ? 5 : 5.1,
  }));
  expectRoom(charts.renderEstimation({ ...report, done }, { id: "a" }), "estimation");
  const flow = makeFlow((index) => `Task ${index}`);
  const task = flow.ageing[0];
  if (task === undefined) throw new Error("the flow has tasks in progress");
  for (const ref of [undefined, "example-organisation/a-repository-of-a-long-name#12345"]) {
    const ageing = Array.from({ length: 8 }, (_, index) => ({ ...task, number: 12_340 + index, ref }));
    const svg = charts.renderAgeing({ ...flow, ageing }, { id: "a" });
    expectRoom(svg, `ageing ${ref}`);
  }
});

const withLanes = (flow: Flow, count: number, name: string): Flow => ({
  ...flow,
  cumulative: {
    lanes: Array.from({ length: count }, (_, index) => ({
      ...(flow.cumulative.lanes[0] ?? { role: "sprint" as const }),
      role: "progress",
      name: `${name} ${index}`,
    })) as Flow["cumulative"]["lanes"],
    points: flow.cumulative.points.map((point) => ({
      ...point,
      counts: Array.from({ length: count }, () => 1),
    })),
  },
});

test("lanes of long names are named as far as there is room", () => {
  const flow = makeFlow((index) => `Task ${index}`);
  for (const count of [1, 3, 6])
    for (const name of ["A", "Waiting for the customer's acceptance", "待".repeat(3)])
      for (const draw of [charts.renderAgeing, charts.renderCumulative])
        expectRoom(draw(withLanes(flow, count, name), { id: "a" }), `${draw.name} ${count} ${name}`);
});

test("the labels of flow charts stand inside the picture and apart, however many tasks and days", () => {
  const one = makeFlow((index) => `Task ${index}`);
  fc.assert(
    fc.property(times, look, fc.constantFrom(one, flowOn([])), (by, options, from) => {
      const flow = grown(from, by);
      for (const draw of [charts.renderFlowTimes, charts.renderAgeing, charts.renderThroughput])
        expectRoom(draw(flow, options), draw.name);
      const points = from.cumulative.points.map(({ at, counts }) => ({
        at,
        counts: counts.map((count) => Math.round(count * by)),
      }));
      expectRoom(
        charts.renderCumulative({ ...from, cumulative: { ...from.cumulative, points } }, options),
        "cumulative",
      );
      const forecast = makeForecast(
        from,
        [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5].map((n) => Math.round(n * by)),
      );
      expectRoom(charts.renderForecastSample(forecast, options), "sample");
    }),
    { numRuns: 40 },
  );
});

import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import type { Report } from "../../core/model/report.ts";
import { makeReport } from "../../testing/make-report.ts";
import * as charts from "./charts.ts";

const report = makeReport({ number: 3, cards: 20 });
const reports = [1, 2, 3].map((number) => makeReport({ number, cards: 12 }));

const drawn: [name: string, draw: (options: charts.ChartOptions, from?: Report) => string][] = [
  ["burndown", (options, from = report) => charts.renderBurndown(from, options)],
  ["burnup", (options, from = report) => charts.renderBurnup(from, options)],
  ["effort", (options, from = report) => charts.renderEffort(from, options)],
  ["estimation", (options, from = report) => charts.renderEstimation(from, options)],
  ["capacity", (options, from = report) => charts.renderCapacity(from, options)],
  ["velocity", (options, from) => charts.renderVelocity(from ? [from] : reports, options)],
  ["debt", (options, from) => charts.renderDebt(from ? [from] : reports, options)],
  ["sparkline", (options) => charts.renderSparkline([1, null, 3], { ...options, label: "Days" })],
];

describe.each(drawn)("%s", (name, draw) => {
  it("is well-formed SVG with a title and a description", () => {
    const svg = draw({ id: "a", standalone: true });
    expect(() => new Resvg(svg)).not.toThrow();
    expect(svg).toMatch(/<title id="a-title">[^<]+<\/title><desc id="a-desc">[^<]+<\/desc>/);
    expect(svg).toContain('aria-labelledby="a-title a-desc"');
  });

  it("begins every id with the one it was given, so that two stand on one page", () => {
    const ids = [...draw({ id: "first" }).matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(ids).toContain("first");
    for (const id of ids) expect(id).toMatch(/^first/);
  });

  it("needs no inline style on a page with a strict policy", () => {
    expect(draw({ id: "a" })).not.toMatch(/\sstyle=|<style|<script|href=/);
  });

  it("draws no impossible coordinate", () => {
    expect(draw({ id: "a" })).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("keeps to the size asked for", () => {
    expect(draw({ id: "a", width: 360, height: 200 })).toContain('viewBox="0 0 360 200"');
  });

  it.skipIf(name === "sparkline")("draws a sprint of which nothing is known", () => {
    const empty = makeReport({ number: 1, cards: 0 });
    const svg = draw(
      { id: "a", standalone: true },
      { ...empty, burndown: { points: [], ideal: [], scopeEvents: [] } },
    );
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(() => new Resvg(svg)).not.toThrow();
  });
});

it("keeps hostile titles text, and out of XML's forbidden characters", () => {
  const hostile = makeReport({
    number: 1,
    cards: 10,
    title: () => "<img src=x onerror=alert(1)>\u0000\u001b[31m\u202e",
  });
  for (const [, draw] of drawn) {
    const svg = draw({ id: "a", standalone: true }, hostile);
    expect(svg.replaceAll("\n", "")).not.toMatch(/<img|[\p{Cc}\u202e]/u);
    expect(() => new Resvg(svg)).not.toThrow();
  }
});

it("marks every change of scope with what it was", () => {
  const svg = charts.renderBurndown(report, { id: "a" });
  expect(svg.match(/h-9z/g)).toHaveLength(report.burndown.scopeEvents.length);
  for (const event of report.burndown.scopeEvents) expect(svg).toContain(`#${event.number} `);
});

it("says — where the actual is unknown, and draws no bar", () => {
  const unknown = { ...report, effort: { ...report.effort, actual: null } };
  expect(charts.renderEffort(unknown, { id: "a" })).toContain(">—<");
  expect(charts.renderEffort(report, { id: "a" })).toContain("actual effort: ");
  expect(charts.renderEffort(unknown, { id: "a" })).not.toContain("actual effort: ");
  expect(charts.tableOfEffort(unknown).rows.at(-1)).toEqual(["actual", null]);
});

it.each([
  [[2], { lower: 2, median: 2, upper: 2 }],
  [[1.6, 4.9, 8.2], { lower: 3.25, median: 4.9, upper: 6.55 }],
  [[4, 1, 3, 2], { lower: 1.75, median: 2.5, upper: 3.25 }],
  [[], { lower: null, median: null, upper: null }],
])("velocity of %j is %j", (completed, band) => {
  const of = completed.map((days) => ({ ...report, effort: { ...report.effort, completed: days } }));
  const { lower, median, upper } = charts.velocityOf(of);
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1e6) / 1e6);
  expect({ lower: rounded(lower), median: rounded(median), upper: rounded(upper) }).toEqual(band);
});

it("puts the numbers beside the drawing", () => {
  expect(charts.tableOfBurndown(report).rows).toHaveLength(report.burndown.points.length);
  expect(charts.tableOfVelocity(reports).rows.map((row) => row[0])).toEqual([1, 2, 3]);
  expect(charts.tableOfDebt(reports).rows.map((row) => row[4])).toEqual(reports.map(({ debt }) => debt.open));
  const parts = charts.tableOfCapacity(report).rows;
  expect(parts.find(([part]) => part === "final scope")?.[1]).toBe(report.effort.final);
  for (const row of charts.tableOfEstimation(report).rows)
    expect(row[4]).toBeCloseTo(Number(row[3]) - Number(row[2]), 2);
});

it("velocity compares sprints of one unit: that of the newest, and says how many it leaves out", () => {
  const mixed = reports.map((one, index) => (index === 0 ? one : { ...one, unit: "points" as const }));
  expect(charts.tableOfVelocity(mixed).rows.map(([sprint]) => sprint)).toEqual([2, 3]);
  const svg = charts.renderVelocity(mixed, { id: "a" });
  expect(svg).toContain("points per sprint");
  expect(svg).toContain("1 sprint in man-days left out.");
});

it("estimates in points and effort in days stand on axes of their own, and make no error", () => {
  const inPoints: Report = { ...report, unit: "points" };
  expect(charts.tableOfEstimation(inPoints).columns).toEqual([
    "issue",
    "title",
    "estimate, points",
    "actual, man-days",
  ]);
  const svg = charts.renderEstimation(inPoints, { id: "a" });
  expect(svg).toContain("estimate, points");
  expect(svg).not.toContain("longer than estimated");
  expect(charts.renderEstimation(report, { id: "a" })).toContain("longer than estimated");
});

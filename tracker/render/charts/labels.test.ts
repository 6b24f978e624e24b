import fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../core/model/report.ts";
import { cutOff, labelsOf, overprinted } from "../../testing/chart-labels.ts";
import { flowOn, makeFlow, takes } from "../../testing/flow-on.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import { english } from "../../words/words.ts";
import { timeAxis, timeScale } from "./axes.ts";
import * as charts from "./charts.ts";
import { boxOf, toSvg } from "./svg.ts";

const withDebt = (report: Report, open: number, opened: number, paid: number): Report => ({
  ...report,
  debt: {
    ...report.debt,
    open,
    daysOwed: open / 2,
    opened: report.debt.opened.slice(0, opened),
    paid: report.debt.paid.slice(0, paid),
  },
});

test("no label of a debt chart stands on another, with debt or without", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(12), fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 30 }),
      fc.constantFrom(480, 1216),
      (ledger, width) => {
        const reports = ledger.map(([open, opened, paid], index) =>
          withDebt(makeReport({ number: index + 1, cards: 12 }), open, opened, paid),
        );
        expect(overprinted(charts.renderDebt(reports, { id: "a", width }))).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test("no label of velocity, its legend included, stands on another", () => {
  for (const count of [1, 2, 3, 12, 60])
    for (const width of [480, 1216]) {
      const reports = Array.from({ length: count }, (_, index) =>
        makeReport({ number: index + 1, cards: index % 20 }),
      );
      const svg = charts.renderVelocity(reports, { id: "a", width });
      expect(overprinted(svg), `${count} sprints`).toEqual([]);
      for (const words of ["completed", "committed", "middle half of the sprints"])
        expect(svg).toContain(`>${words}<`);
    }
});

test("no label of a burndown or burn-up stands on another", () => {
  for (const cards of [1, 2, 5, 20, 80]) {
    const report = makeReport({ number: 1, cards });
    expect(overprinted(charts.renderBurndown(report, { id: "a" }))).toEqual([]);
    expect(overprinted(charts.renderBurnup(report, { id: "a" }))).toEqual([]);
  }
});

test("what is named beside a chart has room there, whatever the language, the dropped work or the lanes", () => {
  const flow = makeFlow((index) => `Task ${index}`);
  for (const locale of ["en-GB", "de-DE"])
    for (const width of [480, 1216]) {
      const options = { id: "a", width, words: wordsOf(locale) };
      const report = makeReport({ number: 1, cards: 80 });
      for (const frozen of [0, 3])
        for (const draw of [charts.renderBurndown, charts.renderBurnup]) {
          const counts = { ...report.effort.counts, frozen };
          const svg = draw({ ...report, effort: { ...report.effort, counts } }, options);
          expect(cutOff(svg), `${draw.name} ${locale}`).toEqual([]);
        }
      for (const name of ["Done", "Waiting for review", "Accepted by the customer in the test environment"]) {
        const lanes = flow.cumulative.lanes.map((lane) => ({ ...lane, name }));
        const svg = charts.renderCumulative({ ...flow, cumulative: { ...flow.cumulative, lanes } }, options);
        expect(cutOff(svg), `${name} ${locale}`).toEqual([]);
      }
    }
});

test("no label of a flow chart stands on another", () => {
  const flows = [
    makeFlow((index) => `Task ${index}`),
    flowOn([]),
    flowOn([takes(1, "06T09:00", "06T12:00", "07T12:00")]),
  ];
  for (const flow of flows)
    for (const draw of [
      charts.renderAgeing,
      charts.renderFlowTimes,
      charts.renderThroughput,
      charts.renderCumulative,
    ])
      for (const width of [480, 1216])
        expect(overprinted(draw(flow, { id: "a", width })), draw.name).toEqual([]);
});

/** Texts through which a level line runs, and which keep no paper around their letters. */
const struck = (svg: string): string[] => {
  const lines = [...svg.matchAll(/<line x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="([^"]+)"/g)]
    .map(([, ...ends]) => ends.map(Number))
    .filter(([, y1, , y2]) => y1 === y2);
  const texts = [...svg.matchAll(/<text [^>]*>[^<]*</g)].map(([text]) => text);
  return texts
    .filter((text) => !text.includes("paint-order"))
    .flatMap(labelsOf)
    .filter(({ left, right, line }) =>
      lines.some(([x1 = 0, y = 0, x2 = 0]) => left < x2 && right > x1 && y < line - 1 && y > line - 9),
    )
    .map(({ words }) => words);
};

test("no line runs through the letters of a name inside a chart", () => {
  const report = makeReport({ number: 1, cards: 40 });
  for (const draw of [charts.renderEstimation, charts.renderBurndown, charts.renderBurnup])
    expect(struck(draw(report, { id: "a" })), draw.name).toEqual([]);
  const flow = makeFlow((index) => `Task ${index}`);
  for (const draw of [charts.renderAgeing, charts.renderFlowTimes, charts.renderThroughput])
    expect(struck(draw(flow, { id: "a" })), draw.name).toEqual([]);
});

const axisOf = (first: string, days: number): string[] => {
  const box = boxOf({ id: "a" }, { top: 0, right: 92, bottom: 28, left: 34 }, 280);
  const start = Date.parse(`${first}T00:00:00Z`);
  const end = start + days * 86_400_000;
  const svg = toSvg({ id: "a" }, box, { kind: "x", title: "x", desc: "x" }, [
    ...timeAxis([start, end], "UTC", timeScale(start, end, box), box, english),
  ]);
  expect(overprinted(svg)).toEqual([]);
  for (const { right } of labelsOf(svg)) expect(right).toBeLessThan(box.width);
  return labelsOf(svg).map(({ words }) => words);
};

test("a time axis names days, and months with their first year, and none over another", () => {
  expect(axisOf("2026-03-02", 4)).toEqual(["2 Mar", "3 Mar", "4 Mar", "5 Mar"]);
  expect(axisOf("2026-03-10", 92)).toEqual(["Mar 2026", "Apr", "May", "Jun"]);
  expect(axisOf("2025-10-01", 182)).toEqual(["Oct 2025", "Dec", "Jan 2026", "Mar"]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (days, later) => {
      const first = new Date(Date.UTC(2020, 0, 1 + later)).toISOString().slice(0, 10);
      const names = axisOf(first, days);
      expect(names.length).toBeGreaterThan(0);
      if (days > 70) expect(names[0]).toMatch(/^[A-Z][a-z]+ 20\d\d$/);
    }),
    { numRuns: 200 },
  );
});

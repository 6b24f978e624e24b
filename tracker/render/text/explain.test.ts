import { expect, it } from "vitest";
import { makeReport } from "../../testing/make-report.ts";
import { type FigureKey, type FigureRow, figureKeys, figures } from "../figures/figures.ts";
import { unknown } from "../format.ts";
import { renderExplanation } from "./explain.ts";

it("tells what no report knows from what is none", () => {
  const one = {
    sprint: 3,
    figure: "debtDropped",
    label: "debt dropped",
    definition: "A ledger.",
    rows: [],
    timeZone: "UTC",
  } as const;
  const told = (value: string) => renderExplanation({ ...one, rows: [], value });
  expect(told(unknown)).toContain("The report does not know it.");
  expect(told(unknown)).not.toContain("no issues");
  expect(told("0")).toContain("It is based on no issues.");
});

const report = makeReport({ number: 3, cards: 12 });
const explain = (key: FigureKey, rows: FigureRow[]): string =>
  renderExplanation({
    sprint: 3,
    figure: key,
    label: figures[key].label,
    value: "1",
    definition: "A definition.",
    rows,
    timeZone: "UTC",
  });
const row = (days: number | null, more: Partial<FigureRow> = {}): FigureRow => ({
  ...{
    number: 7,
    title: "Deploy",
    days,
    why: "done",
    at: null,
    eventId: null,
    provenance: "replayed",
    ...more,
  },
});

it("is headed by what people call the figure, never by its key", () => {
  for (const key of figureKeys) {
    const [first = ""] = explain(key, figures[key].rows(report)).split("\n");
    expect(first).toBe(`Sprint 3, ${figures[key].label}: 1`);
    expect(first).not.toMatch(/[a-z][A-Z]/);
  }
});

it("names the figure whose rows they are, where a share is of two", () => {
  const parts = [
    row(1, { part: "numerator" }),
    row(1, { part: "denominator" }),
    row(2, { part: "denominator" }),
  ];
  const lines = explain("sayDoInitial", parts).split("\n");
  expect(lines.filter((line) => line.startsWith("completed commitment"))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith("committed"))).toHaveLength(1);
  expect(lines.join()).not.toMatch(/numerator|denominator/);
});

it("says what is missing by what it is: an estimate, effort, or nothing of a promise", () => {
  expect(explain("committed", [row(1), row(null)])).toContain("2 rows, 1 without an estimate. Times");
  for (const key of ["actualShare", "actual", "estimationError"] as const)
    expect(explain(key, [row(null), row(null), row(0.5)])).toContain(
      "3 rows, 2 without actual effort. Times",
    );
  expect(explain("keepRate", [row(null, { number: null })])).toContain("1 row. Times");
  expect(explain("committed", [row(0)])).toContain("1 row. Times");
});

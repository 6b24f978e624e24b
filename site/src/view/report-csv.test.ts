import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { makeReport } from "../../testing/make-report.ts";
import { reportCsv } from "./report-csv.ts";

const report = makeReport({
  number: 1,
  cards: 20,
  title: (index) => (index === 0 ? '=cmd|" /C calc"!A0' : `a, "b"\n${index}`),
});
const rows = parse(reportCsv(report), { columns: true }) as Record<string, string>[];

it("holds every figure and every card once per section", () => {
  const of = (section: string) => rows.filter((row) => row["section"] === section);
  expect(of("effort").find((row) => row["title"] === "committed")?.["days"]).toBe(
    String(report.effort.committed),
  );
  expect(of("done").map((row) => Number(row["number"]))).toEqual(report.done.map((card) => card.number));
  expect(of("unexpected")).toHaveLength(report.unexpected.length);
  expect(of("freezebox").every((row) => row["note"] === "not planned")).toBe(true);
});

it("leaves unknown empty instead of 0", () => {
  expect(rows.find((row) => row["title"] === "unexpectedActual")?.["days"]).toBe("");
});

it("gives spreadsheets no formula to run", () => {
  const titles = rows.filter((row) => row["number"] === "1000").map((row) => row["title"]);
  expect(titles.length).toBeGreaterThan(0);
  for (const title of titles) expect(title).toMatch(/^'=/);
});

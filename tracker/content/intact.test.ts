import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { freezeReport } from "../core/report/freeze.ts";
import { ContentError } from "../errors.ts";
import { makeReport } from "../testing/make-report.ts";
import { requireIntact } from "./intact.ts";

const frozen = freezeReport(makeReport({ number: 3, cards: 12 }), "2026-02-20T09:00:00Z");
const check = (report: Report) => () => requireIntact("content/reports/03.json", report);

test("a report as it was frozen, and one that never was, are let through", () => {
  expect(check(frozen)).not.toThrow();
  expect(check({ ...frozen, frozen: null, goalMet: false })).not.toThrow();
});

test("people's words, a budget and restatements come after the freeze", () => {
  const { kalm } = frozen;
  expect(check({ ...frozen, goalMet: true, kalm: { ...kalm, keep: [] }, restatements: [] })).not.toThrow();
  expect(
    check({ ...frozen, restatements: [{ at: "2026-03-01T00:00:00Z", note: "n", changes: [] }] }),
  ).not.toThrow();
});

test.each<[string, Partial<Report>]>([
  ["a figure", { effort: { ...frozen.effort, completed: frozen.effort.completed + 0.01 } }],
  ["a list", { done: frozen.done.slice(1) }],
  ["the goal", { sprint: { ...frozen.sprint, goal: "Another" } }],
  ["the digest", { frozen: { at: "2026-02-20T09:00:00Z", digest: "0".repeat(64) } }],
  ["the unit", { unit: "points" }],
])("whoever changes %s by hand is told which sprint, and how to get it back", (_, change) => {
  const report = { ...frozen, ...change };
  expect(check(report)).toThrow(ContentError);
  expect(check(report)).toThrow(
    expect.objectContaining({
      code: "report-tampered",
      exitCode: 3,
      file: "content/reports/03.json",
      message: expect.stringContaining("sprint 3 was frozen at 2026-02-20T09:00:00Z"),
      hint: expect.stringContaining("git restore"),
    }),
  );
});

test("the seal says when, and when alone may be written otherwise", () => {
  expect(
    check({ ...frozen, frozen: { at: "2030-01-01T00:00:00Z", digest: frozen.frozen?.digest ?? "" } }),
  ).not.toThrow();
});

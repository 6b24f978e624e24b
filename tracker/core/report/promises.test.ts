import { expect, test } from "vitest";
import type { KalmAnswer, KalmEntry, Report } from "../model/report.ts";
import { keepRateOf, pledgesOf } from "./promises.ts";

const entry = (text: string, from: number): KalmEntry => ({ text, from, issue: null });
const answer = (text: string, from: number, kept: boolean | null): KalmAnswer => ({
  ...entry(text, from),
  kind: "add",
  kept,
  age: 1,
});
const report = (number: number, add: KalmEntry[], followUp: KalmAnswer[]): Report =>
  ({
    sprint: { number },
    kalm: { keep: [], add, less: [], more: [], followUp, keepRate: null },
  }) as unknown as Report;

const reports = [
  report(3, [entry("Talk", 3)], [answer("Ask", 1, true), answer("Write", 2, null)]),
  report(1, [entry("Ask", 1)], []),
  report(2, [entry("Write", 2), entry("Test", 2)], [answer("Ask", 1, false)]),
];

test("a promise carries its newest answer, and its age", () => {
  expect(pledgesOf(reports).map(({ text, kept, answeredIn, age }) => [text, kept, answeredIn, age])).toEqual([
    ["Ask", true, 3, 2],
    ["Write", null, null, 1],
    ["Test", null, null, 1],
    ["Talk", null, null, 0],
  ]);
});

test("the rate counts answers only, and is unknown without any", () => {
  expect(keepRateOf(pledgesOf(reports))).toEqual({ kept: 1, dropped: 0, open: 3, rate: 1 });
  expect(keepRateOf([]).rate).toBeNull();
});

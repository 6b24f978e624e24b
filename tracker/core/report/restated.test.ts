import { describe, expect, test } from "vitest";
import type { Restatement } from "../model/report.ts";
import { agreesAgain, restatementOf } from "./restated.ts";

const change = (figure: string) => ({ figure, frozen: 1, now: 2 });
const of = (note: string, ...changes: Restatement["changes"]): Restatement => ({
  at: "2026-04-01T00:00:00Z",
  note,
  changes,
});
const figures = of("These figures change.", change("effort.completed"));
const tasks = of("Other tasks, the same sums.");
const agreed = of(agreesAgain);
const words = of("Promises or answers in the review were changed after the freeze.", change("kalm.keepRate"));

describe("whether a report stands contradicted", () => {
  test.each([
    ["never restated", [], null],
    ["figures", [figures], figures],
    ["tasks alone", [tasks], tasks],
    ["contradicted, then agreed with", [figures, agreed], null],
    ["agreed with, then contradicted", [figures, agreed, tasks], tasks],
    ["words alone, as it used to be told", [words], null],
    ["figures, then words", [figures, words], figures],
  ])("%s", (_, restatements, standing) => {
    expect(restatementOf({ restatements })).toEqual(standing);
  });
});

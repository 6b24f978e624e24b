import fc from "fast-check";
import { expect, test } from "vitest";
import { plainEffort } from "../../testing/plain-ledgers.ts";
import { randomHistory } from "../../testing/random-history.ts";
import { reportsOfHistory } from "../../testing/report-on.ts";
import { sumDays } from "../model/days.ts";
import { present } from "../model/present.ts";
import type { Report } from "../model/report.ts";

/** Issues that reopen, thaw, get other parents, sizes and debts, are moved, converted, transferred and deleted. */
const anyHistory = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(randomHistory);

function ofEveryReport(law: (report: Report) => void): void {
  fc.assert(
    fc.property(anyHistory, (history) => reportsOfHistory(history).forEach(law)),
    { numRuns: 200 },
  );
}

test("committed + added + re-estimated − removed = final = completed + dropped + not completed", () => {
  ofEveryReport(({ effort }) => {
    expect(sumDays([effort.committed, effort.added, effort.reestimated, -effort.removed])).toBe(effort.final);
    expect(sumDays([effort.completed, effort.frozen, effort.notCompleted])).toBe(effort.final);
  });
});

test("debts open at the start + opened − paid − dropped = open at the end", () => {
  ofEveryReport(({ debt }) => {
    const { openAtStart = Number.NaN, opened, paid, dropped = [], open, openCards, net } = debt;
    expect(openAtStart + opened.length - paid.length - dropped.length).toBe(open);
    expect([openCards.length, net]).toEqual([open, open - openAtStart]);
  });
});

test("what is open at a sprint's end and what happens to it until the next one is open at that one's start", () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const [first, second] = reportsOfHistory({ ...history, asOf: present(history.sprints.at(-1)).end });
      fc.pre(present(history.sprints[0]).end === present(history.sprints[1]).start);
      expect(present(second).debt.openAtStart).toBe(present(first).debt.open);
    }),
    { numRuns: 100 },
  );
});

test("each day that was said counts once: in a sprint's actual, spent elsewhere, or outside every sprint", () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const reports = reportsOfHistory(history);
      const told = history.issues.map(({ number }) => plainEffort(history, number));
      const places = reports.flatMap(({ effort, corrections = [] }) => [
        effort.actual,
        effort.spentElsewhere ?? Number.NaN,
        ...corrections.map(({ correction }) => correction),
      ]);
      const outside = told.map((issue) => issue.outside);
      expect(sumDays([...places, ...outside])).toBe(sumDays(told.map((issue) => issue.said)));
      for (const { effort } of reports) expect(effort.actual ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
});

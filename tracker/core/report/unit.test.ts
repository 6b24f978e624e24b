import { describe, expect, test } from "vitest";
import type { Effort, ExplanationRow, Report } from "../model/report.ts";
import { forReaders, unitOf } from "./unit.ts";

function reportOf(changes: Partial<Effort>): Report {
  const effort: Partial<Effort> = {
    committed: 0,
    added: 0,
    final: 0,
    actual: 1.5,
    counts: { committed: 4, added: 2, removed: 1, final: 5, completed: 3, frozen: 1 },
    unestimated: { committed: 4, final: 5 },
    ...changes,
  };
  const rows = [{}, {}] as ExplanationRow[];
  return {
    sprint: { capacityDays: 7 },
    effort,
    explanations: { completedInitial: rows },
  } as unknown as Report;
}

describe("the unit", () => {
  test("is tasks where no task has an estimate", () => {
    expect(unitOf(reportOf({}))).toBe("tasks");
  });

  test.each([
    ["one task had an estimate at the start", { unestimated: { committed: 3, final: 5 } }],
    ["one has at the end", { unestimated: { committed: 4, final: 4 } }],
    [
      "there are no tasks at all",
      {
        counts: { committed: 0, added: 0, removed: 0, final: 0, completed: 0, frozen: 0 },
        unestimated: { committed: 0, final: 0 },
      },
    ],
  ])("is days where %s", (_, changes) => {
    const report = reportOf(changes);
    expect(unitOf(report)).toBe("days");
    expect(forReaders(report)).toBe(report);
  });
});

test("readers are shown counts in the place of sums that are 0, and what was really spent as it is", () => {
  const report = reportOf({});
  const shown = forReaders(report);
  expect(shown.effort).toMatchObject({
    committed: 4,
    added: 2,
    removed: 1,
    reestimated: 0,
    final: 5,
    completed: 3,
    completedInitial: 2,
    frozen: 1,
    notCompleted: 1,
    actual: 1.5,
    sayDo: 0.75,
    sayDoInitial: 0.5,
  });
  expect(shown.sprint.capacityDays).toBeNull();
  expect(report.effort.committed).toBe(0);
  expect(forReaders(shown).effort).toEqual(shown.effort);
});

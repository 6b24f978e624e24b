import { expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import type { Report } from "../../core/model/report.ts";
import { isIntact } from "../../core/report/freeze.ts";
import { SprintcastError } from "../../errors.ts";
import { type FreezeRequest, planFreeze } from "./plan.ts";

const end = "2019-10-07T22:00:00.000Z";
const after = Date.parse("2019-10-08T10:00:00Z");

const reportOf = (completed: number): Report =>
  ({
    asOf: end,
    sprint: { number: 1, end, capacityDays: 7 },
    effort: { completed, unestimated: {}, counts: {} },
    unexpected: [],
    carriedOver: [],
    movedOn: [],
    freezebox: [],
    done: [],
    removed: [],
    debt: { opened: [], paid: [], open: 0, daysOwed: 0 },
    kalm: { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null },
    goalMet: null,
    boards: { start: { lanes: [] }, end: { lanes: [] } },
    frozen: null,
    restatements: [],
  }) as unknown as Report;

const plan = (request: Partial<FreezeRequest>) =>
  planFreeze({
    file: "content/reports/01.json",
    existing: null,
    fresh: reportOf(1.6),
    now: after,
    mode: "freeze",
    force: false,
    ...request,
  });

const codeOf = (request: Partial<FreezeRequest>): string => {
  try {
    plan(request);
  } catch (error) {
    if (error instanceof SprintcastError) return error.code;
    throw error;
  }
  return "no error";
};

const frozen = present(plan({}).report);

test("a sprint that ended is frozen, and freezing again changes nothing", () => {
  expect(frozen.frozen?.at).toBe("2019-10-08T10:00:00.000Z");
  expect(isIntact(frozen)).toBe(true);
  expect(plan({ existing: frozen, now: after + 1e9 })).toEqual({ action: "unchanged", report: null });
});

test("a preview is replaced by the frozen report", () => {
  const preview = present(plan({ mode: "preview", now: 0 }).report);
  expect(preview.frozen).toBeNull();
  expect(plan({ mode: "preview", existing: preview, now: 5 }).action).toBe("unchanged");
  expect(plan({ existing: preview }).action).toBe("frozen");
});

test("later evidence is added and dated, the frozen figures stay", () => {
  const now = after + 86_400_000;
  const restated = plan({ existing: frozen, fresh: reportOf(2.1), now });
  expect(restated.action).toBe("restated");
  expect(restated.report?.effort.completed).toBe(1.6);
  expect(restated.report?.restatements).toEqual([
    {
      at: "2019-10-09T10:00:00.000Z",
      note: expect.any(String),
      changes: [{ figure: "effort.completed", frozen: 1.6, now: 2.1 }],
    },
  ]);
  expect(plan({ existing: restated.report, fresh: reportOf(2.1), now }).action).toBe("unchanged");
});

test("words written after the freeze are taken over, and restate nothing", () => {
  const reviewed: Report = { ...reportOf(1.6), goalMet: true };
  const reworded = plan({ existing: frozen, fresh: reviewed });
  expect(reworded).toMatchObject({ action: "reworded", report: { goalMet: true, restatements: [] } });
  expect(isIntact(present(reworded.report))).toBe(true);
  expect(plan({ existing: reworded.report, fresh: reviewed }).action).toBe("unchanged");
  const both = plan({ existing: frozen, fresh: { ...reportOf(2.1), goalMet: true } });
  expect(both).toMatchObject({ action: "restated", report: { goalMet: true, effort: { completed: 1.6 } } });
});

test("a running sprint is not frozen, unless it is forced", () => {
  const now = Date.parse(end) - 1;
  expect(codeOf({ now })).toBe("sprint-running");
  expect(plan({ now, force: true }).action).toBe("frozen");
  expect(plan({ now: now + 1 }).action).toBe("frozen");
});

test("a frozen file that was changed by hand is refused, whatever is asked", () => {
  const existing = { ...frozen, effort: { ...frozen.effort, completed: 8.2 } };
  expect(codeOf({ existing })).toBe("report-tampered");
  expect(codeOf({ existing, mode: "preview" })).toBe("report-tampered");
  expect(codeOf({ existing: frozen, mode: "preview" })).toBe("already-frozen");
});

test("history that does not reach the sprint's end is not sealed, and restates nothing", () => {
  const early: Report = { ...reportOf(0.4), asOf: "2019-10-04T09:00:00.000Z" };
  expect(codeOf({ fresh: early })).toBe("history-too-old");
  const frozen = plan({}).report;
  expect(codeOf({ fresh: early, existing: frozen })).toBe("history-too-old");
  expect(plan({ fresh: early, force: true }).action).toBe("frozen");
});

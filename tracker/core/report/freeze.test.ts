import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../model/present.ts";
import type { Report, Restatement } from "../model/report.ts";
import { canonicalJson } from "./canonical-json.ts";
import { digestOf, freezeReport, isIntact, restatementFor, rewordedFrom } from "./freeze.ts";

const at = "2019-11-01T12:00:00Z";
const later = "2019-12-01T12:00:00Z";

function reportOf(completed: number, options: { text?: string; endCards?: number[] } = {}): Report {
  const cards = (options.endCards ?? [1, 2]).map((number) => ({ number }));
  const board = { at: "", lanes: [{ name: "Done", role: "done", days: 1, cards, hidden: 0 }] };
  const promise = { text: options.text ?? "Small tasks", from: 1, issue: null };
  return {
    schema: "sprintcast/report@1",
    asOf: at,
    sprint: { number: 1, capacityDays: 7 },
    effort: {
      committed: 8.2,
      completed,
      actual: null,
      unestimated: { committed: 0, final: 0 },
      counts: { committed: 22, completed: 2 },
    },
    unexpected: [],
    carriedOver: [],
    movedOn: [],
    freezebox: [],
    done: cards,
    removed: [],
    debt: { opened: [], paid: [], openCards: [], open: 0, daysOwed: 0 },
    kalm: { keep: [promise], add: [], less: [], more: [], followUp: [], keepRate: null },
    goalMet: true,
    boards: { start: board, end: board },
    frozen: null,
    restatements: [],
  } as unknown as Report;
}

describe("canonical JSON", () => {
  test("does not depend on the order in which keys were written", () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (pairs) => {
        const forth = Object.fromEntries(pairs);
        const back = Object.fromEntries(pairs.toReversed());
        expect(canonicalJson(forth)).toBe(canonicalJson(back));
        expect(JSON.parse(canonicalJson(forth))).toEqual(JSON.parse(JSON.stringify(forth)));
      }),
    );
  });
});

describe("the seal", () => {
  const frozen = freezeReport(reportOf(1.6), at);

  test("survives a round trip through a file and shuffled keys", () => {
    const shuffled = Object.fromEntries(Object.entries(frozen).toReversed()) as unknown as Report;
    expect(isIntact(JSON.parse(JSON.stringify(shuffled)))).toBe(true);
    expect(frozen.frozen).toEqual({ at, digest: digestOf(reportOf(1.6)) });
  });

  test("is broken by any change to a figure or a card", () => {
    const tampered: ((copy: Report) => void)[] = [
      (copy) => {
        copy.effort.completed = 8.2;
      },
      (copy) => {
        present(copy.boards.end.lanes[0]).cards.pop();
      },
    ];
    for (const change of tampered) {
      const copy = structuredClone(frozen);
      change(copy);
      expect(isIntact(copy)).toBe(false);
    }
  });

  test("is not broken by the team's words, which are written after it", () => {
    const reworded = rewordedFrom(frozen, { ...reportOf(1.6, { text: "Other" }), goalMet: false });
    expect(reworded).toMatchObject({ goalMet: false, kalm: { keep: [{ text: "Other" }] } });
    expect(reworded?.frozen).toEqual(frozen.frozen);
    expect(isIntact(present(reworded))).toBe(true);
    expect(rewordedFrom(present(reworded), present(reworded))).toBeNull();
  });

  test("of the time when words were under it still holds, and new words bring it up to date", () => {
    const { frozen: _, ...plain } = reportOf(1.6);
    const digest = createHash("sha256").update(canonicalJson(plain)).digest("hex");
    const old: Report = { ...reportOf(1.6), frozen: { at, digest } };
    expect(isIntact(old)).toBe(true);
    expect(isIntact({ ...old, goalMet: false })).toBe(false);
    const reworded = present(rewordedFrom(old, reportOf(1.6, { text: "Other" })));
    expect(reworded.frozen?.at).toBe(at);
    expect(isIntact(reworded)).toBe(true);
  });

  test("is not broken by a restatement", () => {
    const restated = { ...frozen, restatements: [present(restatementFor(frozen, reportOf(2.1), later))] };
    expect(isIntact(restated)).toBe(true);
  });

  test("an unfrozen report has none to break", () => {
    expect(isIntact(reportOf(1.6))).toBe(true);
  });
});

describe("restatements", () => {
  const frozen = freezeReport(reportOf(1.6), at);
  const withNewest = (report: Report, fresh: Report): Report => ({
    ...report,
    restatements: [...report.restatements, present(restatementFor(report, fresh, later))],
  });

  test("the same history says nothing new", () => {
    expect(restatementFor(frozen, { ...reportOf(1.6), asOf: later }, later)).toBeNull();
  });

  test("a changed figure is told beside the frozen one, once", () => {
    const restated = withNewest(frozen, reportOf(2.1));
    expect(restated.restatements[0]).toEqual({
      at: later,
      note: "History that was learned after the freeze changes these figures.",
      changes: [{ figure: "effort.completed", frozen: 1.6, now: 2.1 }],
    });
    expect(restated.effort.completed).toBe(1.6);
    expect(restatementFor(restated, reportOf(2.1), later)).toBeNull();
    expect(restatementFor(restated, reportOf(2.2), later)?.changes[0]?.now).toBe(2.2);
  });

  test("history that comes round again says so, once", () => {
    const back = withNewest(withNewest(frozen, reportOf(2.1)), reportOf(1.6));
    expect(back.restatements[1]).toMatchObject({ note: expect.stringContaining("agrees"), changes: [] });
    expect(restatementFor(back, reportOf(1.6), later)).toBeNull();
  });

  test("an unknown figure that became known is a change from unknown, not from 0", () => {
    const fresh = reportOf(1.6);
    fresh.effort.actual = 0;
    expect(restatementFor(frozen, fresh, later)?.changes).toEqual([
      { figure: "effort.actual", frozen: null, now: 0 },
    ]);
  });

  test("a share that was frozen as all, a thousandth rounded away, is not contradicted by what it was rounded from", () => {
    const withShare = (sayDo: number | null): Report => {
      const report = reportOf(1.6);
      return { ...report, effort: { ...report.effort, sayDo } };
    };
    const told = (before: number, now: number | null) =>
      restatementFor(freezeReport(withShare(before), at), withShare(now), later)?.changes ?? [];
    expect(told(1, 0.999)).toEqual([]);
    expect(told(0, 0.001)).toEqual([]);
    expect(told(1, 0.998)).toEqual([{ figure: "effort.sayDo", frozen: 1, now: 0.998 }]);
    expect(told(0.999, 1)).toHaveLength(1);
    expect(told(1, null)).toHaveLength(1);
  });

  test("other tasks with the same sums are told too, other words are not", () => {
    expect(restatementFor(frozen, reportOf(1.6, { endCards: [1, 3] }), later)?.note).toContain("which tasks");
    const reworded = { ...reportOf(1.6, { text: "Other" }), goalMet: false };
    expect(restatementFor(frozen, reworded, later)).toBeNull();
  });

  test("one of the time when words were restated is read for its figures alone", () => {
    const words = "Promises or answers in the review were changed after the freeze.";
    const figures = "History that was learned after the freeze changes these figures.";
    const rate = { figure: "kalm.keepRate", frozen: null, now: 1 };
    const completed = { figure: "effort.completed", frozen: 1.6, now: 2.1 };
    const of = (note: string, changes: Restatement["changes"]): Report => ({
      ...frozen,
      restatements: [{ at: later, note, changes }],
    });
    expect(restatementFor(of(words, [rate]), reportOf(1.6), later)).toBeNull();
    expect(restatementFor(of(figures, [{ ...rate, figure: "goalMet" }]), reportOf(1.6), later)).toBeNull();
    const mixed = of(`${figures} ${words}`, [completed, rate]);
    expect(restatementFor(mixed, reportOf(2.1), later)).toBeNull();
    expect(restatementFor(mixed, reportOf(1.6), later)?.note).toContain("agrees");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forever } from "../model/interval.ts";
import type { Draft } from "./fold-sets.ts";
import { changeToObserved, foldChanges, type ValueChange } from "./fold-value.ts";

const change = (at: number, value: string | null, key?: string): ValueChange => ({
  at,
  value,
  event: null,
  ...(key === undefined ? {} : { key }),
});

function fold(steps: ValueChange[]) {
  const draft: Draft = { intervals: [], doubts: [] };
  foldChanges("milestone", steps, draft);
  return { ...draft, at: (t: number) => draft.intervals.filter(({ from, to }) => from <= t && t < to) };
}

const value = fc.constantFrom("", "a", "ab", null);
const steps = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), value), { maxLength: 15 })
  .map((list) => list.toSorted(([a], [b]) => a - b).map(([at, one]) => change(at, one)));

describe("changes of one value", () => {
  it("are at every instant the last of those until then; of one instant, the last told", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { at, intervals } = fold(list);
        for (let t = -1; t < 15; t++) {
          const last = list.findLast((step) => step.at <= t)?.value ?? null;
          expect(at(t).map((one) => one.value)).toEqual(last === null ? [] : [last]);
        }
        expect(intervals.every(({ from, to }) => from < to)).toBe(true);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it("to the same key are none, whatever it is called by then", () => {
    const { intervals } = fold([change(1, "Old", "7"), change(3, "New", "7"), change(5, "New", "8")]);
    expect(intervals.map(({ key, value: called, from, to }) => [key, called, from, to])).toEqual([
      ["7", "Old", 1, 5],
      ["8", "New", 5, forever],
    ]);
  });
});

describe("what GitHub shows and no step gives", () => {
  const meet = (list: ValueChange[], by: number) => {
    const draft: Draft = { intervals: [], doubts: [] };
    changeToObserved("title", list, { value: "shown", by, why: "w", provenance: "unknown" }, draft);
    return { list, doubts: draft.doubts };
  };

  it("stands from the look on, before what came later, and is in doubt since the step before", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 12 }), (list, by) => {
        const before = list.findLast((step) => step.at <= by);
        const { list: met, doubts } = meet([...list], by);
        expect(met.map(({ at }) => at)).toEqual([...list.map(({ at }) => at), by].sort((a, b) => a - b));
        expect(met.findLast((step) => step.at <= by)?.value).toBe("shown");
        expect(met.filter((step) => step.provenance !== "observed")).toEqual(list);
        expect(doubts).toMatchObject([{ from: (before?.at ?? -forever) + 1, to: by }]);
      }),
      { seed: 22, numRuns: 300 },
    );
  });
});

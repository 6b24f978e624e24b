import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnomalySettings, emptyWindow, type Judgement, judge } from "./anomaly.ts";

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The same told plainly: everything is sorted anew for every value. */
function plainJudgements(values: readonly number[], settings: AnomalySettings): (Judgement | null)[] {
  return values.map((value, index) => {
    const before = values.slice(Math.max(0, index - settings.window), index);
    if (before.length < settings.warmUp) return null;
    const middle = median(before);
    const mad = median(before.map((one) => Math.abs(one - middle)));
    const score = (value - middle) / Math.max(1.4826 * mad, Math.abs(middle) / 1e6, 1e-9);
    return { score, median: middle, mad, flagged: Math.abs(score) >= settings.threshold };
  });
}

function judgements(values: readonly number[], settings: AnomalySettings): (Judgement | null)[] {
  const window = emptyWindow(settings);
  return values.map((value) => judge(window, value, settings));
}

const settings = { window: 11, threshold: 6, warmUp: 5 };

describe("a value", () => {
  it("is judged as a plain computation judges it, however long the window and however often values repeat", () => {
    const value = fc.oneof(
      fc.integer({ min: -4, max: 4 }),
      fc.integer({ min: -4, max: 4 }).map((one) => one / 8),
      fc.constantFrom(0, -0, 1e100, -1e100, 1e-12),
    );
    const lengths = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), lengths, (values, [window, warmUp]) => {
        const some = { window, threshold: 3, warmUp };
        const found = judgements(values, some);
        plainJudgements(values, some).forEach((plain, index) => {
          const judged = found[index] ?? null;
          expect(judged === null).toBe(plain === null);
          if (judged === null || plain === null) return;
          expect([judged.median + 0, judged.mad + 0]).toEqual([plain.median + 0, plain.mad + 0]);
          expect(Math.abs(judged.score - plain.score)).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(plain.score)),
          );
          expect(judged.flagged).toBe(Math.abs(judged.score) >= 3);
        });
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  it("is not judged before the window holds enough", () => {
    const found = judgements([1, 1, 1, 1, 1, 1], settings);
    expect(found.map((one) => one === null)).toEqual([true, true, true, true, true, false]);
  });

  it("of a sensor that was stuck is flagged when it jumps, and rounding noise is not", () => {
    const stuck = [20, 20, 20, 20, 20];
    expect(judgements([...stuck, 20.5], settings).at(-1)?.flagged).toBe(true);
    expect(judgements([...stuck, 20 + 1e-9], settings).at(-1)?.flagged).toBe(false);
    const zero = [0, 0, 0, 0, 0];
    expect(judgements([...zero, 1e-12], settings).at(-1)?.flagged).toBe(false);
    expect(judgements([...zero, 1e-6], settings).at(-1)?.flagged).toBe(true);
  });

  it("exactly at the threshold is flagged, on either side, with the sign of where it lies", () => {
    // Median 2, deviations 2 1 0 1 2, so that one robust deviation is 1.4826.
    const usual = [0, 1, 2, 3, 4];
    const at = (z: number) => judgements([...usual, 2 + z * 1.4826], { ...settings, threshold: 6 }).at(-1);
    expect(at(6.001)).toMatchObject({ flagged: true, median: 2, mad: 1 });
    expect(at(-6.001)?.flagged).toBe(true);
    expect(at(-6.001)?.score).toBeLessThan(0);
    expect(at(5.999)?.flagged).toBe(false);
    const threshold = at(4)?.score ?? Number.NaN;
    const value = 2 + 4 * 1.4826;
    expect(judgements([...usual, value], { ...settings, threshold }).at(-1)?.flagged).toBe(true);
  });

  it("that was flagged is taken in: a new level is usual once it fills half the window", () => {
    const level = [...Array(11).fill(1), ...Array(7).fill(50)];
    const flags = judgements(level, settings).map((one) => one?.flagged ?? false);
    expect(flags.slice(11)).toEqual([true, true, true, true, true, true, false]);
  });
});

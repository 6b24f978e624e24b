import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agoSplits, agoText, MOST_LINES, noteOf } from "./chart-labels.ts";
import { englishWords, viewWords } from "./words.ts";

describe("the labels of a chart's time", () => {
  it("end at now, stand at one distance from each other, within the chart, and are few", () => {
    const start = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(start, fc.integer({ min: 20, max: 239 }), fc.nat(3), (from, length, quarters) => {
        const to = from + length + quarters / 4;
        const splits = agoSplits(from, to);
        expect(splits.at(-1)).toBe(to);
        expect(splits[0]).toBeGreaterThanOrEqual(from);
        expect(splits.length).toBeGreaterThanOrEqual(2);
        expect(splits.length).toBeLessThanOrEqual(6);
        const steps = new Set(splits.slice(1).map((at, index) => at - (splits[index] ?? 0)));
        expect(steps.size).toBe(1);
      }),
    );
  });

  it.each([
    [20, [0, 5, 10, 15, 20]],
    [60, [0, 15, 30, 45, 60]],
    [90, [0, 30, 60, 90]],
    [91, [0, 30, 60, 90]],
    [240, [0, 60, 120, 180, 240]],
  ])("of %i s are at round distances from now", (length, distances) => {
    const to = 1_790_000_000.25;
    expect(agoSplits(to - length, to).map((at) => to - at)).toEqual(distances.toReversed());
  });

  it.each([
    [0, "now", "jetzt"],
    [5, "−5 s", "−5 s"],
    [60, "−1 min", "−1 min"],
    [90, "−90 s", "−90 s"],
    [600, "−10 min", "−10 min"],
  ])("say of %i s ago: %s", (seconds, english, german) => {
    expect(agoText(seconds, englishWords)).toBe(english);
    expect(agoText(seconds, viewWords("de"))).toBe(german);
  });
});

describe("what stands beside a chart", () => {
  it("says how many devices there are, and when not all of them are drawn", () => {
    expect(noteOf(1, englishWords)).toBe("median of 1 device");
    expect(noteOf(MOST_LINES, englishWords)).toBe(`median of ${MOST_LINES} devices`);
    expect(noteOf(MOST_LINES + 1, englishWords)).toBe(
      `median; ${MOST_LINES} of ${MOST_LINES + 1} devices drawn`,
    );
    expect(noteOf(0, englishWords)).toBe("median of 0 devices");
  });
});

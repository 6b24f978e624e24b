import fc from "fast-check";
import { expect, it } from "vitest";
import { formatAge } from "./age.ts";
import { viewWords } from "./words.ts";

it.each([
  [-3_600_000, "now"],
  [1999, "now"],
  [2000, "2 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [90_000, "2 min"],
  [3_569_999, "59 min"],
  [3_570_000, "1 h"],
  [90_000_000, "25 h"],
])("an age of %i ms is told as %s", (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

it("is told in the largest unit there is one of, and never grows younger with time", () => {
  const rank = { now: 0, s: 1, min: 60, h: 3600 };
  const secondsOf = (text: string) => {
    const [count = "", unit] = text.split(" ");
    return unit === undefined ? 0 : Number(count) * rank[unit as keyof typeof rank];
  };
  fc.assert(
    fc.property(fc.nat(90_000_000), fc.nat(90_000_000), (a, b) => {
      const [younger, older] = [Math.min(a, b), Math.max(a, b)].map((ms) => formatAge(ms));
      expect(secondsOf(older ?? "")).toBeGreaterThanOrEqual(secondsOf(younger ?? ""));
      expect(older).not.toMatch(/^(60 s|60 min|0 )/);
      // Half a unit is what rounding may cost.
      const off = Math.abs(secondsOf(older ?? "") * 1000 - Math.max(a, b));
      expect(off).toBeLessThanOrEqual(Math.max(2000, Math.max(a, b) / 3));
    }),
  );
});

it("is told in the page's language", () => {
  const german = viewWords("de");
  expect([0, 30_000, 7_200_000].map((ms) => formatAge(ms, german))).toEqual(["jetzt", "30 s", "2 h"]);
});

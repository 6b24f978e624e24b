import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { counted, nounFor, numeral } from "./counted.ts";
import { ratio, roundDays, sumDays } from "./days.ts";

const hundredths = fc.integer({ min: -100_000, max: 100_000 });

describe("sums of days", () => {
  it("are exact to the hundredth, whatever the order and however often they are summed up", () => {
    fc.assert(
      fc.property(fc.array(hundredths, { maxLength: 40 }), fc.nat(), (list, cut) => {
        const days = list.map((one) => one / 100);
        const plain = list.reduce((sum, one) => sum + one, 0) / 100;
        expect(sumDays(days)).toBe(plain + 0);
        expect(sumDays(days.toReversed())).toBe(plain + 0);
        const at = days.length === 0 ? 0 : cut % days.length;
        expect(sumDays([sumDays(days.slice(0, at)), sumDays(days.slice(at))])).toBe(plain + 0);
      }),
      { seed: 71 },
    );
  });

  it("are of rounded days: a size of a third counts as it is shown", () => {
    const third = 1 / 3;
    expect(sumDays([third, third, third])).toBe(0.99);
    expect(sumDays([third, third, third])).toBe(sumDays([third, third, third].map(roundDays)));
  });

  it("leave out what is unknown, and are 0 of nothing, never −0", () => {
    expect(sumDays([null, 0.5, null])).toBe(0.5);
    for (const none of [[], [null], [-0], [-0.001], [0.1, -0.1]]) expect(sumDays(none)).toBe(0);
    expect([roundDays(-0), roundDays(-0.004)]).toEqual([0, 0]);
  });

  test.each([
    [0.004, 0],
    [0.005, 0.01],
    [-0.006, -0.01],
    [2.344, 2.34],
    [1e6 + 0.126, 1_000_000.13],
  ])("%d is kept as %d", (days, kept) => {
    expect(roundDays(days)).toBe(kept);
  });
});

test.each([
  [1, 3, 0.333],
  [2, 3, 0.667],
  [0, 3, 0],
  [-1, 8, -0.125],
  [5, 4, 1.25],
  [3, 0, null],
  [0, 0, null],
  [2499, 2500, 0.999],
  [249.99, 250, 0.999],
  [1, 5000, 0.001],
  [-1, 5000, -0.001],
  [2501, 2500, 1],
  [-0, 3, 0],
])("%d of %d is %j", (numerator, denominator, expected) => {
  expect(ratio(numerator, denominator)).toBe(expected);
});

test("a ratio is 1 only of all or more, 0 only of nothing, and never off by a thousandth", () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.integer({ min: 1, max: 200_000 }), (some, all) => {
      const told = ratio(some, all) ?? Number.NaN;
      if (some < all) expect(told).toBeLessThan(1);
      expect(told === 0).toBe(some === 0);
      expect(Math.abs(told - some / all)).toBeLessThan(0.001);
    }),
    { seed: 71 },
  );
});

describe("an amount in words", () => {
  test.each([
    [0, "0 days"],
    [1, "1 day"],
    [-1, "−1 day"],
    [2, "2 days"],
    [0.5, "0.5 days"],
    [1.004, "1 day"],
    [0.996, "1 day"],
    [1.005, "1.01 days"],
    [1200, "1,200 days"],
    [-1234.567, "−1,234.57 days"],
    [-0, "0 days"],
    [-0.004, "0 days"],
    [-0.006, "−0.01 days"],
  ])("%d: %s", (amount, text) => {
    expect(counted(amount, "day")).toBe(text);
  });

  it("takes a plural of its own, and the noun stands alone as well", () => {
    expect(counted(2, "reply", "replies")).toBe("2 replies");
    expect([nounFor(1, "reply", "replies"), nounFor(0, "reply", "replies")]).toEqual(["reply", "replies"]);
    expect(numeral(-0.25)).toBe("−0.25");
  });
});

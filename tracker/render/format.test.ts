import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../words/languages.ts";
import {
  alignedDays,
  amountText,
  briefAmount,
  daysText,
  shareText,
  signedText,
  sprintInWords,
  sprintTitle,
  sumText,
  unknown,
  wholeText,
} from "./format.ts";

/** Any amount; among them many that lie close to what they round to, on either side. */
const amount = fc.oneof(
  fc.double({ min: -9999, max: 9999, noNaN: true }),
  fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  fc.integer({ min: -99_999, max: 99_999 }).map((hundredths) => hundredths / 100),
  fc.constantFrom(0, -0, 0.001, -0.001, 0.005, -0.005, 0.0049999, Number.MIN_VALUE, -Number.MIN_VALUE),
);

/** The number that a text says. */
const saidBy = (text: string): number => Number(text.replace("−", "-").replace(/[%,<>]/g, ""));

describe("what rounds to 0", () => {
  test("reads 0 without a sign, in every form", () => {
    fc.assert(
      fc.property(amount, (value) => {
        for (const text of [daysText(value), signedText(value), wholeText(value)]) {
          expect(text).toMatch(/^(0|[+−]?(?=.*[1-9])\d{1,3}(,\d{3})*(\.\d{1,2})?)$/);
        }
      }),
    );
  });

  test("a sign stands exactly where the rounded value is not 0", () => {
    fc.assert(
      fc.property(amount, (value) => {
        const rounded = saidBy(daysText(value));
        const sign = rounded === 0 ? "" : rounded > 0 ? "+" : "−";
        expect(signedText(value)).toBe(sign + daysText(Math.abs(rounded)));
      }),
    );
  });
});

test("a share reads 100% only where it is all, and 0% only where it is nothing", () => {
  const of = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(
      of.chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))),
      ([some, all]) => {
        const text = shareText(some / all);
        expect(text === "100%").toBe(some === all);
        expect(text === "0%").toBe(some === 0);
      },
    ),
  );
  expect([0.9996, 0.995, 0.994, 0.004, 0.005].map((share) => shareText(share))).toEqual([
    ...[">99%", ">99%", "99%", "<1%", "1%"],
  ]);
  expect([1.004, 1.5, 11.39].map((share) => shareText(share))).toEqual(["100%", "150%", "1,139%"]);
  expect(shareText(0.996, wordsOf("de-DE"))).toBe(">99\u00A0%");
});

test("days read back as the number rounded to a hundredth, shares to a hundredth of all", () => {
  fc.assert(
    fc.property(amount, (value) => {
      expect(Math.abs(saidBy(daysText(value)) - value)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Math.abs(saidBy(shareText(value)) / 100 - value)).toBeLessThanOrEqual(0.01 + 1e-9);
    }),
  );
});

test("an amount with its unit begins with the same number, however much room there is", () => {
  fc.assert(
    fc.property(amount, (value) => {
      const noun = /^−?1$/.test(daysText(value)) ? "man-day" : "man-days";
      expect(amountText(value, "days")).toBe(`${daysText(value)} ${noun}`);
      expect(briefAmount(value, "days")).toBe(`${daysText(value)} d`);
    }),
  );
  expect([0, 1, 2].map((value) => amountText(value, "tasks"))).toEqual(["0 tasks", "1 task", "2 tasks"]);
  expect([0, 1, 2].map((value) => briefAmount(value, "tasks"))).toEqual(["0 tasks", "1 task", "2 tasks"]);
});

test("what is unknown is a dash, never 0", () => {
  for (const format of [daysText, signedText, wholeText, shareText]) {
    expect(format(null)).toBe(unknown);
    expect(format(undefined)).toBe(unknown);
  }
  for (const unit of ["days", "tasks"] as const) {
    expect(amountText(null, unit)).toBe(unknown);
    expect(briefAmount(null, unit)).toBe(unknown);
  }
});

test.each([
  [0, "0", "0"],
  [8.5, "8.5", "+8.5"],
  [0.1 + 0.2, "0.3", "+0.3"],
  [-1.005, "−1", "−1"],
  [-0.001, "0", "0"],
  [0.001, "0", "0"],
  [12, "12", "+12"],
])("%d is %s, and %s as a change", (days, plain, signed) => {
  expect([daysText(days), signedText(days)]).toEqual([plain, signed]);
});

test("a sum of nothing known says so", () => {
  expect(sumText([{ days: 0.1 }, { days: 0.2 }, { days: null }], "days")).toBe("0.3 days");
  expect(sumText([{ days: null }], "days")).toBe("no estimates");
  expect(sumText([{ days: 0.7 }, { days: 0.3 }], "days")).toBe("1 day");
  expect(sumText([{ days: 5 }, { days: null }, { days: 3 }], "points")).toBe("8 points");
  expect(sumText([{ days: 1 }], "points")).toBe("1 point");
});

describe("a sprint's heading", () => {
  test("says the number once, also where the title says it, and whose it is", () => {
    const titles = ["Deploy", "Sprint 3", "sprint 3 – Deploy", "Sprint 30"].map((title) =>
      sprintTitle({ number: 3, title }),
    );
    expect(titles).toEqual(["Sprint 3: Deploy", "Sprint 3", "Sprint 3: Deploy", "Sprint 3: Sprint 30"]);
    expect(sprintInWords({ number: 3, title: "Sprint 3", team: "api" })).toBe("sprint 3 of api");
  });
});

describe("amounts below each other", () => {
  test("have the decimals of the one that needs most, and never more than hundredths", () => {
    const written = (...all: (number | null)[]) => all.map(alignedDays(all));
    expect(written(7.4, 28.63, 0)).toEqual(["7.40", "28.63", "0.00"]);
    expect(written(0.5, -3, null)).toEqual(["0.5", "−3.0", "—"]);
    expect(written(3, 1200)).toEqual(["3", "1,200"]);
    expect(written(1.0049, 2)).toEqual(["1", "2"]);
    expect(written(10, 0.1 + 0.2)).toEqual(["10.0", "0.3"]);
    expect(written()).toEqual([]);
  });

  test("are written as the locale does, and never change in value", () => {
    const words = wordsOf("de");
    const all = [7.4, 28.63, 1234];
    expect(all.map(alignedDays(all, words))).toEqual(["7,40", "28,63", "1.234,00"]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 })), (hundredths) => {
        const amounts = hundredths.map((value) => value / 100);
        const texts = amounts.map(alignedDays(amounts));
        const decimals = new Set(texts.map((text) => text.split(".")[1]?.length ?? 0));
        expect(decimals.size).toBeLessThan(2);
        expect(texts.map((text) => Number(text.replaceAll(",", "").replace("−", "-")) + 0)).toEqual(
          amounts.map((amount) => amount + 0),
        );
      }),
    );
  });
});

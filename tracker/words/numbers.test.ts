import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numbersOf } from "./numbers.ts";
import { isLocale, textFaults } from "./own-texts.ts";

const english = numbersOf("en-GB", "en");
const locales = ["en-GB", "en-US", "de-DE", "de-AT", "fr-FR", "pl-PL"];

describe("a number", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [-0.004, "0"],
    [0.005, "0.01"],
    [1234.5, "1,234.5"],
    [-0.5, "−0.5"],
    [1e9, "1,000,000,000"],
  ])("%d reads %s, with a true minus and none before 0", (amount, text) => {
    expect(english.numeral(amount)).toBe(text);
  });

  it("is told to the hundredth in every locale, and its sign is one character", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.integer({ min: -99_999, max: 99_999 }),
        (locale, hundredths) => {
          const text = numbersOf(locale, "en").numeral(hundredths / 100);
          expect(text).not.toContain("-");
          expect(text.startsWith("−")).toBe(hundredths < 0);
          const digits = Number(text.replace(/\D/g, ""));
          const places = /[.,](\d{1,2})$/.exec(text)?.[1]?.length ?? 0;
          expect(digits / 10 ** places).toBeCloseTo(Math.abs(hundredths) / 100, 8);
        },
      ),
      { seed: 15 },
    );
  });
});

describe("a share", () => {
  it.each([
    [0, "0%"],
    [0.0001, "<1%"],
    [0.0049, "<1%"],
    [0.005, "1%"],
    [0.5, "50%"],
    [0.994, "99%"],
    [0.995, ">99%"],
    [0.999, ">99%"],
    [0.999999, ">99%"],
    [1, "100%"],
    [1.004, "100%"],
    [1.5, "150%"],
    [-0.25, "−25%"],
  ])("%d reads %s", (share, text) => {
    expect(english.percent(share)).toBe(text);
  });

  it("of less than all never reads as all, and of something never as nothing, in any locale", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 10_000, max: 20_000 }),
        (locale, some, all) => {
          const { percent } = numbersOf(locale, "en");
          expect(percent(some / all)).not.toBe(percent(1));
          expect(percent(some / all)).not.toBe(percent(0));
        },
      ),
      { seed: 16 },
    );
  });
});

describe("the plural of an amount", () => {
  it("goes by what is printed, and by the language of the words, not of the numbers", () => {
    expect([0.996, 1, 1.004, -1].map(english.category)).toEqual(["one", "one", "one", "one"]);
    expect([0, 1.01, 1.5, 2].map(english.category)).toEqual(["other", "other", "other", "other"]);
    expect([1, 2, 5].map(numbersOf("pl-PL", "en").category)).toEqual(["one", "other", "other"]);
    expect([1, 2, 5].map(numbersOf("en-GB", "pl").category)).toEqual(["one", "few", "many"]);
  });
});

describe("a team's own texts", () => {
  const texts = {
    group: { plain: "of {sprint}", counted: { one: "{n} task", other: "{n} tasks of {sprint}" } },
    bare: "Skip",
  } as const;
  const faults = (own: unknown) =>
    textFaults(own, texts).map(({ path, problem }) => `${path.join(".")}: ${problem}`);

  it.each<[unknown]>([
    [{}],
    [{ group: {} }],
    [{ group: { plain: "von {sprint}" } }],
    [{ group: { plain: "ohne" } }],
    [{ group: { counted: "{n}" } }],
    [{ group: { counted: { other: "{n} von {sprint}" } } }],
    [{ bare: { other: "Weiter" } }],
  ])("%j can be used", (own) => {
    expect(faults(own)).toEqual([]);
  });

  it.each<[unknown, string]>([
    [null, ": expected texts by their names, such as group, bare"],
    ["x", ": expected texts by their names"],
    [{ group: [] }, "group: expected texts by their names, such as plain, counted"],
    [{ group: null }, "group: expected texts by their names"],
    [{ toString: "x" }, "toString: there is no such text, expected one of group, bare"],
    [{ group: { plain: { one: "x" } } }, "group.plain: expected a text, or its forms with at least other"],
    [
      { group: { plain: "{Sprint}" } },
      "group.plain: {Sprint} is filled with nothing here, expected {sprint}",
    ],
    [{ group: { plain: "{n}" } }, "group.plain: {n} is filled with nothing here, expected {sprint}"],
    [{ bare: "{x}" }, "bare: {x} is filled with nothing here, expected no slot"],
    [{ bare: 7 }, "bare: expected a text"],
  ])("%j is refused with what was expected", (own, told) => {
    const found = faults(own);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(told);
  });

  it("name each fault, however deep and however many", () => {
    expect(faults({ grup: {}, group: { plain: "{a}", other: "x" }, bare: "ok" })).toHaveLength(3);
  });
});

it.each([
  ["de", true],
  ["de-AT", true],
  ["en-GB-oxendict", true],
  ["sr-Latn-RS", true],
  ["de_AT", false],
  ["", false],
  ["deutsch!", false],
  ["x", false],
])("%j is a locale: %s", (tag, is) => {
  expect(isLocale(tag)).toBe(is);
});

import { describe, expect, it } from "vitest";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { languageOf, wordsOf } from "./languages.ts";
import { isLocale, textFaults } from "./own-texts.ts";
import { isText, slotsIn, type Text, type TextTree } from "./text.ts";
import { createWords, english } from "./words.ts";

describe("say", () => {
  it("fills slots, and writes numbers as the locale does", () => {
    const german = createWords("de", "de", en);
    expect(english.say(en.pages.home.asOf, { moment: "noon" })).toBe("as of noon");
    expect(german.say(en.amounts.nouns.day, { n: 1234.5 })).toBe("1.234,5 days");
    expect(english.say(en.amounts.nouns.day, { n: 1234.5 })).toBe("1,234.5 days");
    expect(english.say(en.amounts.nouns.day, { n: -0.5 })).toBe("−0.5 days");
  });

  it("takes the form of what an amount prints as", () => {
    const days = [0, 1, -1, 0.999, 1.004, 1.5, 2].map((n) => english.say(en.amounts.nouns.day, { n }));
    expect(days).toEqual(["0 days", "1 day", "−1 day", "1 day", "1 day", "1.5 days", "2 days"]);
  });

  it("takes the forms of the language, not those of English", () => {
    const forms = { one: "{n} zadanie", few: "{n} zadania", many: "{n} zadań", other: "{n} zadania" };
    const polish = createWords("pl", "pl", {
      ...en,
      amounts: { ...en.amounts, nouns: { ...en.amounts.nouns, task: forms } },
    });
    const told = [1, 2, 5, 22, 1.5].map((n) => polish.say(polish.texts.amounts.nouns.task, { n }));
    expect(told).toEqual(["1 zadanie", "2 zadania", "5 zadań", "22 zadania", "1,5 zadania"]);
  });

  it("refuses a slot that nothing fills, rather than show its braces", () => {
    expect(() => english.say("of {sprint}" as "of all")).toThrow("has no value for {sprint}");
  });
});

describe("list", () => {
  it("parts numbers by another sign than the one inside of them, in every locale", () => {
    const amounts = [1.5, 2, 1234.5, -0.25, 3];
    for (const locale of ["en", "en-GB", "de", "de-CH", "fr", "es", "sv", "nl", "pl", "pt", "ja", "ar-EG"]) {
      const words = wordsOf(locale);
      const numerals = amounts.map((amount) => words.numeral(amount));
      let rest = words.list(numerals);
      for (const [index, numeral] of numerals.entries()) {
        expect(rest.slice(0, numeral.length), locale).toBe(numeral);
        rest = rest.slice(numeral.length);
        const next = numerals[index + 1];
        const parted = next === undefined ? rest : rest.slice(0, rest.indexOf(next));
        // What an ambiguous list has: the same sign within its numbers and between them.
        if (numerals.some((one) => one.includes(","))) expect(parted, locale).not.toContain(",");
        rest = rest.slice(parted.length);
      }
      expect(rest).toBe("");
    }
  });

  it("keeps commas where nothing is mistaken", () => {
    expect(wordsOf("de").list(["1,5", "2", "3"])).toBe("1,5; 2 und 3");
    expect(wordsOf("de").list(["1", "2", "3"])).toBe("1, 2 und 3");
    expect(wordsOf("de").list(["1,5 Tage neu", "2 Tage", "0 Tage"])).toBe("1,5 Tage neu, 2 Tage und 0 Tage");
    expect(english.list(["1.5", "2"])).toBe("1.5, 2");
    expect(english.list(["1,200", "30"])).toBe("1,200; 30");
  });
});

describe("a locale", () => {
  it("speaks its language, whatever its region, else English with its own numbers", () => {
    expect(["en-US", "de-AT", "fr", "ar-EG"].map(languageOf)).toEqual(["en", "de", null, null]);
    const french = wordsOf("fr");
    expect(french.language).toBe("en");
    expect(french.texts.frame.nav.about).toBe("About");
    expect(french.numeral(0.5)).toBe("0,5");
  });

  it("is told from what is none", () => {
    expect(["de", "de-AT", "zh-Hant-TW"].every(isLocale)).toBe(true);
    expect(["", "german!", "de_AT"].some(isLocale)).toBe(false);
  });
});

describe("German", () => {
  /** Every text of a tree by its path. */
  const textsIn = (tree: TextTree, path = ""): [string, Text][] =>
    Object.entries(tree).flatMap(([name, part]): [string, Text][] =>
      isText(part) ? [[`${path}${name}`, part]] : textsIn(part, `${path}${name}.`),
    );
  const german = new Map(textsIn(de as unknown as TextTree));

  it("has for each text the slots of English, so that none is lost and none shows its braces", () => {
    const wrong = textsIn(en).filter(([path, text]) => {
      const slots = (one: Text | undefined) => [...slotsIn(one ?? "")].sort().join();
      return slots(text) !== slots(german.get(path));
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it("puts no unit, which is filled in as it stands alone, where its case would change it", () => {
    const wrong = [...german].filter(([, text]) =>
      /\b(?:in|bei|mit|von|aus|nach|zu|an) (?:\{\w+\} )?\{unit\}/.test(JSON.stringify(text)),
    );
    expect(wrong).toEqual([]);
  });

  it("writes numbers, plurals and quotes as German does", () => {
    const words = wordsOf("de-AT");
    const { amounts, pages } = words.texts;
    expect([1, 2, 0.5].map((n) => words.say(amounts.nouns.manDay, { n }))).toEqual([
      "1 Personentag",
      "2 Personentage",
      "0,5 Personentage",
    ]);
    expect(words.percent(0.83)).toBe("83\u00A0%");
    expect(words.say(pages.kalm.open, { n: 1 })).toBe("1 Vorsatz gefasst, noch keiner beantwortet.");
    expect(words.phrase("renamed from “Ship it”, size M")).toBe("umbenannt, zuvor „Ship it“, Größe M");
    expect(
      [...german.values()].some(
        (text) => JSON.stringify(text).includes("“") && !JSON.stringify(text).includes("„"),
      ),
    ).toBe(false);
  });
});

describe("a team's own texts", () => {
  it("come first, one by one", () => {
    const words = wordsOf("en-GB", {
      frame: { nav: { kalm: "Promises" } },
      amounts: { nouns: { task: "{n} stories" } },
    });
    expect(words.texts.frame.nav).toEqual({ ...en.frame.nav, kalm: "Promises" });
    expect(words.say(words.texts.amounts.nouns.task, { n: 1 })).toBe("1 stories");
  });

  it("change what a report is told in, too", () => {
    const words = wordsOf("en-GB", { phrases: { leftSprint: "taken out" } });
    expect(words.phrase("left the sprint, size M")).toBe("taken out, size M");
  });

  it.each([
    [{ frame: { nav: { kaml: "x" } } }, "frame.nav.kaml", "there is no such text"],
    [{ frame: "x" }, "frame", "expected texts by their names"],
    [{ frame: { skip: { a: "x" } } }, "frame.skip", "expected a text"],
    [{ frame: { skip: 3 } }, "frame.skip", "expected a text"],
    [{ pages: { home: { asOf: "am {tag}" } } }, "pages.home.asOf", "{tag} is filled with nothing here"],
    [{ frame: { skip: "{n} x" } }, "frame.skip", "{n} is filled with nothing here"],
    [["x"], "", "expected texts by their names"],
  ])("%j is refused", (own, path, problem) => {
    const [fault, ...others] = textFaults(own);
    expect(others).toEqual([]);
    expect(fault?.path.join(".")).toBe(path);
    expect(fault?.problem).toContain(problem);
  });

  it("may leave slots out, and have other forms", () => {
    expect(
      textFaults({
        pages: { home: { asOf: "today" } },
        amounts: { nouns: { day: { one: "{n} Tag", few: "a", other: "{n} Tage" } } },
      }),
    ).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { isText, type Text, type TextTree } from "./text.ts";
import { createWords, english } from "./words.ts";

/** Every text of a tree by its path. */
const textsIn = (tree: TextTree, path = ""): [path: string, text: Text][] =>
  Object.entries(tree).flatMap(([name, part]): [string, Text][] =>
    isText(part) ? [[`${path}${name}`, part]] : textsIn(part, `${path}${name}.`),
  );

const plurals = {
  en: "days|weeks|tasks|points|man-days|sprints|posts|items|cards|pages|rows|events|promises|issues|remarks|comments",
  de: "Tage|Tagen|Wochen|Aufgaben|Punkte|Punkten|Personentage|Arbeitstage|Sprints|Beiträge|Karten|Hinweise",
};

/** Ten, always; an amount that another one picks the form for; per cent. */
const exempt = new Set(["fewest", "change", "share"]);

/** Slots that stand before a plural, with at most one word between. */
const countsIn = (text: string, language: keyof typeof plurals): string[] =>
  [...text.matchAll(new RegExp(`\\{(\\w+)\\} (?:[\\p{L}-]+ )?(?:${plurals[language]})(?!\\p{L})`, "gu"))].map(
    ([, slot = ""]) => slot,
  );

describe.each([
  ["en", en as unknown as TextTree],
  ["de", de as unknown as TextTree],
] as const)("amounts in the texts of %s", (language, tree) => {
  // Phrases are patterns of what reports say; they have a phrase of its own for one.
  const texts = textsIn(tree).filter(([path]) => !path.startsWith("phrases."));

  it("stand before a plural only where the text has a form for one, so that none says “1 weeks”", () => {
    const wrong = texts.flatMap(([path, text]) =>
      (typeof text === "string" ? [text] : Object.values(text))
        .flatMap((form) => countsIn(form, language))
        .filter((slot) => !exempt.has(slot))
        .filter((slot) => slot !== "n" || typeof text === "string" || text.one === undefined)
        .map((slot) => `${path} {${slot}}`),
    );
    expect(wrong).toEqual([]);
  });

  it("have no plural behind their number in the form for one", () => {
    const wrong = texts.filter(
      ([, text]) => typeof text !== "string" && countsIn(text.one ?? "", language).includes("n"),
    );
    expect(wrong).toEqual([]);
  });

  it("are found by the pattern above: a text that breaks the rule is seen", () => {
    const broken = language === "en" ? "for {ahead} weeks each" : "über je {ahead} ganze Wochen";
    expect(countsIn(broken, language)).toEqual(["ahead"]);
    expect(countsIn("{n} {unit}", language)).toEqual([]);
  });
});

describe("every noun of an amount", () => {
  const german = createWords("de-DE", "de", de);
  const names = Object.keys(en.amounts.nouns) as (keyof typeof en.amounts.nouns)[];

  it.each(names)("%s has one form for 1 and another for 0, 2 and a half, in both languages", (name) => {
    for (const words of [english, german]) {
      const [one, ...others] = [1, 0, 2, 0.5].map((n) =>
        words.say(words.texts.amounts.nouns[name], { n }).replace(/^\S+ /, ""),
      );
      expect(new Set(others).size).toBe(1);
      expect(others).not.toContain(one);
    }
  });

  it("says as one what prints as 1", () => {
    const told = [0.996, 1.004, -1, 1.01].map((n) => german.say(german.texts.amounts.nouns.week, { n }));
    expect(told).toEqual(["1 Woche", "1 Woche", "−1 Woche", "1,01 Wochen"]);
  });
});

import { makeReport } from "sprintcast/testing";
import { english, type OwnTexts, wordsOf } from "sprintcast/words";
import { describe, expect, test } from "vitest";
import { effortIntro, sprintSections } from "./sprint-sections.ts";

const over = makeReport({ number: 1, cards: 6 });
const running = { ...over, asOf: over.sprint.start };

test.each([
  ["is over", over, "Board at start and end", "Board zu Beginn und am Ende"],
  ["runs", running, "Board at start and now", "Board zu Beginn und jetzt"],
])("the boards of a sprint that %s are called so", (_, report, inEnglish, inGerman) => {
  const titleIn = (words: typeof english) =>
    sprintSections(report, true, words).find(({ id }) => id === "boards")?.title;
  expect(titleIn(english)).toBe(inEnglish);
  expect(titleIn(wordsOf("de"))).toBe(inGerman);
});

test("a sprint without estimates, status and bills has no section for them, and each section once", () => {
  const ids = (hasEstimates: boolean) => sprintSections(over, hasEstimates, english).map(({ id }) => id);
  expect(ids(false)).toEqual(ids(true).filter((id) => id !== "estimates"));
  expect(ids(true)).toEqual([...new Set(ids(true))]);
  expect(ids(true)).not.toEqual(expect.arrayContaining(["status"]));
  expect(ids(true)).not.toEqual(expect.arrayContaining(["budget"]));
});

describe("what stands above a sprint's figures", () => {
  const hint = english.texts.sprint.effort.open;
  const own = (effort: OwnTexts, locale = "en-GB") =>
    effortIntro(over, wordsOf(locale, { sprint: { effort } }));

  test("is the unit and what can be done there, each language in its words", () => {
    expect(effortIntro(over, english)).toEqual({ intro: "In man-days.", hint });
    expect(effortIntro(over, wordsOf("de-AT"))).toEqual({
      intro: "In Personentagen.",
      hint: expect.stringMatching(/^Jede Kennzahl/),
    });
    expect(effortIntro(over, wordsOf("fr"))).toEqual({ intro: "In man-days.", hint });
  });

  test("is a team's own intro alone, which may say both, but for a hint of its own", () => {
    const intro = "En jours-homme. Ouvrez un chiffre.";
    for (const locale of ["en-GB", "de", "fr"])
      expect(own({ intro: { days: intro } }, locale)).toEqual({ intro });
    expect(own({ intro: { days: intro }, open: "Ouvrez." })).toEqual({ intro, hint: "Ouvrez." });
    expect(own({ open: "Ouvrez." })).toEqual({ intro: "In man-days.", hint: "Ouvrez." });
    expect(own({ intro: { points: intro } })).toEqual({ intro: "In man-days.", hint });
  });

  test("is nothing where the sprint has no task", () => {
    const counts = { committed: 0, added: 0, removed: 0, final: 0, completed: 0, frozen: 0 };
    expect(effortIntro({ ...over, effort: { ...over.effort, counts } }, english)).toEqual({});
  });
});

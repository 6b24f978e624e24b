import { makeReport } from "sprintcast/testing";
import { english, wordsOf } from "sprintcast/words";
import { expect, test } from "vitest";
import { sprintSections } from "./sprint-sections.ts";

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

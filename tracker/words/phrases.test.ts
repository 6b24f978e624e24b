import { expect, it } from "vitest";
import type { Report } from "../core/model/report.ts";
import { figureKeys, figures } from "../render/figures/figures.ts";
import { sideLists } from "../render/side-lists.ts";
import { randomHistory } from "../testing/random-history.ts";
import { reportsOfHistory } from "../testing/report-on.ts";
import { phrases } from "./en/phrases.ts";
import { numbersOf } from "./numbers.ts";
import { phrasebook } from "./phrases.ts";

const numbers = numbersOf("de-DE", "de");
const marked = Object.fromEntries(Object.entries(phrases).map(([key, text]) => [key, `⟦${text}⟧`]));
const translate = phrasebook(marked as Record<keyof typeof phrases, string>, numbers);

/** Everything that a report says in its own words. */
const saidIn = (report: Report): string[] => [
  ...report.changes.filter(({ kind }) => kind !== "lane").map(({ what }) => what),
  ...report.replay.moves.map(({ what }) => what),
  ...figureKeys.flatMap((key) => figures[key].rows(report).map(({ why }) => why)),
  ...Object.values(report.explanations).flatMap((rows) => rows.map(({ why }) => why)),
  ...report.unexpected.flatMap(({ entered }) => entered ?? []),
  ...report.freezebox.map(({ reason }) => reason),
  ...(report.debt.dropped ?? []).map(({ reason }) => reason),
  ...sideLists(report).flatMap(({ rows }) => rows.map(({ note }) => note)),
];

/** The words of a told text that no pattern knew; arrows between lanes are no words. */
const unknownIn = (text: string): string[] =>
  translate(text)
    .replace(/⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧/g, "")
    .split(", ")
    .filter((rest) => /\p{L}{2,}/u.test(rest) && !rest.includes(" → "));

it("knows every phrase that reports of random histories say", () => {
  const texts = new Set<string>();
  for (let seed = 1; seed <= 150; seed += 1)
    for (const more of seed <= 100 ? [{}] : [{}, { unit: "points" as const }])
      for (const report of reportsOfHistory(randomHistory(seed), { more }))
        for (const text of saidIn(report)) texts.add(text);
  expect(texts.size).toBeGreaterThan(300);
  expect([...texts].filter((text) => unknownIn(text).length > 0)).toEqual([]);
});

it.each([
  ["moved in after the start, size M", "⟦moved in after the start⟧, ⟦size M⟧"],
  [
    "size S at the start, counted by its sub-issues at the end",
    "⟦size S at the start⟧, ⟦counted by its sub-issues at the end⟧",
  ],
  [
    "moved to Pay, ship, repeat before the end, no estimate",
    "⟦moved to Pay, ship, repeat before the end⟧, ⟦no estimate⟧",
  ],
  [
    "spent 1.5 d by 2 comments and by its text, 0.5 d of them counted before",
    "⟦spent 1,5 d ⟦⟦by 2 comments⟧ and ⟦by its text⟧⟧⟧, ⟦0,5 d of them counted before⟧",
  ],
  ["re-estimated 0.25 d → 1 d", "⟦re-estimated 0,25 d → 1 d⟧"],
  ["re-estimated 3 points → 1 point", "⟦re-estimated ⟦3 points⟧ → ⟦1 point⟧⟧"],
  ["re-estimated no size → 0.5 points", "⟦re-estimated ⟦no size⟧ → ⟦0,5 points⟧⟧"],
  ["re-estimated 1,200 points → no size", "⟦re-estimated ⟦1.200 points⟧ → ⟦no size⟧⟧"],
  ["renamed from “left, right”", "⟦renamed from “left, right”⟧"],
  ["assigned to ana, ben", "⟦assigned to ana, ben⟧"],
  ["last in sprint 3", "⟦last in sprint 3⟧"],
  ["Sprint → Done", "Sprint → Done"],
  ["what no report says", "what no report says"],
])("%s", (text, told) => {
  expect(translate(text)).toBe(told);
});

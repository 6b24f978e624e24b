import { expect, it } from "vitest";
import { verdictOf } from "../../core/report/promises.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import { promiseFigures } from "./promises.ts";

it("says of no promise that it was dropped, and tells each answer in the words of the language", () => {
  const report = makeReport({ number: 3, cards: 1 });
  const kind = "less" as const;
  report.kalm.followUp = [true, false, null].map((kept) => ({
    ...{ kind, text: "Meetings", from: 2, issue: null, age: 1 },
    kept,
  }));
  const whys = promiseFigures.keepRate.rows(report).map(({ why }) => why);
  expect(whys).toEqual(["from sprint 2: kept", "from sprint 2: not kept", "from sprint 2: still open"]);
  for (const locale of ["en-GB", "de-DE"]) {
    const words = wordsOf(locale);
    const told = report.kalm.followUp.map(({ kept }) => words.texts.report.verdicts[verdictOf(kept)]);
    for (const [index, why] of whys.entries()) expect(words.phrase(why)).toContain(told[index]);
  }
});

import { describe, expect, it } from "vitest";
import type { Forecast } from "../core/model/forecast.ts";
import { flowOn, makeForecast } from "../testing/flow-on.ts";
import { wordsOf } from "../words/languages.ts";
import {
  howManySentence,
  recordSentence,
  refusalSentence,
  runsSentences,
  sampleSentence,
  whenSentence,
} from "./forecast-rows.ts";
import { renderForecast } from "./text/forecast.ts";

const german = wordsOf("de-AT");
const steady = makeForecast(flowOn([]), [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5]);
const few = makeForecast(flowOn([]), [4]);
const sparse = makeForecast(flowOn([]), Array(13).fill(0).fill(1, 0, 11));
const shifted = makeForecast(flowOn([]), [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 40]);
const drifted = makeForecast(flowOn([]), [1, 1, 2, 1, 2, 5, 6, 6, 5, 6, 6, 5, 6]);

const whenOf = (tasks: number): Forecast["when"] => ({
  tasks,
  by: { p50: "2024-12-30", p85: "2025-01-06", p95: "2025-01-13" },
});
const recordOf = (made: number, held: number, periodsAhead: number, periodWeeks = 1): Forecast => ({
  ...steady,
  periodWeeks,
  trackRecord: { made, held, periodsAhead },
});
/** One line of text, as a reader takes wrapped lines. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("when the open tasks are done", () => {
  it("is told with the year of each day, one task in the singular", () => {
    expect(whenSentence({ when: whenOf(1) })).toBe(
      "1 open task finished by 30 Dec 2024 in half of the runs, by 6 Jan 2025 in 85% and by 13 Jan 2025 in 95% of them.",
    );
    expect(whenSentence({ when: whenOf(9) })).toMatch(/^9 open tasks finished by 30 Dec 2024 /);
    expect(whenSentence({ when: whenOf(1) }, german)).toMatch(
      /^1 offene Aufgabe fertig bis 30\. Dez\. 2024 /,
    );
  });

  it("is nothing to ask where no task is open", () => {
    expect(whenSentence({ when: null })).toBe("No task of the sprint is open.");
  });
});

describe("how many are finished by a day", () => {
  it("is told by the lowest number first in the singular, and not at all where nobody asked", () => {
    const howMany = (p50: number) => ({ howMany: { by: "2025-01-10", tasks: { p50, p85: 0, p95: 0 } } });
    expect(howManySentence(howMany(1))).toBe(
      "By 10 Jan 2025 at least 1 task finished in half of the runs, 0 in 85% and 0 in 95% of them.",
    );
    expect(howManySentence(howMany(2), german)).toMatch(/mindestens 2 Aufgaben fertig/);
    expect(howManySentence({ howMany: null })).toBe("");
  });
});

describe("what such forecasts were worth", () => {
  it.each([
    [recordOf(0, 0, 4), "There is no earlier forecast of this kind yet to compare with what happened."],
    [recordOf(1, 1, 1), "Of 1 earlier forecast of this kind, for 1 week, the 85% number held in 1 (100%)."],
    [
      recordOf(20, 17, 4),
      "Of 20 earlier forecasts of this kind, for 4 weeks each, the 85% number held in 17 (85%).",
    ],
    // A period of two weeks: four of them are eight weeks.
    [
      recordOf(20, 17, 4, 2),
      "Of 20 earlier forecasts of this kind, for 8 weeks each, the 85% number held in 17 (85%).",
    ],
    [
      recordOf(1000, 999, 4),
      "Of 1,000 earlier forecasts of this kind, for 4 weeks each, the 85% number held in 999 (>99%).",
    ],
  ])("%#: %s", (forecast, sentence) => {
    expect(recordSentence(forecast)).toBe(sentence);
  });

  it("is told in German with its own singular", () => {
    expect(recordSentence(recordOf(1, 0, 1), german)).toMatch(
      /^1 frühere Prognose dieser Art, über 1 Woche: /,
    );
    expect(recordSentence(recordOf(3, 2, 4), german)).toMatch(
      /^3 frühere Prognosen dieser Art, über je 4 Wochen: /,
    );
  });
});

describe("why there is no forecast", () => {
  it("names what is missing or wrong, and is empty where nothing is", () => {
    expect(refusalSentence(steady)).toBe("");
    expect(refusalSentence(few)).toBe(
      "There is no forecast: it takes at least 10 whole weeks of the past, and 1 is known.",
    );
    expect(refusalSentence(sparse)).toBe(
      "There is no forecast: 0.85 tasks a week on average is too little to tell chance from change.",
    );
    expect(refusalSentence(shifted)).toMatch(/pace is not steady: 40 finished in the week from 20 May 2024/);
    expect(refusalSentence(drifted)).toMatch(/eight weeks in a row up to that from \d+ \w+ 2024/);
  });

  it("says 1 task where an average prints as 1, in both languages", () => {
    const almost = { ...sparse, stability: { ...sparse.stability, mean: 0.996 } };
    expect(refusalSentence(almost)).toContain(": 1 task a week on average is");
    expect(refusalSentence(almost, german)).toContain("Im Mittel 1 Aufgabe pro Woche");
  });
});

describe("the sample", () => {
  it("is told with what is expected of it, and none where there is none", () => {
    expect(sampleSentence(few)).toMatch(/^1 whole week, 4 tasks on average, expected between /);
    expect(sampleSentence(makeForecast(flowOn([]), []))).toBe("No whole week of the past is known.");
    const ones = { ...steady, stability: { ...steady.stability, mean: 1 } };
    expect(sampleSentence(ones)).toMatch(/^13 whole weeks, 1 task on average/);
    expect(sampleSentence(ones, german)).toMatch(/^13 ganze Wochen, im Mittel 1 Aufgabe, erwartet/);
  });

  it("says how the runs are made, and which share of them 85% rest on where that is more", () => {
    const levels = (p85: number) => ({ ...steady, levels: { ...steady.levels, p85 } });
    expect(runsSentences(levels(0.85))).toEqual([
      "1,000 runs, seed 1: each draws weeks from the sample, with replacement.",
    ]);
    expect(runsSentences(levels(0.9996))[1]).toContain("rest on >99% of the runs");
  });
});

describe("in a terminal, a forecast", () => {
  it("has both questions, each with its three chances", () => {
    const text = flat(renderForecast({ ...steady, when: whenOf(1) }));
    expect(text).toContain("Forecast for sprint 3");
    expect(text).toContain("1 task finished by 2024-12-30 2025-01-06 2025-01-13");
    const { tasks } = steady.howMany ?? { tasks: { p50: 0, p85: 0, p95: 0 } };
    expect(text).toContain(`Tasks finished by 2024-06-07, at least ${tasks.p50} ${tasks.p85} ${tasks.p95}`);
  });

  it("that is refused says why, and nothing of runs or chances", () => {
    for (const refused of [few, sparse, shifted]) {
      const text = renderForecast(refused);
      expect(text).toContain("No forecast (");
      expect(text).not.toMatch(/Chance|runs, seed/);
    }
    expect(flat(renderForecast(few))).toContain("1 whole period, 4 tasks a period on average.");
  });

  it("marks the period that broke the limits, and says how the sample is known", () => {
    const lines = renderForecast(shifted).split("\n");
    expect(lines.filter((line) => line.includes("outside the limits"))).toEqual([
      expect.stringMatching(/^2024-05-20 +2024-05-26 +40 /),
    ]);
    expect(renderForecast(steady)).not.toContain("The sample is");
    expect(renderForecast({ ...steady, provenance: "inferred" })).toContain("The sample is inferred.");
  });

  it("keeps each period on a row of its table in 80 columns, whatever broke the limits", () => {
    const rows = renderForecast(shifted)
      .split("\n")
      .filter((line) => /^\d{4}-\d{2}-\d{2} /.test(line));
    expect(rows).toHaveLength(13);
    expect(flat(renderForecast(shifted))).toContain("eight in a row");
  });

  it("fits into the width, whatever the sprint is called", () => {
    const long = { ...steady, sprint: { number: 3, title: "word ".repeat(60) } };
    for (const width of [60, 80, 120])
      for (const line of renderForecast(long, { width }).split("\n"))
        expect(line.length, line).toBeLessThanOrEqual(width);
  });
});

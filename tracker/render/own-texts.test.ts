import { describe, expect, it } from "vitest";
import type { Budget } from "../core/model/budget.ts";
import type { Report } from "../core/model/report.ts";
import { flowOn, makeForecast, takes } from "../testing/flow-on.ts";
import { makeReport } from "../testing/make-report.ts";
import { wordsOf } from "../words/languages.ts";
import { type OwnTexts, textFaults } from "../words/own-texts.ts";
import type { Words } from "../words/words.ts";
import { budgetSentences } from "./budget-rows.ts";
import * as charts from "./charts/charts.ts";
import { flowSentences } from "./flow-rows.ts";
import { recordSentence, refusalSentence, sampleSentence } from "./forecast-rows.ts";

const base = makeReport({ number: 3, cards: 4 });
const flow = flowOn([takes(1, "06T09:00", "06T12:00", "07T12:00")]);
const steady = makeForecast(flowOn([]), [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5]);
const sparse = makeForecast(flowOn([]), Array(13).fill(0).fill(1, 0, 11));

const inDays: Report = {
  ...base,
  effort: { ...base.effort, committed: 6 },
  burndown: {
    ...base.burndown,
    points: [
      { ...base.burndown.points[0], at: base.sprint.start, scope: 7.5, done: 0, remaining: 7.5 },
      { ...base.burndown.points[0], at: base.sprint.end, scope: 8, done: 5, remaining: 3 },
    ] as Report["burndown"]["points"],
  },
};
const judged: Report = {
  ...base,
  done: base.done.slice(0, 1).map((card) => ({ ...card, days: 2, actualDays: 3.5 })),
};
const budget: Budget = {
  currency: "EUR",
  per: "month",
  planned: "100.00",
  billedFor: [],
  plannedForBilled: null,
  billed: null,
  billedInParts: null,
  difference: null,
  behind: [],
  services: [],
  otherCurrencies: [],
  remarks: Array.from({ length: 30 }, (_, index) => ({
    file: "bill.csv",
    line: index + 2,
    text: "x",
    trouble: "quotes",
  })) as Budget["remarks"],
};
const blocked = { ...flow, blocked: { ...flow.blocked, tasks: 1, days: 3, workingDays: 1 } };
const recorded = { ...steady, periodWeeks: 2, trackRecord: { made: 9, held: 8, periodsAhead: 3 } };

const descOf = (svg: string): string => /<desc[^>]*>([^<]*)</.exec(svg)?.[1] ?? "";
const within = (path: string, text: string): OwnTexts =>
  path.split(".").reduceRight<OwnTexts | string>((inner, name) => ({ [name]: inner }), text) as OwnTexts;

/** The text of a team, what it is told in, and what it said when its slots were bare amounts. */
const cases: [path: string, own: string, said: string, tell: (words: Words) => string][] = [
  [
    "charts.burndown.known",
    "{scopeAtStart} {unit} → {scopeAtEnd}",
    "7.5 man-days → 8",
    (words) => descOf(charts.renderBurndown(inDays, { id: "a", words })),
  ],
  [
    "charts.velocity.desc",
    "{median} {unit} ({lower})",
    "8 man-days (8)",
    (words) =>
      descOf(
        charts.renderVelocity([{ ...base, effort: { ...base.effort, completed: 8 } }], { id: "a", words }),
      ),
  ],
  [
    "charts.estimation.desc",
    "{error} man-days, {over} over",
    "+1.5 man-days, 1 over",
    (words) => descOf(charts.renderEstimation(judged, { id: "a", words })),
  ],
  [
    "flow.waits.known",
    "{n}: {days} jours, {workingDays} ouvrés",
    "1: 3 jours, 1 ouvrés",
    (words) => flowSentences(blocked, words)[1] ?? "",
  ],
  [
    "flow.chart.weeksDesc",
    "{mean} tâches",
    "0.25 tâches",
    (words) => descOf(charts.renderThroughput(flow, { id: "a", words })),
  ],
  ["forecast.refused.sparse", "{mean} tâches", "0.85 tâches", (words) => refusalSentence(sparse, words)],
  ["forecast.sample", "{n}: {mean} tâches", "13: 4.77 tâches", (words) => sampleSentence(steady, words)],
  ["forecast.record", "{ahead} semaines", "6 semaines", (words) => recordSentence(recorded, words)],
  [
    "report.budget.remarks",
    "{count} remarques",
    "22 remarques",
    (words) => budgetSentences({ ...base, budget }, words).at(-1) ?? "",
  ],
];

describe("a team's own text that names the unit itself", () => {
  it.each(cases)("can be had of %s: %j says %j", (path, own, said, tell) => {
    const texts = within(path, own);
    expect(textFaults(texts)).toEqual([]);
    expect(tell(wordsOf("en-GB", texts))).toBe(said);
  });

  it.each(cases)("is told of a slot of %s that nothing fills, beside all that are", (path, own) => {
    const [fault] = textFaults(within(path, "{nothing}"));
    for (const [slot] of own.matchAll(/\{\w+\}/g)) if (slot !== "{n}") expect(fault?.problem).toContain(slot);
    expect(textFaults(within("frame.skip", own))).toHaveLength(1);
  });
});

describe("our own texts", () => {
  it.each(cases)("say the unit of %s once", (_path, _own, _said, tell) => {
    for (const words of [wordsOf("en-GB"), wordsOf("de-AT")])
      expect(tell(words)).not.toMatch(/(man-day|day|task|week|Tag|Personentag|Aufgabe|Woche)\w* \1/);
  });
});

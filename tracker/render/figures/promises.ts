import type { Report } from "../../core/model/report.ts";
import { tallyOf, verdictOf } from "../../core/report/promises.ts";
import { figures as texts } from "../../words/en/figures.ts";
import { phrases } from "../../words/en/phrases.ts";
import { fill } from "../../words/text.ts";
import type { Figure, FigureRow } from "./figure.ts";

const answered = { kept: phrases.promiseKept, notKept: phrases.promiseNotKept, open: phrases.promiseOpen };

const answers = ({ kalm }: Report): FigureRow[] =>
  kalm.followUp.map((answer) => ({
    number: answer.issue,
    ref: answer.ref,
    title: answer.text,
    days: null,
    why: fill(answered[verdictOf(answer.kept)], () => String(answer.from)),
    at: null,
    eventId: null,
    provenance: "replayed",
  }));

export const promiseFigures = {
  keepRate: {
    ...texts.keepRate,
    unit: "share",
    // Of the answers, since the report keeps the rate to a thousandth: 5 of 11 would round up from 45.5%.
    value: (report: Report) => tallyOf(report.kalm.followUp).rate,
    rows: answers,
  },
} satisfies Record<string, Figure>;

import type { Report } from "../../core/model/report.ts";
import { tallyOf, verdictOf } from "../../core/report/promises.ts";
import { figures as texts } from "../../words/en/figures.ts";
import type { Figure, FigureRow } from "./figure.ts";

const answers = ({ kalm }: Report): FigureRow[] =>
  kalm.followUp.map((answer) => ({
    number: answer.issue,
    ref: answer.ref,
    title: answer.text,
    days: null,
    why: `from sprint ${answer.from}: ${answer.kept === null ? "still open" : verdictOf(answer.kept)}`,
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

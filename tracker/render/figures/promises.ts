import type { Report } from "../../core/model/report.ts";
import type { Figure, FigureRow } from "./figure.ts";

const answers = ({ kalm }: Report): FigureRow[] =>
  kalm.followUp.map((answer) => ({
    number: answer.issue,
    title: answer.text,
    days: null,
    why: `promised in sprint ${answer.from}: ${answer.kept === null ? "still open" : answer.kept ? "kept" : "dropped"}`,
    at: null,
    eventId: null,
    provenance: "replayed",
  }));

export const promiseFigures = {
  keepRate: {
    label: "promises kept",
    short: "keep rate",
    unit: "share",
    definition: "Promises kept ÷ promises answered in this sprint's review.",
    more: "A promise that links an issue is answered by that issue.",
    value: (report: Report) => report.kalm.keepRate,
    rows: answers,
  },
} satisfies Record<string, Figure>;

import { roundDays, sumDays } from "../../core/model/days.ts";
import type { Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { figures as texts } from "../../words/en/figures.ts";
import { referencesText } from "../format.ts";
import { explained, type Figure, type FigureRow } from "./figure.ts";

type List = "unexpected" | "carriedOver" | "movedOn" | "cameAndWent" | "freezebox";
type OptionalList = "finishedOutside" | "finishedBefore" | "late" | "corrections" | "blocked";

/** A list that reports which were frozen long ago do not have: there it is unknown. */
const optionalCount = (list: OptionalList) => ({
  unit: "tasks" as const,
  value: (report: Report) => report[list]?.length ?? null,
});

/** Work that was done and that no sprint counts as completed. */
const finished = (list: "finishedOutside" | "finishedBefore" | "late") => ({
  ...optionalCount(list),
  rows: (report: Report) =>
    (report[list] ?? []).map((card): FigureRow => {
      const { number, ref, title, days, finishedAt: at, eventId, lastSprint } = card;
      const why = lastSprint === null ? "never in a sprint" : `last in sprint ${lastSprint}`;
      return { number, ref, title, days, why, at, eventId, provenance: card.provenance ?? "replayed" };
    }),
});

/** One row for each span in which a task waited; `days`: how long, in calendar days. */
const waited = (report: Report): FigureRow[] =>
  (report.blocked ?? []).flatMap(({ number, title, spans }) =>
    spans.map(({ from, to, by, eventId, provenance }): FigureRow => {
      const days = roundDays((Date.parse(to) - Date.parse(from)) / 86_400_000);
      return { number, title, days, why: `waited for ${referencesText(by)}`, at: from, eventId, provenance };
    }),
  );

const count = (list: List) => ({
  unit: "tasks" as const,
  value: (report: Report) => report[list].length,
});

/** Cards that a list of the report holds, with the newest event of this sprint that says why. */
const listed = (list: "movedOn" | "cameAndWent", why: string) => ({
  ...count(list),
  rows: (report: Report) =>
    report[list].map((card): FigureRow => {
      const left = report.changes.findLast(
        (change) => issueNameOf(change) === issueNameOf(card) && change.kind === "left",
      );
      return {
        number: card.number,
        ref: card.ref,
        title: card.title,
        days: card.days,
        why,
        at: left?.at ?? card.enteredAt ?? null,
        eventId: left?.eventId ?? null,
        provenance: card.provenance ?? "replayed",
      };
    }),
});

/** How many tasks stand in a list of the report. */
export const listFigures = {
  unexpected: {
    ...texts.unexpected,
    ...count("unexpected"),
    rows: explained("added"),
  },
  carriedOver: {
    ...texts.carriedOver,
    ...count("carriedOver"),
    rows: explained("notCompleted"),
  },
  movedOn: {
    ...texts.movedOn,
    ...listed("movedOn", "moved to the next sprint"),
  },
  blocked: {
    ...texts.blocked,
    hasDaysInRows: true,
    ...optionalCount("blocked"),
    rows: waited,
  },
  blockedDays: {
    ...texts.blockedDays,
    unit: "calendar days",
    value: ({ blocked }) => (blocked === undefined ? null : sumDays(blocked.map((card) => card.blockedDays))),
    rows: waited,
  },
  cameAndWent: {
    ...texts.cameAndWent,
    ...listed("cameAndWent", "added and removed during the sprint"),
  },
  freezebox: {
    ...texts.freezebox,
    ...count("freezebox"),
    rows: explained("frozen"),
  },
  finishedOutside: {
    ...texts.finishedOutside,
    ...finished("finishedOutside"),
  },
  finishedBefore: {
    ...texts.finishedBefore,
    ...finished("finishedBefore"),
  },
  late: {
    ...texts.late,
    ...finished("late"),
  },
  corrections: {
    ...texts.corrections,
    hasDaysInRows: true,
    ...optionalCount("corrections"),
    rows: explained("corrections"),
  },
} satisfies Record<string, Figure>;

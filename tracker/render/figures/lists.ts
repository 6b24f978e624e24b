import { roundDays, sumDays } from "../../core/model/days.ts";
import type { Report } from "../../core/model/report.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
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
    label: "unexpected",
    title: "Unexpected tasks",
    definition: "The added tasks: in the sprint at its end, but not committed at its start.",
    more: "Listed with when and how each was added: new, moved in, reopened, or out of the freezebox. Decided by time, separately for each sprint, never by a label.",
    ...count("unexpected"),
    rows: explained("added"),
  },
  carriedOver: {
    label: "carried over",
    titleSoFar: "Still open",
    definition: "Tasks in the sprint at its end that were neither done nor dropped.",
    more: "Listed with the number of earlier sprints each one was in. While the sprint is running: tasks that are still open.",
    ...count("carriedOver"),
    rows: explained("notCompleted"),
  },
  movedOn: {
    label: "moved to the next sprint",
    title: "Moved to the next sprint before the end",
    definition: "Tasks that were moved to the next sprint before this one ended.",
    ...listed("movedOn", "moved to the next sprint"),
  },
  blocked: {
    label: "blocked",
    title: "Blocked tasks",
    definition: "Tasks that, open and in the sprint, had to wait for another issue that was open.",
    hasDaysInRows: true,
    more: "From GitHub's own dependencies. Of a blocker in another repository only the relation is known, not whether it is still open: such time is inferred.",
    ...optionalCount("blocked"),
    rows: waited,
  },
  blockedDays: {
    label: "days blocked",
    definition: "How long the blocked tasks waited, in calendar days of 24 hours, each task for itself.",
    unit: "calendar days",
    value: ({ blocked }) => (blocked === undefined ? null : sumDays(blocked.map((card) => card.blockedDays))),
    rows: waited,
  },
  cameAndWent: {
    label: "added and removed again",
    definition: "Tasks added after the start and removed before the end; they are listed, but in no total.",
    ...listed("cameAndWent", "added and removed during the sprint"),
  },
  freezebox: {
    label: "freezebox",
    definition: "Tasks of the sprint that were dropped or found invalid.",
    more: "Listed with the reason.",
    ...count("freezebox"),
    rows: explained("frozen"),
  },
  finishedOutside: {
    label: "finished outside a sprint",
    definition:
      "Tasks finished after this sprint's end and before the next one started, or during this sprint without being in any.",
    more: "What happens after the end is known only up to the last sync, and changes no past report.",
    ...finished("finishedOutside"),
  },
  finishedBefore: {
    label: "finished since the last sprint",
    definition: "Tasks finished after the previous sprint ended and before this one started.",
    ...finished("finishedBefore"),
  },
  late: {
    label: "finished late",
    definition: "Tasks finished during this sprint that were only in earlier ones.",
    ...finished("late"),
  },
  corrections: {
    label: "effort corrections",
    definition:
      "Tasks whose effort was corrected during the sprint to less than an earlier sprint had counted.",
    hasDaysInRows: true,
    ...optionalCount("corrections"),
    rows: explained("corrections"),
  },
} satisfies Record<string, Figure>;

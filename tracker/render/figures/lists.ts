import type { Report } from "../../core/model/report.ts";
import { explained, type Figure, type FigureRow } from "./figure.ts";

type List = "unexpected" | "carriedOver" | "movedOn" | "cameAndWent" | "freezebox";
type OptionalList = "finishedOutside" | "finishedBefore" | "late" | "corrections";

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
      const { number, title, days, finishedAt: at, eventId, lastSprint } = card;
      const why = lastSprint === null ? "never in a sprint" : `last in sprint ${lastSprint}`;
      return { number, title, days, why, at, eventId, provenance: card.provenance ?? "replayed" };
    }),
});

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
        (change) => change.number === card.number && change.kind === "left",
      );
      return {
        number: card.number,
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
    ...optionalCount("corrections"),
    rows: explained("corrections"),
  },
} satisfies Record<string, Figure>;

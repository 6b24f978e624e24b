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
    definition: "The added tasks: in the sprint at its end, and not committed at its start.",
    more: "Listed with when and how each entered: new, moved in, reopened, or out of the freezebox. Decided by time, for each sprint anew, never by a label.",
    ...count("unexpected"),
    rows: explained("added"),
  },
  carriedOver: {
    label: "carried over",
    titleSoFar: "Still open",
    definition: "Tasks in the sprint at its end that were neither done nor dropped.",
    more: "Listed with the number of earlier sprints they were in at any moment. Of a running sprint: what is still open.",
    ...count("carriedOver"),
    rows: explained("notCompleted"),
  },
  movedOn: {
    label: "left for the next sprint",
    title: "Left for the next sprint before the end",
    definition: "Tasks that had left for the next sprint before this one ended.",
    ...listed("movedOn", "left for the next sprint"),
  },
  cameAndWent: {
    label: "came and went",
    definition: "Tasks that entered after the start and left before the end: listed, never summed.",
    ...listed("cameAndWent", "entered and left within the sprint"),
  },
  freezebox: {
    label: "freezebox",
    definition: "Tasks of the sprint that were dropped or proved invalid.",
    more: "Listed with the reason.",
    ...count("freezebox"),
    rows: explained("frozen"),
  },
  finishedOutside: {
    label: "finished outside",
    title: "Finished outside the sprints",
    definition:
      "Tasks done after the sprint's end and no later than the next one's start, or in its days and never in a sprint.",
    more: "What is done after the end is known only as far as history reached, and restates nothing.",
    ...finished("finishedOutside"),
  },
  finishedBefore: {
    label: "finished before",
    title: "Finished since the sprint before",
    definition: "Tasks done after the end of the sprint before and no later than this one's start.",
    ...finished("finishedBefore"),
  },
  late: {
    label: "finished late",
    definition: "Tasks done in the days of the sprint that only ever were in earlier ones.",
    ...finished("late"),
  },
  corrections: {
    label: "corrections of effort",
    definition: "Tasks whose effort was mended in the sprint to less than an earlier sprint had counted.",
    ...optionalCount("corrections"),
    rows: explained("corrections"),
  },
} satisfies Record<string, Figure>;

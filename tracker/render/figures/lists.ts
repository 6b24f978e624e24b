import type { Report } from "../../core/model/report.ts";
import { explained, type Figure, type FigureRow } from "./figure.ts";

type List = "unexpected" | "carriedOver" | "movedOn" | "cameAndWent" | "freezebox";

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
    definition: "Tasks that entered the sprint after its start and were in it at its end.",
    more: "Decided by time, for each sprint anew, never by a label.",
    ...count("unexpected"),
    rows: explained("added"),
  },
  carriedOver: {
    label: "carried over",
    definition: "Tasks in the sprint at its end that were neither done nor dropped.",
    more: "Listed with the number of earlier sprints they were in.",
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
} satisfies Record<string, Figure>;

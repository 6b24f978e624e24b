import type { Effort, Report } from "../../core/model/report.ts";
import { forReaders } from "../../core/report/unit.ts";
import { explained, type Figure, type FigureRow } from "./figure.ts";

type NumberKey = Exclude<keyof Effort, "unestimated" | "counts">;

/** Amounts and shares of work, in tasks where no task has an estimate. */
const work = (key: NumberKey) => ({
  value: (report: Report) => forReaders(report).effort[key] ?? null,
  rows: explained(key),
});

/** Values that do not change where tasks are counted. */
const asTold = (key: NumberKey) => ({
  value: (report: Report) => report.effort[key] ?? null,
  rows: explained(key),
});

const ratioOf = (key: NumberKey, numerator: string, denominator: string) => ({
  ...work(key),
  rows: (report: Report): FigureRow[] => [
    ...explained(numerator)(report).map((row) => ({ ...row, part: "numerator" as const })),
    ...explained(denominator)(report).map((row) => ({ ...row, part: "denominator" as const })),
  ],
  rowsOf: [numerator, denominator],
});

/** The figures under `effort`, in the order of the report. */
export const effortFigures = {
  committed: {
    label: "committed",
    unit: "work",
    definition: "Estimates at the start of the tasks in the sprint then, less those done or dropped already.",
    definitionInTasks: "The tasks in the sprint at its start, less those done or dropped already.",
    ...work("committed"),
  },
  added: {
    label: "added",
    title: "Added after the start",
    unit: "work",
    definition:
      "Estimates at the end of the tasks in the sprint then that were not committed: they entered after the start, or were done or dropped at the start and taken up again.",
    definitionInTasks:
      "The tasks in the sprint at its end that were not committed: they entered after the start, or were done or dropped at the start and taken up again.",
    more: "Their re-estimates stay here. What came and went in between is listed (`cameAndWent`), never summed.",
    ...work("added"),
  },
  removed: {
    label: "removed",
    unit: "work",
    definition: "Estimates at the start of committed tasks that had left the sprint by its end.",
    definitionInTasks: "The committed tasks that had left the sprint by its end.",
    more: "Listed with the reason: moved, unmarked, transferred or deleted.",
    ...work("removed"),
  },
  reestimated: {
    label: "re-estimated",
    unit: "days",
    isSigned: true,
    needsEstimates: true,
    definition: "How much the estimates of committed tasks that stayed changed from start to end.",
    ...asTold("reestimated"),
  },
  final: {
    label: "final scope",
    short: "final",
    unit: "work",
    definition:
      "Committed + added + re-estimated − removed: the estimates of all tasks in the sprint at its end.",
    definitionInTasks: "Committed + added − removed: all tasks in the sprint at its end.",
    more: "Those done or dropped during the whole of the sprint are left out.",
    ...work("final"),
  },
  completed: {
    label: "completed",
    unit: "work",
    definition: "Estimates at the end of the tasks that were in the sprint and done then.",
    definitionInTasks: "The tasks that were in the sprint and done at its end.",
    more: "Closed and reopened is not done.",
    ...work("completed"),
  },
  completedInitial: {
    label: "completed of the plan",
    title: "of it, committed at the start",
    unit: "work",
    definition: "What of the completed work had been committed at the start.",
    ...work("completedInitial"),
  },
  notCompleted: {
    label: "not completed",
    unit: "work",
    definition: "The final scope less what was completed and what was dropped.",
    ...work("notCompleted"),
  },
  frozen: {
    label: "dropped",
    name: "dropped",
    unit: "work",
    definition: "Estimates at the end of the sprint's tasks that were dropped or proved invalid.",
    definitionInTasks: "The sprint's tasks that were dropped or proved invalid.",
    more: "They are in the freezebox at the end: closed as not planned or as a duplicate, converted to a discussion, or labelled so.",
    ...work("frozen"),
  },
  actual: {
    label: "really spent",
    title: "Actual",
    short: "actual",
    unit: "days",
    definition: "Days really spent on the final scope, where tasks say so; never the estimate in its place.",
    more: "What was ever said by the end, by the label `actual: M` in force or else by `/spend 1d 2h` comments, less what earlier sprints have counted. Never below 0: where an earlier figure was mended to less, `corrections` names it. Unknown where nothing was said since.",
    ...asTold("actual"),
  },
  spentElsewhere: {
    label: "spent elsewhere",
    unit: "days",
    definition: "Days said in the sprint on tasks outside its final scope.",
    more: "They left it, were never in it, or were done or dropped during the whole of it.",
    ...asTold("spentElsewhere"),
  },
  actualShare: {
    label: "with actuals",
    unit: "share",
    needsEstimates: true,
    definition: "The share of the final scope's tasks that say what they really took.",
    more: "A parent that counts by its sub-issues is left out.",
    ...asTold("actualShare"),
  },
  estimationError: {
    label: "estimation error",
    unit: "days",
    isSigned: true,
    needsEstimates: true,
    definition: "Days really spent less estimates, over tasks that have both.",
    more: "Over the whole of each task, earlier sprints included.",
    ...asTold("estimationError"),
  },
  unexpectedActual: {
    label: "spent on the unexpected",
    unit: "days",
    definition: "Days really spent on the unexpected tasks, where they say so.",
    ...asTold("unexpectedActual"),
  },
  sayDo: {
    label: "say/do",
    unit: "share",
    definition: "Completed ÷ committed, added work included.",
    more: "Above 100% says that unexpected work was done too.",
    ...ratioOf("sayDo", "completed", "committed"),
  },
  sayDoInitial: {
    label: "say/do of the plan",
    short: "initial scope",
    unit: "share",
    definition: "Completed of what had been committed at the start ÷ committed.",
    more: "How much of what was promised was done. It is shown beside the other, since either alone flatters.",
    ...ratioOf("sayDoInitial", "completedInitial", "committed"),
  },
  unestimated: {
    label: "without an estimate",
    unit: "tasks",
    needsEstimates: true,
    definition: "Tasks of the final scope that count without an estimate.",
    more: "They are counted and shown, never given a size in silence.",
    value: (report: Report) => report.effort.unestimated.final,
    rows: explained("unestimated"),
  },
  capacityDays: {
    label: "capacity",
    unit: "days",
    definition: "The man-days the team has, as the sprint's file in content/sprints/ says.",
    value: (report: Report) => report.sprint.capacityDays,
    rows: () => [],
  },
} satisfies Record<string, Figure>;

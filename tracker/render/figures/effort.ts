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
    definition:
      "Total estimate of the tasks in the sprint at its start that were not already done or dropped.",
    definitionInTasks: "The tasks in the sprint at its start that were not already done or dropped.",
    ...work("committed"),
  },
  added: {
    label: "added",
    title: "Added after the start",
    unit: "work",
    definition:
      "Total estimate at the end of tasks that were not committed: added after the start, or done or dropped at the start and reopened later.",
    definitionInTasks:
      "The tasks in the sprint at its end that were not committed: added after the start, or done or dropped at the start and reopened later.",
    more: "Re-estimates of added tasks count here. Tasks added and removed again are listed (`cameAndWent`) and not included.",
    ...work("added"),
  },
  removed: {
    label: "removed",
    unit: "work",
    definition:
      "Total estimate at the start of committed tasks that were no longer in the sprint at its end.",
    definitionInTasks: "The committed tasks that were no longer in the sprint at its end.",
    more: "Listed with the reason: moved, taken out, transferred or deleted.",
    ...work("removed"),
  },
  reestimated: {
    label: "re-estimated",
    unit: "sizes",
    isSigned: true,
    needsEstimates: true,
    definition: "Change, from start to end, in the estimates of committed tasks that stayed in the sprint.",
    ...asTold("reestimated"),
  },
  final: {
    label: "final scope",
    short: "final",
    unit: "work",
    definition:
      "Committed + added + re-estimated − removed: the total estimate of the tasks in the sprint at its end.",
    definitionInTasks: "Committed + added − removed: all tasks in the sprint at its end.",
    more: "Tasks that were done or dropped throughout the sprint are not included.",
    ...work("final"),
  },
  completed: {
    label: "completed",
    unit: "work",
    definition: "Total estimate of the tasks that were in the sprint and done at its end.",
    definitionInTasks: "The tasks that were in the sprint and done at its end.",
    more: "A task that was closed and reopened is not done.",
    ...work("completed"),
  },
  completedInitial: {
    label: "completed commitment",
    title: "of which committed at the start",
    unit: "work",
    definition: "The part of the completed work that was committed at the start.",
    ...work("completedInitial"),
  },
  notCompleted: {
    label: "not completed",
    unit: "work",
    definition: "The final scope minus completed and dropped work.",
    ...work("notCompleted"),
  },
  frozen: {
    label: "dropped",
    name: "dropped",
    unit: "work",
    definition: "Total estimate of the sprint's tasks that were dropped or found invalid.",
    definitionInTasks: "The sprint's tasks that were dropped or found invalid.",
    more: "They are in the freezebox at the end: closed as not planned or as a duplicate, converted to a discussion, or labelled as dropped.",
    ...work("frozen"),
  },
  actual: {
    label: "actual effort",
    short: "actual",
    unit: "days",
    definition: "Days actually spent on the final scope, as far as the tasks record it.",
    more: "An estimate never stands in for it. Everything recorded by the end counts, from the label `actual: M` or else from `/spend 1d 2h` comments, minus what earlier sprints counted. Never below 0: if an earlier entry was corrected to less, `corrections` lists it. Unknown if nothing was recorded since.",
    ...asTold("actual"),
  },
  spentElsewhere: {
    label: "effort elsewhere",
    title: "Effort outside the sprint's scope",
    unit: "days",
    definition: "Days recorded during the sprint on tasks outside its final scope.",
    more: "These tasks left the sprint, were never in it, or were done or dropped throughout.",
    ...asTold("spentElsewhere"),
  },
  actualShare: {
    label: "tasks with actual effort",
    unit: "share",
    hasDaysInRows: true,
    needsEstimates: true,
    definition: "Share of the tasks in the final scope that have actual effort recorded.",
    more: "A parent counted by its sub-issues is not included.",
    ...asTold("actualShare"),
  },
  estimationError: {
    label: "estimation error",
    unit: "days",
    isSigned: true,
    needsEstimates: true,
    definition: "Actual effort minus estimate, for the tasks that have both.",
    withPoints: "none where sizes are points, since effort is recorded in days.",
    more: "For each task as a whole, including earlier sprints.",
    ...asTold("estimationError"),
  },
  unexpectedActual: {
    label: "effort on unexpected tasks",
    unit: "days",
    definition: "Days actually spent on unexpected tasks, as far as they record it.",
    ...asTold("unexpectedActual"),
  },
  sayDo: {
    label: "say/do ratio",
    unit: "share",
    definition: "Completed ÷ committed, including added work.",
    more: "Above 100% means that unexpected work was done as well.",
    ...ratioOf("sayDo", "completed", "committed"),
  },
  sayDoInitial: {
    label: "committed work done",
    short: "committed work",
    unit: "share",
    definition: "Completed work that was committed at the start ÷ committed.",
    more: "How much of the commitment was delivered. Shown with the say/do ratio, because either one alone can mislead.",
    ...ratioOf("sayDoInitial", "completedInitial", "committed"),
  },
  unestimated: {
    label: "without an estimate",
    unit: "tasks",
    needsEstimates: true,
    definition: "Tasks in the final scope that have no estimate.",
    more: "They are counted and listed; no size is assumed.",
    value: (report: Report) => report.effort.unestimated.final,
    rows: explained("unestimated"),
  },
  capacityDays: {
    label: "capacity",
    unit: "days",
    definition: "Man-days the team has available, from the sprint's file in content/sprints/.",
    withPoints: "in days, so it is not compared with sizes in points.",
    value: (report: Report) => report.sprint.capacityDays,
    rows: () => [],
  },
} satisfies Record<string, Figure>;

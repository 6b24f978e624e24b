import type { Effort, Report } from "../../core/model/report.ts";
import { forReaders } from "../../core/report/unit.ts";
import { figures as texts } from "../../words/en/figures.ts";
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
    ...texts.committed,
    unit: "work",
    ...work("committed"),
  },
  added: {
    ...texts.added,
    unit: "work",
    ...work("added"),
  },
  removed: {
    ...texts.removed,
    unit: "work",
    ...work("removed"),
  },
  reestimated: {
    ...texts.reestimated,
    unit: "sizes",
    isSigned: true,
    needsEstimates: true,
    ...asTold("reestimated"),
  },
  final: {
    ...texts.final,
    unit: "work",
    ...work("final"),
  },
  completed: {
    ...texts.completed,
    unit: "work",
    ...work("completed"),
  },
  completedInitial: {
    ...texts.completedInitial,
    unit: "work",
    ...work("completedInitial"),
  },
  notCompleted: {
    ...texts.notCompleted,
    unit: "work",
    ...work("notCompleted"),
  },
  frozen: {
    ...texts.frozen,
    name: "dropped",
    unit: "work",
    ...work("frozen"),
  },
  actual: {
    ...texts.actual,
    unit: "days",
    ...asTold("actual"),
  },
  spentElsewhere: {
    ...texts.spentElsewhere,
    unit: "days",
    ...asTold("spentElsewhere"),
  },
  actualShare: {
    ...texts.actualShare,
    unit: "share",
    hasDaysInRows: true,
    needsEstimates: true,
    ...asTold("actualShare"),
  },
  estimationError: {
    ...texts.estimationError,
    unit: "days",
    isSigned: true,
    needsEstimates: true,
    ...asTold("estimationError"),
  },
  unexpectedActual: {
    ...texts.unexpectedActual,
    unit: "days",
    ...asTold("unexpectedActual"),
  },
  sayDo: {
    ...texts.sayDo,
    unit: "share",
    ...ratioOf("sayDo", "completed", "committed"),
  },
  sayDoInitial: {
    ...texts.sayDoInitial,
    unit: "share",
    ...ratioOf("sayDoInitial", "completedInitial", "committed"),
  },
  unestimated: {
    ...texts.unestimated,
    unit: "tasks",
    needsEstimates: true,
    value: (report: Report) => report.effort.unestimated.final,
    rows: explained("unestimated"),
  },
  capacityDays: {
    ...texts.capacityDays,
    unit: "days",
    value: (report: Report) => report.sprint.capacityDays,
    rows: () => [],
  },
} satisfies Record<string, Figure>;

/** The figures of a sprint that count days of its scope: what a simulated truth is held against. */
export const scopeFigures = [
  "committed",
  "added",
  "removed",
  "reestimated",
  "final",
  "completed",
  "completedInitial",
  "frozen",
  "notCompleted",
] as const;

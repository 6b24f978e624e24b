/** What is said about each figure of a report, by its key; tracker/render/figures has their units and values. */
export const figures = {
  committed: {
    label: "committed",
    definition:
      "Total estimate of the tasks in the sprint at its start that were not already done or dropped.",
    definitionInTasks: "The tasks in the sprint at its start that were not already done or dropped.",
  },
  added: {
    label: "added",
    title: "Added after the start",
    definition:
      "Total estimate at the end of tasks that were not committed: added after the start, or done or dropped at the start and reopened later.",
    definitionInTasks:
      "The tasks in the sprint at its end that were not committed: added after the start, or done or dropped at the start and reopened later.",
    more: "Re-estimates of added tasks count here. Tasks added and removed again are listed (`cameAndWent`) and not included.",
  },
  removed: {
    label: "removed",
    definition:
      "Total estimate at the start of committed tasks that were no longer in the sprint at its end.",
    definitionInTasks: "The committed tasks that were no longer in the sprint at its end.",
    more: "Listed with the reason: moved, taken out, transferred or deleted.",
  },
  reestimated: {
    label: "re-estimated",
    definition: "Change, from start to end, in the estimates of committed tasks that stayed in the sprint.",
  },
  final: {
    label: "final scope",
    short: "final",
    definition:
      "Committed + added + re-estimated − removed: the total estimate of the tasks in the sprint at its end.",
    definitionInTasks: "Committed + added − removed: all tasks in the sprint at its end.",
    more: "Tasks that were done or dropped throughout the sprint are not included.",
  },
  completed: {
    label: "completed",
    definition: "Total estimate of the tasks that were in the sprint and done at its end.",
    definitionInTasks: "The tasks that were in the sprint and done at its end.",
    more: "A task that was closed and reopened is not done.",
  },
  completedInitial: {
    label: "completed commitment",
    title: "of which committed at the start",
    definition: "The part of the completed work that was committed at the start.",
  },
  notCompleted: {
    label: "not completed",
    definition: "The final scope minus completed and dropped work.",
  },
  frozen: {
    label: "dropped",
    definition: "Total estimate of the sprint's tasks that were dropped or found invalid.",
    definitionInTasks: "The sprint's tasks that were dropped or found invalid.",
    more: "They are in the freezebox at the end: closed as not planned or as a duplicate, converted to a discussion, or labelled as dropped.",
  },
  actual: {
    label: "actual effort",
    short: "actual",
    definition: "Days actually spent on the final scope, as far as the tasks record it.",
    more: "An estimate never stands in for it. Everything recorded by the end counts, from the label `actual: M` or else from `/spend 1d 2h` comments, minus what earlier sprints counted. Never below 0: if an earlier entry was corrected to less, `corrections` lists it. Unknown if nothing was recorded since.",
  },
  spentElsewhere: {
    label: "effort elsewhere",
    title: "Effort outside the sprint's scope",
    definition: "Days recorded during the sprint on tasks outside its final scope.",
    more: "These tasks left the sprint, were never in it, or were done or dropped throughout.",
  },
  actualShare: {
    label: "tasks with actual effort",
    definition: "Share of the tasks in the final scope that have actual effort recorded.",
    more: "A parent counted by its sub-issues is not included.",
  },
  estimationError: {
    label: "estimation error",
    definition: "Actual effort minus estimate, for the tasks that have both.",
    withPoints: "none where sizes are points, since effort is recorded in days.",
    more: "For each task as a whole, including earlier sprints.",
  },
  unexpectedActual: {
    label: "effort on unexpected tasks",
    definition: "Days actually spent on unexpected tasks, as far as they record it.",
  },
  sayDo: {
    label: "say/do ratio",
    definition: "Completed ÷ committed, including added work.",
    more: "Above 100% means that unexpected work was done as well.",
  },
  sayDoInitial: {
    label: "committed work done",
    short: "committed work",
    definition: "Completed work that was committed at the start ÷ committed.",
    more: "How much of the commitment was delivered. Shown with the say/do ratio, because either one alone can mislead.",
  },
  unestimated: {
    label: "without an estimate",
    definition: "Tasks in the final scope that have no estimate.",
    more: "They are counted and listed; no size is assumed.",
  },
  capacityDays: {
    label: "capacity",
    definition: "Man-days the team has available, from the sprint's file in content/sprints/.",
    withPoints: "in days, so it is not compared with sizes in points.",
  },
  unexpected: {
    label: "unexpected",
    title: "Unexpected tasks",
    definition: "The added tasks: in the sprint at its end, but not committed at its start.",
    definitionSoFar: "The added tasks: in the sprint now, but not committed at its start.",
    more: "Listed with when and how each was added: new, moved in, reopened, or out of the freezebox. Decided by time, separately for each sprint, never by a label.",
  },
  carriedOver: {
    label: "carried over",
    titleSoFar: "Still open",
    definition: "Tasks in the sprint at its end that were neither done nor dropped.",
    definitionSoFar: "Tasks in the sprint that are neither done nor dropped yet.",
    more: "Listed with the number of earlier sprints each one was in. While the sprint is running: tasks that are still open.",
  },
  movedOn: {
    label: "moved to the next sprint",
    title: "Moved to the next sprint before the end",
    definition: "Tasks that were moved to the next sprint before this one ended.",
  },
  blocked: {
    label: "blocked",
    title: "Blocked tasks",
    definition: "Tasks that, open and in the sprint, had to wait for another issue that was open.",
    more: "From GitHub's own dependencies. Of a blocker in another repository only the relation is known, not whether it is still open: such time is inferred.",
  },
  blockedDays: {
    label: "days blocked",
    definition: "How long the blocked tasks waited, in calendar days of 24 hours, each task for itself.",
  },
  cameAndWent: {
    label: "added and removed again",
    definition: "Tasks added after the start and removed before the end; they are listed, but in no total.",
  },
  freezebox: {
    label: "freezebox",
    definition: "Tasks of the sprint that were dropped or found invalid.",
    more: "Listed with the reason.",
  },
  finishedOutside: {
    label: "finished outside a sprint",
    definition:
      "Tasks finished after this sprint's end and before the next one started, or during this sprint without being in any.",
    more: "What happens after the end is known only up to the last sync, and changes no past report.",
  },
  finishedBefore: {
    label: "finished since the last sprint",
    definition: "Tasks finished after the previous sprint ended and before this one started.",
    more: "Of the first sprint: those finished while it was still being planned (planGraceHours).",
  },
  late: {
    label: "finished late",
    definition: "Tasks finished during this sprint that were only in earlier ones.",
  },
  corrections: {
    label: "effort corrections",
    definition:
      "Tasks whose effort was corrected during the sprint to less than an earlier sprint had counted.",
  },
  debtOpened: {
    label: "debt opened",
    short: "opened",
    definition: "Technical debt items that were opened in the sprint.",
    more: "An issue counts as debt while it is labelled as debt, open and not dropped. One that is reopened or labelled again is opened again.",
  },
  debtPaid: {
    label: "debt resolved",
    short: "resolved",
    definition: "Technical debt items that were resolved in the sprint.",
  },
  debtDropped: {
    label: "debt dropped",
    short: "dropped",
    definition: "Technical debt items that no longer count and were not resolved.",
    more: "Dropped, no longer labelled as debt, transferred or deleted; listed with the reason.",
  },
  debtNet: {
    label: "debt, net change",
    short: "net",
    definition: "Technical debt items opened minus those resolved or dropped.",
    more: "Remaining at the start + opened − resolved − dropped = remaining at the end.",
  },
  debtOpen: {
    label: "debt remaining",
    short: "remaining",
    definition: "Technical debt items that remain at the sprint's end.",
    more: "Their ages are in calendar days: median, 85th and 95th percentile.",
  },
  daysOwed: {
    label: "size of the debt",
    short: "size",
    definition: "Total estimate of the technical debt that remains at the sprint's end.",
  },
  keepRate: {
    label: "promises kept",
    short: "kept",
    definition: "Promises kept ÷ promises answered in this sprint's review.",
    more: "A promise that links to an issue is answered by that issue.",
  },
} as const;

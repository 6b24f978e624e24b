/** Amounts with what they are of, and the words of values. */
export const amounts = {
  /** With their amount, as subjects. */
  nouns: {
    day: { one: "{n} day", other: "{n} days" },
    workingDay: { one: "{n} working day", other: "{n} working days" },
    week: { one: "{n} week", other: "{n} weeks" },
    manDay: { one: "{n} man-day", other: "{n} man-days" },
    calendarDay: { one: "{n} calendar day", other: "{n} calendar days" },
    point: { one: "{n} point", other: "{n} points" },
    task: { one: "{n} task", other: "{n} tasks" },
    finishedTask: { one: "{n} finished task", other: "{n} finished tasks" },
    card: { one: "{n} card", other: "{n} cards" },
    sprint: { one: "{n} sprint", other: "{n} sprints" },
    post: { one: "{n} post", other: "{n} posts" },
    page: { one: "{n} page", other: "{n} pages" },
    event: { one: "{n} event", other: "{n} events" },
    row: { one: "{n} row", other: "{n} rows" },
    debt: { one: "{n} debt item", other: "{n} debt items" },
  },
  /** A column or axis in this unit. */
  units: { days: "man-days", points: "points", tasks: "tasks" },
  /** After an amount where there is little room: 7.2 d, 5 points, 31 tasks. */
  marks: {
    days: "d",
    points: { one: "point", other: "points" },
    tasks: { one: "task", other: "tasks" },
    calendarDays: "calendar days",
  },
  /** A sprint within a sentence: by its number, of one of several teams, and with its title. */
  sprint: "sprint {sprint}",
  sprintOfTeam: "sprint {sprint} of {team}",
  sprintTitled: "{sprint}: {title}",
  days: "days",
  debtItems: "debt items",
  noEstimate: "no estimate",
  noEstimates: "no estimates",
  noType: "no type",
  noSize: "no size",
  typeSized: "{type} {count} ({amount})",
  typeUnsized: "{type} {count}",
  /** After a sum of days. */
  unsized: ", {count} without an estimate",
  yes: "yes",
  no: "no",
  /** How a value is known. */
  provenance: { replayed: "replayed", observed: "observed", inferred: "inferred", unknown: "unknown" },
  doubts: {
    observed: "Seen during a sync, not replayed from an event.",
    inferred: "Inferred, for example from a rename or deletion; not seen in an event.",
    unknown: "The history does not show it.",
  },
  doubted: "{label} ({provenance})",
  lagging: { none: "no history here, so nothing of it is counted", until: "known up to {moment} only" },
} as const;

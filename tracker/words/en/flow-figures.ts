/** What is said about each figure of flow, by its key. */
export const flowFigures = {
  lead: {
    label: "lead time",
    title: "Lead time",
    definition: "From the creation of a task to the instant at which it became done for the last time.",
  },
  cycle: {
    label: "cycle time",
    title: "Cycle time",
    definition: "From the instant at which a task first stood in a lane of work in progress to its end.",
    more: "Unknown where it never stood in one: such tasks are counted beside the percentiles, never among them.",
  },
  lanes: {
    label: "time in lane",
    title: "Time in each lane",
    definition: "How long finished tasks stood in each lane, from their creation to their end.",
    more: "A lane is that of the board on which an issue is in the sprint with the mark of any sprint.",
  },
  efficiency: {
    label: "flow efficiency",
    title: "Flow efficiency",
    definition:
      "Working time in progress and not blocked ÷ working time in a sprint, over the finished tasks together.",
    more: "Unknown where none of them was ever in a lane of work in progress.",
  },
  blocked: {
    label: "blocked",
    title: "Blocked",
    definition: "Time in which a task was marked as blocked by an issue that was open then.",
    more: "Of an issue of another repository it is taken that it stayed open while it was marked.",
  },
  weeks: {
    label: "throughput",
    title: "Throughput per week",
    definition: "Tasks finished from Monday to Sunday in the team's zone, whatever their sprint.",
    more: "Of one sprint: its own tasks. A week that reaches beyond the span is marked, and left out of the mean.",
  },
  ageing: {
    label: "age",
    title: "Ageing work in progress",
    definition: "How long ago a task on a sprint's board was started that is not finished.",
    more: "Held against the cycle times of all tasks finished in the 26 weeks before, where there are at least 10.",
  },
  cumulative: {
    label: "cumulative flow",
    title: "Cumulative flow",
    definition:
      "Tasks in each lane of the sprint's board at each midnight; the done ones are those finished since the first day shown.",
    more: "The backlog is left out.",
  },
} as const;

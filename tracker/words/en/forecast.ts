/** The forecast for the sprint that runs: its part of the page of flow, its charts and their tables. */
export const forecast = {
  title: "Forecast for {sprint}",
  intro:
    "When the open tasks of the sprint that runs are finished, simulated from how many were finished before.",
  link: "Forecast",
  noneOpen: "No task of the sprint is open.",
  when: {
    one: "{n} open task finished by {p50} in half of the runs, by {p85} in 85% and by {p95} in 95% of them.",
    other:
      "{n} open tasks finished by {p50} in half of the runs, by {p85} in 85% and by {p95} in 95% of them.",
  },
  howMany: {
    one: "By {day} at least {n} task finished in half of the runs, {p85} in 85% and {p95} in 95% of them.",
    other: "By {day} at least {n} tasks finished in half of the runs, {p85} in 85% and {p95} in 95% of them.",
  },
  refused: {
    few: {
      one: "There is no forecast: it takes at least {fewest} whole weeks of the past, and {n} is known.",
      other: "There is no forecast: it takes at least {fewest} whole weeks of the past, and {n} are known.",
    },
    sparse: "There is no forecast: {tasks} a week on average is too little to tell chance from change.",
    outside:
      "There is no forecast, since the pace is not steady: {finished} finished in the week from {day}, expected {lower} to {upper}.",
    oneSide:
      "There is no forecast, since the pace is not steady: eight weeks in a row up to that from {day} were on one side of the mean.",
  },
  sampleTitle: "Sample",
  noSample: "No whole week of the past is known.",
  sample: {
    one: "{n} whole week, {tasks} on average, expected between {lower} and {upper}.",
    other: "{n} whole weeks, {tasks} on average, expected between {lower} and {upper}.",
  },
  runs: "{runs} runs, seed {seed}: each draws weeks from the sample, with replacement.",
  levels: "Earlier forecasts held less often than claimed, so the 85% rest on {share} of the runs.",
  noRecord: "There is no earlier forecast of this kind yet to compare with what happened.",
  record: {
    one: "Of {n} earlier forecast of this kind, for {weeks}, the 85% number held in {held} ({share}).",
    other:
      "Of {n} earlier forecasts of this kind, for {weeks} each, the 85% number held in {held} ({share}).",
  },
  doubtful: "The sample is not fully replayed from events: {provenance}.",
  data: { band: "Forecast data", sample: "Sample data" },
  chart: {
    bar: {
      one: "{chance} chance: {n} task finished by {day}",
      other: "{chance} chance: {n} tasks finished by {day}",
    },
    end: "the sprint ends",
    period: { one: "{from} to {to}: {n} task finished", other: "{from} to {to}: {n} tasks finished" },
    signal: "{period}, {signal}",
    limit: "limit {tasks}",
  },
  signals: { outside: "outside the limits", oneSide: "eight in a row on one side" },
  columns: {
    chance: "chance",
    when: { one: "{n} task finished by", other: "{n} tasks finished by" },
    howMany: "finished by {day}, at least",
    from: "from",
    to: "to",
    finished: "finished",
    signal: "out of line",
  },
} as const;

import type { Json, Objects } from "./github-objects.ts";
import type { Source, SourceIssue, Step } from "./source.ts";

/** One thing that happened to one issue, not yet numbered. `at` is an ISO instant. */
export interface Happening {
  issue: number;
  at: string;
  actor: string | null;
  kind: string;
  payload: Json;
}

/** What GitHub would show of an issue after its whole history. */
export interface Outcome {
  title: string;
  labels: string[];
  milestone: number | null;
  assignees: string[];
  state: "open" | "closed";
  stateReason: string | null;
  closedAt: string | null;
  closedBy: string | null;
  mergedAt: string | null;
  comments: number;
  updatedAt: string;
}

/** Plays one issue's history: the events GitHub would have recorded, and how the issue ends. */
export function simulate(
  source: Source,
  entry: SourceIssue,
  objects: Objects,
  toIso: (wallClock: string) => string,
): { happenings: Happening[]; outcome: Outcome } {
  const happenings: Happening[] = [];
  const labels: string[] = [];
  const outcome: Outcome = {
    title: entry.title,
    labels,
    milestone: null,
    assignees: [],
    state: "open",
    stateReason: null,
    closedAt: null,
    closedBy: null,
    mergedAt: null,
    comments: 0,
    updatedAt: toIso(entry.created),
  };
  let clock = Date.parse(toIso(entry.created));
  let actor: string | null = source.author;

  const record = (kind: string, payload: Json = {}) => {
    const at = new Date(clock).toISOString().replace(".000Z", "Z");
    happenings.push({ issue: entry.number, at, actor, kind, payload });
    outcome.updatedAt = at;
    clock += 1000;
    return at;
  };
  const labelEvent = (kind: "labeled" | "unlabeled", name: string) => {
    const at = new Date(clock).toISOString();
    const declared = source.labels.find((label) => label.name === name)!;
    record(kind, { label: { name: objects.labelAt(name, at), color: declared.color } });
  };
  const add = (name: string) => {
    if (labels.includes(name)) return;
    labels.push(name);
    labelEvent("labeled", name);
  };
  const drop = (name: string) => {
    const index = labels.indexOf(name);
    if (index < 0) return;
    labels.splice(index, 1);
    labelEvent("unlabeled", name);
  };
  const replace = (prefix: string, value: string) => {
    for (const old of labels.filter((name) => name.startsWith(prefix))) drop(old);
    add(`${prefix}${value}`);
  };
  const milestoneEvent = (kind: "milestoned" | "demilestoned", number: number) =>
    record(kind, { milestone: { title: objects.milestoneAt(number, new Date(clock).toISOString()) } });
  const close = (reason: "completed" | "not_planned" | null) => {
    outcome.closedAt = record("closed", reason === null ? {} : { state_reason: reason });
    outcome.state = "closed";
    outcome.stateReason = reason;
    outcome.closedBy = actor;
    drop("in progress");
  };

  // In the order in which a person does them: words first, closing last.
  const deeds: { [K in keyof Step]-?: (value: NonNullable<Step[K]>) => void } = {
    by: () => {},
    comment: (body) => {
      outcome.comments += 1;
      record("commented", { body });
    },
    reopen: () => {
      outcome.state = "open";
      outcome.stateReason = "reopened";
      outcome.closedAt = null;
      outcome.closedBy = null;
      record("reopened");
      add("in progress");
    },
    rename: (title) => {
      record("renamed", { rename: { from: outcome.title, to: title } });
      outcome.title = title;
    },
    leave: (number) => {
      milestoneEvent("demilestoned", number);
      outcome.milestone = null;
    },
    milestone: (number) => {
      milestoneEvent("milestoned", number);
      outcome.milestone = number;
    },
    size: (value) => replace("size: ", value),
    actual: (value) => replace("actual: ", value),
    label: add,
    unlabel: drop,
    start: () => {
      if (!outcome.assignees.includes(source.author)) {
        outcome.assignees.push(source.author);
        record("assigned", { assignee: objects.user(source.author) });
      }
      add("in progress");
    },
    stop: () => drop("in progress"),
    done: () => close("completed"),
    drop: () => close("not_planned"),
    merge: () => {
      outcome.mergedAt = record("merged");
      close(null);
    },
  };

  for (const name of entry.labels) {
    labels.push(name);
    labelEvent("labeled", name);
    clock = Date.parse(toIso(entry.created));
  }
  for (const [at, step] of Object.entries(entry.history)) {
    clock = Date.parse(toIso(at));
    actor = step.by === "someone" ? null : source.author;
    for (const [name, deed] of Object.entries(deeds)) {
      const value = step[name as keyof Step];
      if (value !== undefined) (deed as (value: unknown) => void)(value);
    }
  }
  return { happenings, outcome };
}

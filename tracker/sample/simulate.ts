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
  const life = new IssueLife(entry, toIso(entry.created), source, objects);
  for (const name of entry.labels) {
    life.put(name);
    life.goTo(toIso(entry.created));
  }
  for (const [at, step] of Object.entries(entry.history)) {
    life.goTo(toIso(at));
    life.actor = step.by === "someone" ? null : source.author;
    for (const [name, deed] of Object.entries(deeds)) {
      const value = step[name as keyof Step];
      if (value !== undefined) (deed as (life: IssueLife, value: unknown) => void)(life, value);
    }
  }
  return { happenings: life.happenings, outcome: life.outcome };
}

/** An issue under way: what happened to it so far, and how it stands. */
class IssueLife {
  readonly happenings: Happening[] = [];
  readonly outcome: Outcome;
  readonly author: string;
  actor: string | null;
  private readonly number: number;
  private readonly source: Source;
  private readonly objects: Objects;
  private clock: number;

  constructor({ number, title }: SourceIssue, created: string, source: Source, objects: Objects) {
    this.number = number;
    this.source = source;
    this.objects = objects;
    this.author = source.author;
    this.actor = source.author;
    this.clock = Date.parse(created);
    this.outcome = {
      title,
      labels: [],
      milestone: null,
      assignees: [],
      state: "open",
      stateReason: null,
      closedAt: null,
      closedBy: null,
      mergedAt: null,
      comments: 0,
      updatedAt: created,
    };
  }

  goTo(instant: string): void {
    this.clock = Date.parse(instant);
  }

  /** Returns when it happened; the next thing is a second later. */
  record(kind: string, payload: Json = {}): string {
    const at = new Date(this.clock).toISOString().replace(".000Z", "Z");
    this.happenings.push({ issue: this.number, at, actor: this.actor, kind, payload });
    this.outcome.updatedAt = at;
    this.clock += 1000;
    return at;
  }

  put(label: string): void {
    if (this.outcome.labels.includes(label)) return;
    this.outcome.labels.push(label);
    this.labelEvent("labeled", label);
  }

  take(label: string): void {
    const index = this.outcome.labels.indexOf(label);
    if (index < 0) return;
    this.outcome.labels.splice(index, 1);
    this.labelEvent("unlabeled", label);
  }

  replace(prefix: string, value: string): void {
    for (const old of this.outcome.labels.filter((name) => name.startsWith(prefix))) this.take(old);
    this.put(`${prefix}${value}`);
  }

  milestoneEvent(kind: "milestoned" | "demilestoned", number: number): void {
    const title = this.objects.milestoneAt(number, new Date(this.clock).toISOString());
    this.record(kind, { milestone: { title } });
  }

  assign(login: string): void {
    if (this.outcome.assignees.includes(login)) return;
    this.outcome.assignees.push(login);
    this.record("assigned", { assignee: this.objects.user(login) });
  }

  close(reason: "completed" | "not_planned" | null): void {
    this.outcome.closedAt = this.record("closed", reason === null ? {} : { state_reason: reason });
    this.outcome.state = "closed";
    this.outcome.stateReason = reason;
    this.outcome.closedBy = this.actor;
    this.take("in progress");
  }

  private labelEvent(kind: "labeled" | "unlabeled", name: string): void {
    const at = new Date(this.clock).toISOString();
    const color = this.source.labels.find((label) => label.name === name)?.color;
    this.record(kind, { label: { name: this.objects.labelAt(name, at), color } });
  }
}

/** In the order in which a person does them: words first, closing last. */
const deeds: { [K in keyof Step]-?: (life: IssueLife, value: NonNullable<Step[K]>) => void } = {
  by: () => {},
  comment: (life, body) => {
    life.outcome.comments += 1;
    life.record("commented", { body });
  },
  reopen: (life) => {
    Object.assign(life.outcome, { state: "open", stateReason: "reopened", closedAt: null, closedBy: null });
    life.record("reopened");
    life.put("in progress");
  },
  rename: (life, title) => {
    life.record("renamed", { rename: { from: life.outcome.title, to: title } });
    life.outcome.title = title;
  },
  leave: (life, number) => {
    life.milestoneEvent("demilestoned", number);
    life.outcome.milestone = null;
  },
  milestone: (life, number) => {
    life.milestoneEvent("milestoned", number);
    life.outcome.milestone = number;
  },
  size: (life, value) => life.replace("size: ", value),
  actual: (life, value) => life.replace("actual: ", value),
  label: (life, name) => life.put(name),
  unlabel: (life, name) => life.take(name),
  start: (life) => {
    life.assign(life.author);
    life.put("in progress");
  },
  stop: (life) => life.take("in progress"),
  done: (life) => life.close("completed"),
  drop: (life) => life.close("not_planned"),
  merge: (life) => {
    life.outcome.mergedAt = life.record("merged");
    life.close(null);
  },
};

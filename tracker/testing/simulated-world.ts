import type { DeletedName } from "../core/model/delivery.ts";
import type { IssueEvent } from "../core/model/event.ts";
import { lastOf } from "../core/model/present.ts";
import { randomOf } from "./random.ts";
import type { Weights } from "./weights.ts";

/** A label or milestone by identity; its name may change. */
export interface Thing {
  id: number;
  name: string;
  createdAt: number;
  gone: boolean;
}

export interface SimIssue {
  number: number;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  title: string;
  state: "open" | "closed";
  labels: Set<Thing>;
  milestone: Thing | null;
  assignees: Set<string>;
}

const people = ["ana", "bo", "cy"] as const;
const firstDay = Date.parse("2023-01-02T09:00:00Z");
const thing = (id: number, name: string, createdAt = firstDay): Thing => ({
  id,
  name,
  createdAt,
  gone: false,
});
export const alive = (things: Thing[]): Thing[] => things.filter(({ gone }) => !gone);

/** A repository that changes under GitHub's rules: names are unique, events keep old names. A method an act. */
export class SimulatedWorld implements Record<keyof Weights, () => void> {
  readonly labels = ["bug", "feature", "size: S", "size: M", "docs", "urgent"].map((name, i) =>
    thing(i + 1, name),
  );
  readonly milestones = ["Sprint 1", "Sprint 2", "v1"].map((name, i) => thing(i + 1, name));
  readonly deletions: DeletedName[] = [];
  readonly issues: SimIssue[] = [];
  readonly events: IssueEvent[] = [];
  /** Now, epoch milliseconds. */
  at = firstDay;
  readonly random: () => number;
  private readonly former: string[] = [];
  private fresh = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  create(): void {
    const issue: SimIssue = {
      number: this.issues.length + 1,
      createdAt: this.at,
      updatedAt: this.at,
      closedAt: null,
      title: `Issue ${this.issues.length + 1}`,
      state: "open",
      labels: new Set(),
      milestone: null,
      assignees: new Set(),
    };
    this.issues.push(issue);
    for (const label of alive(this.labels)) if (this.random() < 0.25) this.put(label, issue);
  }

  label(): void {
    const [issue, label] = [this.pick(this.issues), this.pick(alive(this.labels))];
    if (issue && label && !issue.labels.has(label)) this.put(label, issue);
  }

  unlabel(): void {
    const issue = this.pick(this.issues);
    const label = issue && this.pick([...issue.labels]);
    if (!issue || !label) return;
    issue.labels.delete(label);
    this.emit(issue, "unlabeled", { label: label.name });
  }

  milestone(): void {
    const [issue, milestone] = [this.pick(this.issues), this.pick(alive(this.milestones))];
    if (!issue || !milestone || issue.milestone === milestone) return;
    if (issue.milestone !== null) this.emit(issue, "demilestoned", { milestone: issue.milestone.name });
    issue.milestone = milestone;
    this.emit(issue, "milestoned", { milestone: milestone.name });
  }

  demilestone(): void {
    const issue = this.pick(this.issues);
    if (!issue?.milestone) return;
    this.emit(issue, "demilestoned", { milestone: issue.milestone.name });
    issue.milestone = null;
  }

  close(): void {
    const issue = this.pick(this.issues);
    if (!issue || issue.state === "closed") return;
    issue.state = "closed";
    issue.closedAt = this.at;
    this.emit(issue, "closed", { stateReason: null });
  }

  reopen(): void {
    const issue = this.pick(this.issues);
    if (!issue || issue.state === "open") return;
    issue.state = "open";
    issue.closedAt = null;
    this.emit(issue, "reopened");
  }

  retitle(): void {
    const issue = this.pick(this.issues);
    if (!issue) return;
    const to = `${issue.title}'`;
    this.emit(issue, "renamed", { rename: { from: issue.title, to } });
    issue.title = to;
  }

  assign(): void {
    const [issue, login] = [this.pick(this.issues), this.pick(people)];
    if (!issue || !login || issue.assignees.has(login)) return;
    issue.assignees.add(login);
    this.emit(issue, "assigned", { assignee: login });
  }

  unassign(): void {
    const issue = this.pick(this.issues);
    const login = issue && this.pick([...issue.assignees]);
    if (!issue || !login) return;
    issue.assignees.delete(login);
    this.emit(issue, "unassigned", { assignee: login });
  }

  renameLabel(): void {
    this.rename(this.labels, "label");
  }

  renameMilestone(): void {
    this.rename(this.milestones, "milestone");
  }

  swapLabels(): void {
    const [a, b] = [this.pick(alive(this.labels)), this.pick(alive(this.labels))];
    if (a && b && a !== b) [a.name, b.name] = [b.name, a.name];
  }

  deleteLabel(): void {
    const label = this.pick(alive(this.labels));
    if (!label) return;
    for (const issue of this.issues) issue.labels.delete(label);
    this.replace(label, this.labels, "label");
  }

  deleteMilestone(): void {
    const milestone = this.pick(alive(this.milestones));
    if (!milestone) return;
    for (const issue of this.issues) if (issue.milestone === milestone) issue.milestone = null;
    this.replace(milestone, this.milestones, "milestone");
  }

  remakeLabel(): void {
    this.deleteLabel();
    this.takeUpAgain(this.labels);
  }

  remakeMilestone(): void {
    this.deleteMilestone();
    this.takeUpAgain(this.milestones);
  }

  /** A label that came without an event, as at creation through the API. */
  silentLabel(): void {
    this.create();
    const label = this.pick(alive(this.labels));
    if (label) lastOf(this.issues).labels.add(label);
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  private emit(issue: SimIssue, kind: string, fields: Partial<IssueEvent> = {}): void {
    const actor = this.random() < 0.1 ? null : "ana";
    this.events.push({
      id: 1001 + this.events.length,
      issue: issue.number,
      at: this.at,
      actor,
      kind,
      ...fields,
    });
    issue.updatedAt = this.at;
  }

  private put(label: Thing, issue: SimIssue): void {
    issue.labels.add(label);
    this.emit(issue, "labeled", { label: label.name });
  }

  private rename(things: Thing[], stem: string): void {
    const target = this.pick(alive(things));
    const name = this.unusedName(things, stem);
    if (target === undefined) return;
    this.former.push(target.name);
    target.name = name;
  }

  private replace(target: Thing, things: Thing[], stem: "label" | "milestone"): void {
    target.gone = true;
    const bornAt = stem === "milestone" ? target.createdAt : null;
    this.deletions.push({ kind: stem, name: target.name, at: this.at, bornAt });
    this.former.push(target.name);
    things.push(thing(things.length + 1, this.unusedName(things, stem), this.at));
  }

  /** The newest thing gets the name of the one that was deleted for it. */
  private takeUpAgain(things: Thing[]): void {
    const name = this.former.at(-1);
    if (things.length > 0 && name !== undefined) lastOf(things).name = name;
  }

  /** Now and then a name that something else bore before: GitHub allows it once it is free. */
  private unusedName(things: Thing[], stem: string): string {
    const isOfKind = (name: string) => (stem === "label") === !name.startsWith("milestone");
    const free = [...things.map(({ name }) => name), ...this.former].filter(
      (name) => isOfKind(name) && !alive(things).some((living) => living.name === name),
    );
    const reused = this.random() < 0.3 ? this.pick(free) : undefined;
    return reused ?? `${stem} ${++this.fresh}`;
  }
}

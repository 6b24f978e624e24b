import type { IssueEvent } from "../core/model/event.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { randomOf } from "./random.ts";
import type { Weights } from "./weights.ts";

interface Thing {
  id: number;
  name: string;
  gone: boolean;
}

/** What an issue truly was at an instant. Labels and milestone by identity and by the name of that instant. */
export interface TrueState {
  number: number;
  title: string;
  state: "open" | "closed";
  labels: { id: number; name: string }[];
  milestone: { id: number; name: string } | null;
  assignees: string[];
}

export interface Simulation {
  /** What GitHub would answer in the end: all listings. */
  page: HistoryPage;
  /** Instants in rising order, with every issue as it stood from then on. */
  truth: { at: number; issues: TrueState[] }[];
  /** Names in the end, by identity; deleted things are missing. */
  labelNames: Map<number, string>;
}

interface SimIssue {
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

/** Lives a repository's life for `steps` changes under GitHub's rules: names are unique, events keep old names. */
export function simulate(seed: number, steps: number, weights: Weights): Simulation {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const labels: Thing[] = ["bug", "feature", "size: S", "size: M", "docs", "urgent"].map((name, i) =>
    thing(i + 1, name),
  );
  const milestones: Thing[] = ["Sprint 1", "Sprint 2", "v1"].map((name, i) => thing(i + 1, name));
  const issues: SimIssue[] = [];
  const events: IssueEvent[] = [];
  const truth: Simulation["truth"] = [];
  let at = Date.parse("2023-01-02T09:00:00Z");
  let lastId = 1000;
  let fresh = 0;

  const emit = (issue: SimIssue, kind: string, fields: Partial<IssueEvent> = {}) => {
    events.push({
      id: ++lastId,
      issue: issue.number,
      at,
      actor: random() < 0.1 ? null : "ana",
      kind,
      ...fields,
    });
    issue.updatedAt = at;
  };
  const alive = (things: Thing[]) => things.filter(({ gone }) => !gone);
  const some = () => pick(issues);
  const unusedName = (things: Thing[], stem: string) => {
    // Now and then a name that something else bore before: GitHub allows it once it is free.
    const free = things
      .map(({ name }) => name)
      .concat(former)
      .filter((name) => !alive(things).some((t) => t.name === name));
    return (
      (random() < 0.3 ? pick(free.filter((name) => stems(things, name))) : undefined) ?? `${stem} ${++fresh}`
    );
  };
  const former: string[] = [];
  const stems = (things: Thing[], name: string) => (things === labels) === !name.startsWith("milestone");
  const rename = (target: Thing | undefined, name: string) => {
    if (target === undefined) return;
    former.push(target.name);
    target.name = name;
  };

  const acts: Record<keyof Weights, () => void> = {
    create() {
      const issue: SimIssue = {
        number: issues.length + 1,
        createdAt: at,
        updatedAt: at,
        closedAt: null,
        title: `Issue ${issues.length + 1}`,
        state: "open",
        labels: new Set(),
        milestone: null,
        assignees: new Set(),
      };
      issues.push(issue);
      for (const label of alive(labels)) if (random() < 0.25) addLabel(issue, label);
    },
    label() {
      const [issue, label] = [some(), pick(alive(labels))];
      if (issue && label && !issue.labels.has(label)) addLabel(issue, label);
    },
    unlabel() {
      const issue = some();
      const label = issue && pick([...issue.labels]);
      if (!issue || !label) return;
      issue.labels.delete(label);
      emit(issue, "unlabeled", { label: label.name });
    },
    milestone() {
      const [issue, milestone] = [some(), pick(alive(milestones))];
      if (!issue || !milestone || issue.milestone === milestone) return;
      if (issue.milestone !== null) emit(issue, "demilestoned", { milestone: issue.milestone.name });
      issue.milestone = milestone;
      emit(issue, "milestoned", { milestone: milestone.name });
    },
    demilestone() {
      const issue = some();
      if (!issue?.milestone) return;
      emit(issue, "demilestoned", { milestone: issue.milestone.name });
      issue.milestone = null;
    },
    close() {
      const issue = some();
      if (!issue || issue.state === "closed") return;
      issue.state = "closed";
      issue.closedAt = at;
      emit(issue, "closed", { stateReason: null });
    },
    reopen() {
      const issue = some();
      if (!issue || issue.state === "open") return;
      issue.state = "open";
      issue.closedAt = null;
      emit(issue, "reopened");
    },
    retitle() {
      const issue = some();
      if (!issue) return;
      const to = `${issue.title}'`;
      emit(issue, "renamed", { rename: { from: issue.title, to } });
      issue.title = to;
    },
    assign() {
      const [issue, login] = [some(), pick(["ana", "bo", "cy"])!];
      if (!issue || issue.assignees.has(login)) return;
      issue.assignees.add(login);
      emit(issue, "assigned", { assignee: login });
    },
    unassign() {
      const issue = some();
      const login = issue && pick([...issue.assignees]);
      if (!issue || !login) return;
      issue.assignees.delete(login);
      emit(issue, "unassigned", { assignee: login });
    },
    renameLabel: () => rename(pick(alive(labels)), unusedName(labels, "label")),
    renameMilestone: () => rename(pick(alive(milestones)), unusedName(milestones, "milestone")),
    swapLabels() {
      const [a, b] = [pick(alive(labels)), pick(alive(labels))];
      if (a && b && a !== b) [a.name, b.name] = [b.name, a.name];
    },
    deleteLabel() {
      const label = pick(alive(labels));
      if (!label) return;
      label.gone = true;
      former.push(label.name);
      for (const issue of issues) issue.labels.delete(label);
      labels.push(thing(labels.length + 1, unusedName(labels, "label")));
    },
    deleteMilestone() {
      const milestone = pick(alive(milestones));
      if (!milestone) return;
      milestone.gone = true;
      former.push(milestone.name);
      for (const issue of issues) if (issue.milestone === milestone) issue.milestone = null;
      milestones.push(thing(milestones.length + 1, unusedName(milestones, "milestone")));
    },
    silentLabel() {
      acts.create();
      const [issue, label] = [issues.at(-1)!, pick(alive(labels))];
      if (label) issue.labels.add(label);
    },
  };
  function addLabel(issue: SimIssue, label: Thing): void {
    issue.labels.add(label);
    emit(issue, "labeled", { label: label.name });
  }

  const names = Object.keys(acts) as (keyof Weights)[];
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  for (let step = 0; step < steps; step++) {
    at += 1000 + Math.floor(random() * 7_200_000);
    let left = random() * total;
    const name =
      names.find((candidate) => {
        left -= weights[candidate];
        return left < 0;
      }) ?? "create";
    acts[issues.length < 5 ? "create" : name]();
    truth.push({ at, issues: issues.map(stateOf) });
  }
  const observedAt = at + 3_600_000;
  return {
    truth,
    labelNames: new Map(alive(labels).map(({ id, name }) => [id, name])),
    page: {
      issues: issues.map((issue) => observationOf(issue, observedAt)),
      events,
      comments: [],
      labels: alive(labels).map(({ id, name }) => ({
        id,
        name,
        observedAt,
        color: "ededed",
        description: null,
      })),
      milestones: alive(milestones).map(({ id, name }) => ({
        number: id,
        title: name,
        observedAt,
        state: "open",
        dueOn: null,
        createdAt: null,
        closedAt: null,
      })),
    },
  };
}

function thing(id: number, name: string): Thing {
  return { id, name, gone: false };
}

function stateOf(issue: SimIssue): TrueState {
  return {
    number: issue.number,
    title: issue.title,
    state: issue.state,
    labels: [...issue.labels].map(({ id, name }) => ({ id, name })),
    milestone: issue.milestone && { id: issue.milestone.id, name: issue.milestone.name },
    assignees: [...issue.assignees].sort(),
  };
}

function observationOf(issue: SimIssue, observedAt: number): IssueObservation {
  const { number, createdAt, updatedAt, closedAt, title, state } = issue;
  return {
    number,
    observedAt,
    createdAt,
    updatedAt,
    closedAt,
    title,
    state,
    stateReason: state === "closed" ? "completed" : null,
    labels: [...issue.labels].map(({ name }) => name),
    milestone: issue.milestone && { number: issue.milestone.id, title: issue.milestone.name },
    assignees: [...issue.assignees].sort(),
    author: "ana",
    pullRequest: false,
    url: `https://github.invalid/team/product/issues/${number}`,
    body: null,
    parent: null,
  };
}

import type { DeletedName } from "../core/model/delivery.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { alive, type SimIssue, SimulatedWorld } from "./simulated-world.ts";
import type { Weights } from "./weights.ts";

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
  /** What a webhook would tell of labels and milestones that were deleted. */
  deletions: DeletedName[];
  /** Names in the end, by identity; deleted things are missing. */
  labelNames: Map<number, string>;
}

/** Lives a repository's life for `steps` changes. */
export function simulate(seed: number, steps: number, weights: Weights): Simulation {
  const world = new SimulatedWorld(seed);
  const truth: Simulation["truth"] = [];
  const names = Object.keys(weights) as (keyof Weights)[];
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  for (let step = 0; step < steps; step++) {
    world.at += 1000 + Math.floor(world.random() * 7_200_000);
    let left = world.random() * total;
    const name = names.find((candidate) => {
      left -= weights[candidate];
      return left < 0;
    });
    world[world.issues.length < 5 ? "create" : (name ?? "create")]();
    truth.push({ at: world.at, issues: world.issues.map(stateOf) });
  }
  return {
    truth,
    deletions: world.deletions,
    labelNames: new Map(alive(world.labels).map(({ id, name }) => [id, name])),
    page: pageOf(world, world.at + 3_600_000),
  };
}

/** All that GitHub lists at an instant. */
function pageOf({ issues, events, labels, milestones }: SimulatedWorld, observedAt: number): HistoryPage {
  return {
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
    milestones: alive(milestones).map(({ id, name, createdAt }) => ({
      number: id,
      title: name,
      observedAt,
      state: "open",
      dueOn: null,
      createdAt,
      closedAt: null,
    })),
  };
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

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IssueEvent } from "../core/model/event.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { simulate } from "./simulate.ts";
import type { Weights } from "./weights.ts";

/** A backup folder as it stands after one run: an issue's file is as old as its last update. */
export interface SimulatedBackup {
  /** When it ran, epoch milliseconds. */
  at: number;
  /** Contents by path below the folder. */
  files: Map<string, string>;
}

export interface BackupLife {
  seed: number;
  /** Steps lived by each run of the backup, rising. */
  runs: readonly number[];
  weights: Weights;
  /** Whether labels.json and milestones.json stand beside. */
  listings?: boolean;
  /** From this run on, ana is called anna, and what she did to every seventh issue is gone with a second account. */
  accountsChangeAt?: number;
}

const api = "https://api.github.com/repos/team/product";
const iso = (at: number) => new Date(at).toISOString();

/** One repository's life as a backup saw it again and again: only what changed since the last run is fetched again. */
export function simulateBackups({
  seed,
  runs,
  weights,
  listings,
  accountsChangeAt,
}: BackupLife): SimulatedBackup[] {
  let files = new Map<string, string>();
  const updated = new Map<number, number>();
  return runs.map((steps, run) => {
    const { page } = simulate(seed, steps, weights);
    const at = page.issues[0]?.observedAt ?? 0;
    files = new Map(files);
    const changed = accountsChangeAt !== undefined && run >= accountsChangeAt;
    for (const issue of page.issues) {
      if (updated.get(issue.number) === issue.updatedAt) continue;
      updated.set(issue.number, issue.updatedAt);
      files.set(`issues/${issue.number}.json`, fileOf(issue, page, changed));
    }
    files.set("state.json", JSON.stringify({ version: 2, last_backup: iso(at) }));
    if (listings) {
      files.set("labels.json", JSON.stringify(page.labels.map(labelOf)));
      files.set("milestones.json", JSON.stringify(page.milestones.map(milestoneOf)));
    }
    return { at, files };
  });
}

/** Writes a backup as a folder. */
export function writeBackup({ files }: SimulatedBackup, folder: string): void {
  mkdirSync(join(folder, "issues"), { recursive: true });
  for (const [path, content] of files) writeFileSync(join(folder, path), content);
}

function fileOf(issue: IssueObservation, page: HistoryPage, changed: boolean): string {
  const login = (name: string) => (changed && name === "ana" ? "anna" : name);
  const labels = new Map(page.labels.map((label) => [label.name, label]));
  const milestones = new Map(page.milestones.map((milestone) => [milestone.number, milestone]));
  const events = page.events
    .filter((event) => event.issue === issue.number)
    .filter((event) => !(changed && issue.number % 7 === 0 && event.id % 3 === 0));
  const milestone = issue.milestone === null ? undefined : milestones.get(issue.milestone.number);
  const object = {
    url: `${api}/issues/${issue.number}`,
    repository_url: api,
    html_url: issue.url,
    number: issue.number,
    title: issue.title,
    user: { login: login("ana") },
    labels: issue.labels.flatMap((name) => labels.get(name) ?? []).map(labelOf),
    state: issue.state,
    state_reason: issue.stateReason,
    assignees: issue.assignees.map((name) => ({ login: login(name) })),
    milestone: milestone === undefined ? null : milestoneOf(milestone),
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : iso(issue.closedAt),
  };
  return JSON.stringify({
    type: "issue",
    issue: object,
    events: events.map((event) => eventOf(event, login)),
  });
}

const labelOf = ({ id, name, color }: HistoryPage["labels"][number]) => ({ id, name, color });
const milestoneOf = ({ number, title, state, createdAt }: HistoryPage["milestones"][number]) => ({
  number,
  title,
  state,
  created_at: createdAt === null ? null : iso(createdAt),
});

function eventOf(event: IssueEvent, login: (name: string) => string) {
  const { id, at, actor, kind, label, milestone, assignee, rename } = event;
  return {
    id,
    event: kind,
    created_at: iso(at),
    actor: actor === null ? null : { login: login(actor) },
    ...(label === undefined ? {} : { label: { name: label } }),
    ...(milestone === undefined ? {} : { milestone: { title: milestone } }),
    ...(assignee === undefined ? {} : { assignee: { login: login(assignee) } }),
    ...(rename === undefined ? {} : { rename }),
  };
}

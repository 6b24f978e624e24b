import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One issue or pull request of a made-up backup, with its timeline. Instants are ISO strings. */
export interface BackupIssue {
  number: number;
  title?: string;
  created: string;
  closed?: string;
  /** Why it was closed; without it, completed. */
  reason?: string;
  body?: string;
  labels?: string[];
  milestone?: { number: number; title: string };
  pull?: boolean;
  /** Address of its parent in the API. */
  parent?: string;
  /** Who opened it; without it, dev. */
  user?: { login: string };
  updated?: string;
  /** Its GitHub; without it, github.com. */
  web?: string;
  /** Of the timeline, without ids. */
  events?: ({ event: string; created_at: string } & Record<string, unknown>)[];
}

export const backupRepository = "acme/shop";

/** Writes a folder as github-metadata-backup does. `at`: the instant of the backup. Ids are alike in every repository. */
export function writeBackup(
  folder: string,
  at: string,
  issues: readonly BackupIssue[],
  milestones: readonly { number: number; title: string }[],
  repository: string = backupRepository,
): void {
  for (const part of ["issues", "pulls"]) mkdirSync(join(folder, part), { recursive: true });
  const put = (path: string, value: unknown) => writeFileSync(join(folder, path), JSON.stringify(value));
  put("state.json", { version: 2, last_backup: at });
  put(
    "milestones.json",
    milestones.map((milestone) => ({ ...milestone, state: "open", created_at: "2020-01-01T00:00:00Z" })),
  );
  for (const issue of issues) {
    const kind = issue.pull ? "pull" : "issue";
    put(`${kind}s/${issue.number}.json`, {
      type: kind,
      [kind]: objectOf(issue, repository),
      events: (issue.events ?? []).map((event, index) => ({
        id: issue.number * 1000 + index,
        actor: { login: "dev" },
        ...(event.event === "commented" ? { user: { login: "dev" }, updated_at: event.created_at } : {}),
        ...event,
      })),
    });
  }
}

function objectOf(issue: BackupIssue, repository: string): Record<string, unknown> {
  const { number, title, created, closed, reason, body, labels, milestone, updated, parent } = issue;
  const url = `https://api.github.com/repos/${repository}/issues/${number}`;
  return {
    number,
    url,
    html_url: `${issue.web ?? "https://github.com"}/${repository}/issues/${number}`,
    title: title ?? `Task ${number}`,
    user: issue.user ?? { login: "dev" },
    state: closed === undefined ? "open" : "closed",
    state_reason: closed === undefined ? null : (reason ?? "completed"),
    created_at: created,
    updated_at: updated ?? closed ?? created,
    closed_at: closed ?? null,
    body: body ?? null,
    ...(parent === undefined ? {} : { parent_issue_url: parent }),
    assignees: [],
    labels: (labels ?? []).map((name, index) => ({ id: number * 100 + index, name, color: "ededed" })),
    milestone: milestone === undefined ? null : { ...milestone, state: "open" },
  };
}

/** Events as timelines have them. */
export const labeled = (at: string, name: string) => ({ event: "labeled", created_at: at, label: { name } });
export const milestoned = (at: string, title: string) => ({
  event: "milestoned",
  created_at: at,
  milestone: { title },
});
export const commented = (at: string, body: string) => ({ event: "commented", created_at: at, body });

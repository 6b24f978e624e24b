import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../program.ts";
import { type BackupIssue, commented, labeled, milestoned, writeBackup } from "./backup-folder.ts";
import { type ServedRepository, servedFromBackup } from "./github/repository.ts";
import { type DoubleOptions, startDouble } from "./github/server.ts";
import { quietIo } from "./quiet-io.ts";

interface Told {
  milestones: { number: number; title: string }[];
  issues: BackupIssue[];
}

const api = { number: 1, title: "Sprint 1" };
const web = { number: 7, title: "Sprint 1" };
/** It has the number of another repository's sprint. */
const ideas = { number: 1, title: "Ideas" };
const infra = { number: 2, title: "Sprint 1" };

const planned = "2026-02-27T09:00:00Z";
const task = (
  number: number,
  size: string,
  milestone: BackupIssue["milestone"],
  more: Partial<BackupIssue> = {},
) => {
  const labels = [`size: ${size}`, ...(more.labels ?? [])];
  return {
    number,
    created: "2026-02-20T09:00:00Z",
    updated: "2026-03-27T09:00:00Z",
    ...(milestone === undefined ? {} : { milestone }),
    ...more,
    labels,
    events: [
      ...labels.map((name) => labeled(planned, name)),
      ...(milestone === undefined ? [] : [milestoned(planned, milestone.title)]),
      ...(more.events ?? []),
    ],
  } satisfies BackupIssue;
};
const closed = (at: string, state_reason: string | null = null) => ({
  event: "closed",
  created_at: at,
  state_reason,
});
const issueUrl = (repository: string, number: number) =>
  `https://api.github.com/repos/${repository}/issues/${number}`;
const childOf = (repository: string, number: number) => ({
  event: "parent_issue_added",
  created_at: planned,
  parent_issue: { number, url: issueUrl(repository, number) },
});

/**
 * Three repositories that share numbers, ids and names, so that whatever is told apart by number alone comes out wrong:
 * every one has an issue 1, 2 and 3, and event 1000 is another one in each.
 */
export const threeRepositories: Record<string, Told> = {
  "acme/api": {
    milestones: [api],
    issues: [
      task(1, "L", api, {
        closed: "2026-03-05T09:00:00Z",
        events: [commented("2026-03-04T09:00:00Z", "/spend 1d"), closed("2026-03-05T09:00:00Z")],
      }),
      task(2, "M", api, { labels: ["technical debt"] }),
      task(5, "L", api, { title: "Umbrella" }),
      {
        number: 9,
        created: "2026-03-09T09:00:00Z",
        updated: "2026-03-09T09:00:00Z",
        pull: true,
        body: "closes acme/infra#3\n\n/spend 4h",
      },
    ],
  },
  "acme/web": {
    milestones: [ideas, web],
    issues: [
      task(1, "S", ideas, { events: [commented("2026-03-04T10:00:00Z", "/spend 3d")] }),
      task(2, "L", web, {
        labels: ["technical debt"],
        closed: "2026-03-04T09:00:00Z",
        events: [closed("2026-03-04T09:00:00Z")],
      }),
      task(3, "M", undefined, {
        milestone: web,
        closed: "2026-03-20T09:00:00Z",
        events: [milestoned("2026-03-06T09:00:00Z", web.title), closed("2026-03-20T09:00:00Z")],
      }),
      task(5, "M", web, {
        title: "Under the umbrella",
        parent: issueUrl("acme/api", 5),
        events: [childOf("acme/api", 5)],
      }),
      {
        number: 9,
        created: "2026-03-03T09:00:00Z",
        updated: "2026-03-03T09:00:00Z",
        pull: true,
        body: "Fixes #2\n\n/spend 2h",
      },
    ],
  },
  "acme/infra": {
    milestones: [infra],
    issues: [
      {
        ...task(1, "M", infra, {
          labels: [],
          events: [
            labeled("2026-03-03T09:00:00Z", "technical debt"),
            { event: "demilestoned", created_at: "2026-03-09T09:00:00Z", milestone: { title: infra.title } },
          ],
        }),
        labels: ["size: M", "technical debt"],
        milestone: undefined,
      },
      task(2, "S", infra, {
        closed: "2026-03-06T09:00:00Z",
        events: [closed("2026-03-06T09:00:00Z", "not_planned")],
      }),
      {
        ...task(3, "M", infra, {
          events: [
            { event: "unlabeled", created_at: "2026-03-10T09:00:00Z", label: { name: "size: M" } },
            labeled("2026-03-10T09:00:00Z", "size: L"),
          ],
        }),
        labels: ["size: L"],
      },
    ],
  },
};

export const threeNames: string[] = Object.keys(threeRepositories);

const sprint = (number: number, firstDay: string, lastDay: string) =>
  `---\nnumber: ${number}\ntitle: Sprint ${number}\ngoal: Go on\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n---\n`;

/** Their team in Berlin, in a folder; close it. Sprint 1 is 2 to 13 March 2026, sprint 2 is 16 to 27. */
export function teamOfThree(names: readonly string[] = threeNames) {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-three-"));
  const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  let now = Date.parse("2026-04-10T09:00:00Z");
  const write = (path: string, text: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const settings = (list: readonly string[], more = "") =>
    write("content/settings.yml", `repositories: [${list.join(", ")}]\ntimeZone: Europe/Berlin\n${more}`);
  settings(names);
  write("content/sprints/01.md", sprint(1, "2026-03-02", "2026-03-13"));
  write("content/sprints/02.md", sprint(2, "2026-03-16", "2026-03-27"));
  const env: Record<string, string> = {};
  const call = async (...args: string[]) => {
    const io = quietIo({ cwd: folder, now, columns: 300, env });
    const code = await run(args, io, "0.0.0");
    return { code, ...io.printed };
  };
  return {
    folder,
    write,
    settings,
    call,
    env,
    read: (path: string) => readFileSync(join(folder, path), "utf8"),
    async close() {
      for (const end of endings) await end();
    },
    told: async (...args: string[]) => JSON.parse((await call(...args, "--json")).out),
    at: (instant: string) => {
      now = Date.parse(instant);
    },
    /** Where the backup of a repository stands. */
    backup(name: string, at = "2026-03-30T09:00:00Z"): string {
      const told = threeRepositories[name] ?? { issues: [], milestones: [] };
      const dir = join(folder, "backups", name.replace("/", "-"));
      writeBackup(dir, at, told.issues, told.milestones, name);
      return dir;
    },
    /** A GitHub that has these repositories, and is asked from now on. */
    async gitHub(served: readonly string[] = names, options: DoubleOptions = {}) {
      const repositories: ServedRepository[] = [];
      for (const name of served) repositories.push(await servedFromBackup(this.backup(name), name));
      const [first, ...beside] = repositories;
      if (first === undefined) throw new Error("no repository to serve");
      const double = await startDouble(first, { now: () => now, beside, ...options });
      endings.push(() => double.close());
      env.GITHUB_API_URL = double.url;
      return { double, repositories };
    },
  };
}

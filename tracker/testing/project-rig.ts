import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncGitHub } from "../commands/sync/github.ts";
import { present } from "../core/model/present.ts";
import { run } from "../program.ts";
import type { Store } from "../store/store.ts";
import {
  createGraph,
  type GraphBody,
  readSchema,
  type ServedCard,
  type ServedChange,
  type ServedProject,
  type ServedProjects,
} from "./github/graph.ts";
import { wholeEvent, wholeIssue } from "./github/objects.ts";
import type { ServedRepository } from "./github/repository.ts";
import type { DoubleOptions } from "./github/server.ts";
import { type QuietIo, quietIo } from "./quiet-io.ts";
import { ioFor, quick, serve } from "./sync-rig.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const teamName = "octo/rocket";

export const roadmap: ServedProject = {
  number: 7,
  title: "Roadmap",
  statuses: ["Todo", "In Progress", "Done"],
  iterations: {
    Sprint: [
      { id: "a1", title: "Sprint 1", startDate: "2026-01-05", duration: 14 },
      { id: "a2", title: "Sprint 2", startDate: "2026-01-19", duration: 14 },
    ],
  },
};

export const elsewhere: ServedProject = {
  number: 3,
  title: "Elsewhere",
  statuses: ["Inbox"],
  iterations: {},
};

/** Day of January 2026, at noon. */
export const january = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`;

/** Open issues 1 to `count`, made on the first of January, the odd ones in the milestone Sprint 1 since the second. */
export function team(count: number): { served: ServedRepository; told: ServedProjects } {
  const milestone = { number: 1, id: 1, title: "Sprint 1", state: "open", created_at: january(1) };
  const served: ServedRepository = {
    name: teamName,
    issues: [],
    events: [],
    comments: [],
    milestones: [],
    labels: [],
  };
  for (let number = 1; number <= count; number += 1) {
    const odd = number % 2 === 1;
    const raw = {
      number,
      title: `Issue ${number}`,
      state: "open",
      user: { login: "ana" },
      created_at: january(1),
      updated_at: january(2),
      milestone: odd ? milestone : null,
    };
    const issue = wholeIssue(raw, false);
    served.issues.push(issue);
    const put = {
      id: number,
      event: "milestoned",
      created_at: january(2),
      actor: { login: "ana" },
      milestone,
    };
    if (odd) served.events.push(wholeEvent(put, issue));
  }
  return { served, told: { cards: new Map(), changes: new Map() } };
}

export const cardIn = (project: ServedProject, status: string | null, sprint?: string): ServedCard => ({
  project,
  status,
  iterations: sprint === undefined ? {} : { Sprint: sprint },
});

export const moved = (day: number, from: string, to: string, project = roadmap): ServedChange => ({
  kind: "ProjectV2ItemStatusChangedEvent",
  at: january(day),
  project,
  from,
  to,
});

export const added = (day: number, project: ServedProject | null = roadmap): ServedChange => ({
  kind: "AddedToProjectV2Event",
  at: january(day),
  project,
});

export const removed = (day: number, project = roadmap): ServedChange => ({
  kind: "RemovedFromProjectV2Event",
  at: january(day),
  project,
});

const schema = readSchema();

export interface ProjectDouble {
  url: string;
  /** Every GraphQL question that arrived. */
  asked: GraphBody[];
  /** Every request, REST and GraphQL. */
  log: { url: string; status: number }[];
}

/** A double with GraphQL; `instead` may answer in its place: the nth question, from 1. */
export async function serveProjects(
  { served, told }: ReturnType<typeof team>,
  options: DoubleOptions & { instead?: (nth: number, body: GraphBody) => unknown } = {},
): Promise<ProjectDouble> {
  const answer = createGraph(schema, served, told);
  const asked: GraphBody[] = [];
  const graph = async (body: GraphBody): Promise<unknown> => {
    asked.push(body);
    return options.instead?.(asked.length, body) ?? (await answer(body));
  };
  const double = await serve(served, { ...options, graph });
  return { url: double.url, asked, log: double.log };
}

export const token = { GITHUB_TOKEN: "ghp_aTokenOfTests" };

/** A folder with content and the command line over it, in the afternoon of that day of January. */
export function commandLine(
  double: { url: string },
  content: { settings: string; sprint: string },
): { io: QuietIo; folder: string; call: (...args: string[]) => Promise<number>; out: () => unknown } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "content/sprints"), { recursive: true });
  writeFileSync(
    join(folder, "content/settings.yml"),
    `repository: ${teamName}\ntimeZone: Etc/UTC\n${content.settings}`,
  );
  writeFileSync(
    join(folder, "content/sprints/01.md"),
    `---\nnumber: 1\ntitle: Sprint 1\ngoal: Fly\nfirstDay: 2026-01-05\nlastDay: 2026-01-18\n${content.sprint}---\n`,
  );
  const io = quietIo({
    cwd: folder,
    now: Date.parse("2026-01-20T15:00:00Z"),
    env: { ...token, GITHUB_API_URL: double.url },
  });
  const call = (...args: string[]) => {
    io.printed.out = "";
    io.printed.err = "";
    return run(args, io, "0.0.0");
  };
  return { io, folder, call, out: () => JSON.parse(io.printed.out) };
}

/** Lanes that ask for statuses, as settings say it. */
export const lanes = `lanes:
  - { name: Backlog, role: backlog, when: { state: open, member: false } }
  - { name: Sprint, role: sprint, when: { state: open, member: true } }
  - { name: Doing, role: progress, when: { status: [In Progress] } }
  - { name: Done, role: done, when: { status: [Done] } }
`;
export const evening = () => Date.parse("2026-01-20T14:00:00Z");

export const sync = (store: Store, double: { url: string }, projects = true) =>
  syncGitHub(store, teamName, ioFor(double, {}, token), { ...quick, projects });

/** What of an issue's history stems from projects, as `value: from – to, how it is known`. */
export function told(store: Store, number: number, attribute: "status" | "iteration" = "status"): string[] {
  store.refresh();
  const day = (at: number) => (at > 8e15 ? "…" : new Date(at).toISOString().slice(5, 10));
  const [timeline] = store.timelines({ numbers: [number] });
  return present(timeline)
    .intervals.filter((i) => i.attribute === attribute)
    .map((i) => `${i.value}: ${day(i.from)} – ${day(i.to)}, ${i.provenance}`);
}

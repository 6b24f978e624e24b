import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { present } from "../../core/model/present.ts";
import { wholeComment, wholeEvent, wholeIssue, wholeMilestone } from "./objects.ts";

type Json = Record<string, unknown>;

/** A path is the address of a transferred issue in another repository that the double serves. */
export type Departure = "transferred" | "transferred out of sight" | "deleted" | `/${string}`;

/** What the double serves, as GitHub would answer it. Tests add to it to make the repository live on. */
export interface ServedRepository {
  name: string;
  issues: Json[];
  events: Json[];
  comments: Json[];
  milestones: Json[];
  labels: Json[];
  /** Numbers of issues that were here, with what became of them. Their events and comments are gone with them. */
  gone?: Map<number, Departure>;
  /** Issues that no listing shows, though they are there. */
  hidden?: Json[];
  /** Events that only the listing of their own issue shows. */
  ownEvents?: Json[];
}

/** An issue leaves, as by GitHub's own hand: no listing shows anything of it any more, and no event tells of it. */
export function remove(served: ServedRepository, number: number, how: Departure): void {
  served.issues = served.issues.filter((issue) => issue.number !== number);
  served.events = served.events.filter(({ issue }) => (issue as Json).number !== number);
  served.comments = served.comments.filter(({ issue_url }) => !String(issue_url).endsWith(`/${number}`));
  served.gone = new Map([...(served.gone ?? []), [number, how]]);
}

/** Kinds that the repository's event listing does not carry: they are the timeline's own. */
const timelineOnly = new Set([
  "commented",
  "committed",
  "reviewed",
  "cross-referenced",
  "line-commented",
  "commit-commented",
]);

async function filesIn(dir: string): Promise<Json[]> {
  const names = await readdir(dir).catch(() => []);
  const read = names
    .filter((n) => n.endsWith(".json"))
    .map(async (n) => JSON.parse(await readFile(join(dir, n), "utf8")) as Json);
  return Promise.all(read);
}

async function listIn(file: string): Promise<Json[]> {
  return JSON.parse(await readFile(file, "utf8").catch(() => "[]")) as Json[];
}

const byKey = (items: Json[], key: string): Json[] => [...new Map(items.map((i) => [i[key], i])).values()];

/** Reads a metadata backup folder into a repository to serve. */
export async function servedFromBackup(dir: string, name: string): Promise<ServedRepository> {
  const served: ServedRepository = { name, issues: [], events: [], comments: [], milestones: [], labels: [] };
  for (const folder of ["issues", "pulls"])
    for (const file of await filesIn(join(dir, folder))) {
      const pull = folder === "pulls";
      const issue = wholeIssue((file.issue ?? file.pull) as Json, pull);
      served.issues.push(issue);
      served.milestones.push(...(issue.milestone === null ? [] : [issue.milestone as Json]));
      served.labels.push(...(issue.labels as Json[]));
      for (const event of file.events as Json[])
        if (event.event === "commented") served.comments.push(wholeComment(event, String(issue.url)));
        else if (!timelineOnly.has(String(event.event))) served.events.push(wholeEvent(event, issue));
    }
  served.milestones.push(
    ...(await listIn(join(dir, "milestones.json"))).map((m) => present(wholeMilestone(m))),
  );
  served.labels.push(...(await listIn(join(dir, "labels.json"))));
  served.milestones = byKey(served.milestones, "number");
  served.labels = byKey(served.labels, "id");
  return served;
}

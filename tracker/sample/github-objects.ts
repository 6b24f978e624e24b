import { createHash } from "node:crypto";
import { present } from "../core/model/present.ts";
import type { Source } from "./source.ts";

export type Json = Record<string, unknown>;

/** Builds the REST objects of one made-up repository. */
export interface Objects {
  /** Address of the repository in the API, and of its pages. */
  api: string;
  web: string;
  nodeId(kind: string, id: number): string;
  user(login: string): Json;
  label(name: string): Json;
  milestone(number: number): Json;
  addresses(number: number, kind: "issues" | "pull"): Json;
  /** The name that a label or milestone carried at an ISO instant: events keep the name of their day. */
  labelAt(name: string, at: string): string;
  milestoneAt(number: number, at: string): string;
}

/** All addresses are under the source's `host`. `toIso`: wall-clock time of the source's zone to an ISO instant. */
export function objectsOf(source: Source, toIso: (wallClock: string) => string): Objects {
  const { host, repository } = source;
  const api = `https://api.${host}/repos/${repository}`;
  const web = `https://${host}/${repository}`;
  const milestoneOf = (number: number) => present(source.milestones.find((entry) => entry.number === number));
  const nameAt = (entry: Renamable, now: string, at: string) =>
    entry.was !== undefined && entry.renamed !== undefined && at < toIso(entry.renamed) ? entry.was : now;
  return {
    api,
    web,
    nodeId,
    user: (login) => userObject(login, host),
    label: (name) => labelObject(source, name, api),
    milestone: (number) => milestoneObject(milestoneOf(number), source, { api, web }, toIso),
    addresses: (number, kind) => addressesOf(number, kind, { api, web }),
    labelAt: (name, at) => nameAt(present(source.labels.find((entry) => entry.name === name)), name, at),
    milestoneAt: (number, at) => nameAt(milestoneOf(number), milestoneOf(number).title, at),
  };
}

interface Renamable {
  was?: string | undefined;
  renamed?: string | undefined;
}

const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}:${id}`).toString("base64");

function userObject(login: string, host: string): Json {
  const id = createHash("sha256").update(login).digest().readUInt32BE(0);
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `https://avatars.${host}/u/${id}`,
    url: `https://api.${host}/users/${login}`,
    html_url: `https://${host}/${login}`,
    type: "User",
    site_admin: false,
  };
}

function labelObject({ labels }: Source, name: string, api: string): Json {
  const index = labels.findIndex((entry) => entry.name === name);
  const { description, color } = present(labels[index]);
  const id = 1_570_000_001 + index;
  return {
    id,
    node_id: nodeId("Label", id),
    url: `${api}/labels/${encodeURIComponent(name)}`,
    name,
    description,
    color,
    default: false,
  };
}

function milestoneObject(
  { number, title, created, closed: closedAt, due }: Source["milestones"][number],
  { author, host, snapshot }: Source,
  { api, web }: Pick<Objects, "api" | "web">,
  toIso: (wallClock: string) => string,
): Json {
  const closed = closedAt <= snapshot;
  return {
    url: `${api}/milestones/${number}`,
    html_url: `${web}/milestone/${number}`,
    labels_url: `${api}/milestones/${number}/labels`,
    id: 4_690_000 + number,
    node_id: nodeId("Milestone", 4_690_000 + number),
    number,
    title,
    description: "",
    creator: userObject(author, host),
    state: closed ? "closed" : "open",
    created_at: toIso(created),
    updated_at: toIso(closed ? closedAt : created),
    // GitHub keeps only the day of a due date and shows it as the morning of that day.
    due_on: `${due}T07:00:00Z`,
    ...(closed ? { closed_at: toIso(closedAt) } : {}),
  };
}

const addressesOf = (
  number: number,
  kind: "issues" | "pull",
  { api, web }: Pick<Objects, "api" | "web">,
): Json => ({
  url: `${api}/${kind === "pull" ? "pulls" : "issues"}/${number}`,
  repository_url: api,
  labels_url: `${api}/issues/${number}/labels{/name}`,
  comments_url: `${api}/issues/${number}/comments`,
  events_url: `${api}/issues/${number}/events`,
  html_url: `${web}/${kind}/${number}`,
  id: 497_000_000 + number,
  node_id: nodeId(kind === "pull" ? "PullRequest" : "Issue", 497_000_000 + number),
  number,
});

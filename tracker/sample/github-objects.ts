import { createHash } from "node:crypto";
import type { Source } from "./source.ts";

export type Json = Record<string, unknown>;

/** Builds the REST objects of one made-up repository. All addresses are under the source's `host`. */
export function objectsOf(source: Source, toIso: (wallClock: string) => string) {
  const api = `https://api.${source.host}/repos/${source.repository}`;
  const web = `https://${source.host}/${source.repository}`;
  const nodeId = (kind: string, id: number) => Buffer.from(`${kind}:${id}`).toString("base64");

  const user = (login: string): Json => {
    const id = createHash("sha256").update(login).digest().readUInt32BE(0);
    return {
      login,
      id,
      node_id: nodeId("User", id),
      avatar_url: `https://avatars.${source.host}/u/${id}`,
      url: `https://api.${source.host}/users/${login}`,
      html_url: `https://${source.host}/${login}`,
      type: "User",
      site_admin: false,
    };
  };

  const label = (name: string): Json => {
    const index = source.labels.findIndex((entry) => entry.name === name);
    const id = 1_570_000_001 + index;
    return {
      id,
      node_id: nodeId("Label", id),
      url: `${api}/labels/${encodeURIComponent(name)}`,
      name,
      description: source.labels[index]!.description,
      color: source.labels[index]!.color,
      default: false,
    };
  };

  const milestone = (number: number): Json => {
    const found = source.milestones.find((entry) => entry.number === number)!;
    const closed = found.closed <= source.snapshot;
    return {
      url: `${api}/milestones/${number}`,
      html_url: `${web}/milestone/${number}`,
      labels_url: `${api}/milestones/${number}/labels`,
      id: 4_690_000 + number,
      node_id: nodeId("Milestone", 4_690_000 + number),
      number,
      title: found.title,
      description: "",
      creator: user(source.author),
      state: closed ? "closed" : "open",
      created_at: toIso(found.created),
      updated_at: toIso(closed ? found.closed : found.created),
      // GitHub keeps only the day of a due date and shows it as the morning of that day.
      due_on: `${found.due}T07:00:00Z`,
      ...(closed ? { closed_at: toIso(found.closed) } : {}),
    };
  };

  const addresses = (number: number, kind: "issues" | "pull"): Json => ({
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

  /** The name a label or milestone carried at an instant: events keep the name of their day. */
  const nameAt = (
    entry: { was?: string | undefined; renamed?: string | undefined },
    now: string,
    at: string,
  ) =>
    entry.was !== undefined && entry.renamed !== undefined && at < toIso(entry.renamed) ? entry.was : now;
  const labelAt = (name: string, at: string) => nameAt(source.labels.find((l) => l.name === name)!, name, at);
  const milestoneAt = (number: number, at: string) => {
    const found = source.milestones.find((entry) => entry.number === number)!;
    return nameAt(found, found.title, at);
  };

  return { api, web, nodeId, user, label, milestone, addresses, labelAt, milestoneAt };
}

export type Objects = ReturnType<typeof objectsOf>;

import type { RawPage } from "../core/model/page.ts";
import { addressOf, ask } from "./ask.ts";
import type { Graph } from "./ask-graph.ts";
import type { Client } from "./client.ts";
import { askIssueFields } from "./pull-issue-fields.ts";
import { askPlacements, askProjects } from "./pull-projects.ts";

/** The listings that a sync reads, in its order, each as it is first asked for. */
export const listings = [
  { name: "milestones", kind: "milestones", path: "milestones", query: { state: "all" } },
  { name: "labels", kind: "labels", path: "labels", query: {} },
  {
    name: "issues",
    kind: "issues",
    path: "issues",
    query: { state: "all", sort: "updated", direction: "desc" },
  },
  {
    name: "open issues",
    kind: "issues",
    path: "issues",
    query: { state: "open", sort: "created", direction: "asc" },
  },
  { name: "events", kind: "events", path: "issues/events", query: {} },
  {
    name: "comments",
    kind: "comments",
    path: "issues/comments",
    query: { sort: "updated", direction: "desc" },
  },
] as const;

/** A page, and whether there are more. */
export interface Probed {
  page: RawPage;
  isWhole: boolean;
}

/** The first page of a listing. Errors: GitHubRefusedError, RequestError. */
export async function probeListing(
  client: Client,
  repository: string,
  { kind, path, query }: (typeof listings)[number],
): Promise<Probed> {
  return probe(client, addressOf(repository, path, { per_page: "100", ...query }), { kind, repository });
}

/** The first events of one issue. Errors: GitHubRefusedError, RequestError. */
export const probeHistory = (client: Client, repository: string, issueNumber: number): Promise<Probed> =>
  probe(client, addressOf(repository, `issues/${issueNumber}/events`, { per_page: "100" }), {
    kind: "events",
    repository,
    issueNumber,
  });

async function probe(
  client: Client,
  url: string,
  head: Pick<RawPage, "kind" | "repository" | "issueNumber">,
): Promise<Probed> {
  const answer = await ask(client, url, null);
  // Without an ETag GitHub has no «not modified» to say.
  if (answer === null) throw new Error(`an empty answer to ${url}`);
  return {
    page: { ...head, items: answer.items, observedAt: answer.at },
    isWhole: answer.next === null,
  };
}

/** Some issues with their cards, and what their projects offer. Errors: GitHubRefusedError, RequestError. */
export async function probeProjects(graph: Graph, repository: string): Promise<Probed[]> {
  const { data, at } = await askPlacements(graph, repository, { first: 20, after: null });
  const { issues } = data.repository;
  const found: Probed[] = [
    {
      page: { kind: "placements", items: issues.nodes, observedAt: at },
      isWhole: !issues.pageInfo.hasNextPage,
    },
  ];
  const ids = [
    ...new Set(issues.nodes.flatMap((one) => one.projectItems.nodes.map(({ project }) => project.id))),
  ];
  if (ids.length === 0) return found;
  const { items, observedAt } = await askProjects(graph, ids);
  found.push({ page: { kind: "projects", items, observedAt }, isWhole: true });
  return found;
}

/** Some issues with their fields. Errors: GitHubRefusedError, RequestError. */
export async function probeIssueFields(graph: Graph, repository: string): Promise<Probed[]> {
  const { data, at } = await askIssueFields(graph, repository, { first: 20, after: null });
  const { nodes: items, pageInfo } = data.repository.issues;
  return [{ page: { kind: "issueFields", items, observedAt: at }, isWhole: !pageInfo.hasNextPage }];
}

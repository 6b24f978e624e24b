import { z } from "zod";
import { present } from "../core/model/present.ts";
import { GitHubRefusedError } from "../errors.ts";
import { askGraph, type Graph } from "./ask-graph.ts";

/** A list that GraphQL hands out piece by piece. */
export const connection = <T extends z.ZodType>(node: T) =>
  z.looseObject({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(node),
  });
type Connection = z.infer<ReturnType<typeof connection>>;

/** A page of a repository's issues. */
export const issuesPage = <T extends z.ZodType>(issue: T) =>
  z.object({ repository: z.object({ issues: connection(issue).extend({ totalCount: z.number() }) }) });

const nodeWith = <K extends string, T extends z.ZodType>(key: K, node: T) =>
  z.object({ node: z.object({ [key]: connection(node) } as Record<K, ReturnType<typeof connection<T>>>) });

/**
 * Null on the last page. `passed` holds the cursors that the list was asked from, and is given the next: one that leads
 * nowhere new would be followed for ever, alone or round in a ring. Errors: GitHubRefusedError `github-odd-answer`.
 */
export function nextCursor(
  { hasNextPage, endCursor }: Connection["pageInfo"],
  passed: Set<string>,
): string | null {
  if (!hasNextPage) return null;
  if (endCursor !== null && !passed.has(endCursor)) {
    passed.add(endCursor);
    return endCursor;
  }
  throw new GitHubRefusedError(
    "github-odd-answer",
    "GitHub's GraphQL API promises more and does not say where",
    {
      hint: "What was fetched is kept; run the same command again.",
    },
  );
}

/**
 * Adds to `list` what did not fit on its first page: `query` asks for more of `field` of node `id`.
 * Errors: GitHubRefusedError, RequestError.
 */
export async function readRest<T extends z.ZodType>(
  graph: Graph,
  query: string,
  id: string,
  field: string,
  list: Connection,
  node: T,
): Promise<void> {
  const passed = new Set<string>();
  let after = nextCursor(list.pageInfo, passed);
  while (after !== null) {
    const question = { query, variables: { id, after } };
    const { data } = await askGraph(graph, question, nodeWith(field, node));
    const more = present(data.node[field]);
    list.nodes.push(...more.nodes);
    after = nextCursor(more.pageInfo, passed);
  }
}

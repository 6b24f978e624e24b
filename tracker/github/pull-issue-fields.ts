import { z } from "zod";
import type { Pulled } from "./ask.ts";
import { askGraph, type Graph, type GraphAnswer } from "./ask-graph.ts";
import { connection, issuesPage, nextCursor, readRest } from "./connection.ts";
import { fieldChangesQuery, issueFieldsQuery } from "./issue-field-queries.ts";

const fieldsPage = issuesPage(z.looseObject({ id: z.string(), timelineItems: connection(z.unknown()) }));

/** Issues asked for at a time. */
const size = 50;

/**
 * The fields of every issue and how they came to be so, page by page. All issues are asked about each time: a field
 * that is set does not surely count as an update of its issue. Errors: GitHubRefusedError, RequestError.
 */
export async function* pullIssueFields(graph: Graph, repository: string): AsyncGenerator<Pulled> {
  let after: string | null = null;
  let page = 0;
  const passed = new Set<string>();
  do {
    const { data, at }: Awaited<ReturnType<typeof askIssueFields>> = await askIssueFields(graph, repository, {
      first: size,
      after,
    });
    const { issues } = data.repository;
    for (const one of issues.nodes)
      await readRest(graph, fieldChangesQuery, one.id, "timelineItems", one.timelineItems, z.unknown());
    page += 1;
    yield {
      page: { kind: "issueFields", items: issues.nodes, observedAt: at },
      saveCursor: () => {},
      place: { page, of: Math.max(page, Math.ceil(issues.totalCount / size)) },
    };
    after = nextCursor(issues.pageInfo, passed);
  } while (after !== null);
}

/** One page of issues with their fields. Errors: GitHubRefusedError, RequestError. */
export function askIssueFields(
  graph: Graph,
  repository: string,
  part: { first: number; after: string | null },
): Promise<GraphAnswer<z.infer<typeof fieldsPage>>> {
  const [owner, name] = repository.split("/");
  return askGraph(graph, { query: issueFieldsQuery, variables: { owner, name, ...part } }, fieldsPage);
}

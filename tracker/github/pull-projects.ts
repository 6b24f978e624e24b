import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import { present } from "../core/model/present.ts";
import { GitHubRefusedError, SprintcastError } from "../errors.ts";
import { type Cursors, loadCursor, type Pulled } from "./ask.ts";
import { askGraph, type Graph, type GraphAnswer } from "./ask-graph.ts";
import { connection, issuesPage, nextCursor, readRest } from "./connection.ts";
import { badCursor, tooMuch, unknownField } from "./graph-refusal.ts";
import {
  cardsQuery,
  changesQuery,
  fieldsQuery,
  placementsQuery,
  projectsQuery,
  silentProjectsQuery,
  updatesQuery,
} from "./project-queries.ts";

const card = z.looseObject({
  id: z.string(),
  project: z.looseObject({ id: z.string() }),
  fieldValues: connection(z.unknown()),
});
const issue = z.looseObject({
  id: z.string(),
  timelineItems: connection(z.unknown()),
  projectItems: connection(card),
});
const placementsPage = issuesPage(issue);
const projectNodes = z.object({
  nodes: z.array(
    z.looseObject({ id: z.string(), statusUpdates: connection(z.unknown()).optional() }).nullable(),
  ),
});

/** How far a pass has come; `cursor` null: every issue was read, the projects' own fields were not. */
const pass = z.object({ cursor: z.string().nullable(), read: z.int(), projects: z.array(z.string()) });
type Pass = z.infer<typeof pass>;

/** Issues asked for at a time: fewer where that is too much for GitHub. */
const sizes = [100, 50, 25, 10];
const key = "github.projects.pass";

/**
 * Where every issue stands in its projects, and stood, page by page; then what those projects offer. All issues are
 * asked about each time: a card that moves does not count as an update of its issue, so no watermark can tell which
 * ones moved. A pass that is cut off goes on where it stopped.
 * Errors: GitHubRefusedError, RequestError.
 */
export async function* pullProjects(
  graph: Graph,
  repository: string,
  memory: Cursors,
): AsyncGenerator<Pulled> {
  const left = loadCursor(memory, key, pass);
  if (left !== null) {
    try {
      yield* walk(graph, repository, left, memory);
      return;
    } catch (error) {
      if (!(error instanceof SprintcastError) || error.code !== badCursor) throw error;
      memory.delete(key);
    }
  }
  yield* walk(graph, repository, null, memory);
}

async function* walk(
  graph: Graph,
  repository: string,
  left: Pass | null,
  memory: Cursors,
): AsyncGenerator<Pulled> {
  let { cursor, read, projects }: Pass = left ?? { cursor: null, read: 0, projects: [] };
  let size = 0;
  let done = left !== null && left.cursor === null;
  const passed = new Set(cursor === null ? [] : [cursor]);
  while (!done) {
    const first = present(sizes[size]);
    const smallest = size === sizes.length - 1;
    let answer: Awaited<ReturnType<typeof askPlacements>>;
    try {
      answer = await askPlacements(
        graph,
        repository,
        { first, after: cursor },
        smallest ? {} : { retries: 1 },
      );
    } catch (error) {
      if (smallest || !isTooMuch(error)) throw error;
      size += 1;
      continue;
    }
    const { issues } = answer.data.repository;
    for (const one of issues.nodes) await complete(graph, one);
    const seen = issues.nodes.flatMap((one) => one.projectItems.nodes.map(({ project }) => project.id));
    projects = [...new Set([...projects, ...seen])];
    read += issues.nodes.length;
    const next = nextCursor(issues.pageInfo, passed);
    done = next === null;
    cursor = next;
    const reached: Pass = { cursor, read, projects };
    const pages = (count: number) => Math.max(1, Math.ceil(count / first));
    yield {
      page: { kind: "placements", items: issues.nodes, observedAt: answer.at },
      saveCursor: () => memory.set(key, JSON.stringify(reached)),
      place: { page: pages(read), of: Math.max(pages(read), pages(issues.totalCount)) },
    };
  }
  for (let at = 0; at < projects.length; at += 100) {
    const { items, observedAt } = await askProjects(graph, projects.slice(at, at + 100));
    yield { page: { kind: "projects", items, observedAt }, saveCursor: () => {}, place: null };
  }
  memory.delete(key);
}

/**
 * What projects offer and say, at most 100 by their node ids. An older GitHub Enterprise Server knows no updates of a
 * project's status. Errors: GitHubRefusedError, RequestError.
 */
export async function askProjects(
  graph: Graph,
  ids: readonly string[],
): Promise<{ items: unknown[]; observedAt: number }> {
  const ask = (query: string) => askGraph(graph, { query, variables: { ids } }, projectNodes);
  const { data, at } = await ask(projectsQuery).catch((error: unknown) => {
    if (error instanceof GitHubRefusedError && error.code === unknownField) return ask(silentProjectsQuery);
    throw error;
  });
  for (const one of data.nodes)
    if (one?.statusUpdates !== undefined)
      await readRest(graph, updatesQuery, one.id, "statusUpdates", one.statusUpdates, z.unknown());
  return { items: data.nodes, observedAt: at };
}

/** One page of issues with their cards and changes. Errors: GitHubRefusedError, RequestError. */
export function askPlacements(
  graph: Graph,
  repository: string,
  part: { first: number; after: string | null },
  tuning: { retries?: number } = {},
): Promise<GraphAnswer<z.infer<typeof placementsPage>>> {
  const [owner, name] = repository.split("/");
  const question = { query: placementsQuery, variables: { owner, name, ...part }, ...tuning };
  return askGraph(graph, question, placementsPage);
}

/** GitHub gives up on an answer after some seconds, breaks it off, or counts the work beforehand. */
const isTooMuch = (error: unknown): boolean =>
  (error instanceof GitHubRefusedError && error.code === tooMuch) ||
  (error instanceof RequestError &&
    (error.status === 502 || error.status === 504 || error.response === undefined));

/** Follows what did not fit on the first page of an issue's changes, its cards and their fields. */
async function complete(graph: Graph, one: z.infer<typeof issue>): Promise<void> {
  await readRest(graph, changesQuery, one.id, "timelineItems", one.timelineItems, z.unknown());
  await readRest(graph, cardsQuery, one.id, "projectItems", one.projectItems, card);
  for (const item of one.projectItems.nodes)
    await readRest(graph, fieldsQuery, item.id, "fieldValues", item.fieldValues, z.unknown());
}

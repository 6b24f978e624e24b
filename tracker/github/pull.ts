import type { Cursors, Pulled } from "./ask.ts";
import type { Client } from "./client.ts";
import { type KnownIssues, pullAbsences } from "./pull-absences.ts";
import { pullEvents } from "./pull-events.ts";
import { pullSince } from "./pull-since.ts";
import { pullWhole } from "./pull-whole.ts";

/**
 * Everything that GitHub has to tell of a repository's issues since the last pull, page by page. The caller keeps
 * each page and runs its `saveCursor` in one transaction, before it asks for the next.
 */
export async function* pullRepository(
  client: Client,
  repository: string,
  memory: Cursors,
  known: KnownIssues,
  isMoved: () => boolean,
): AsyncGenerator<Pulled> {
  yield* pullWhole(client, repository, { kind: "milestones", path: "milestones" }, memory);
  yield* pullWhole(client, repository, { kind: "labels", path: "labels" }, memory);
  const isListed = yield* pullSince(client, repository, { kind: "issues", path: "issues" }, memory);
  yield* pullAbsences({ client, repository, memory, isMoved }, known, isListed);
  yield* pullEvents(client, repository, memory);
  yield* pullSince(client, repository, { kind: "comments", path: "issues/comments" }, memory);
}

import type { Cursors, Pulled } from "./ask.ts";
import type { Client } from "./client.ts";
import { arrivalsIn, noteArrival, noteMissing } from "./missing.ts";
import { type KnownIssues, pullAbsences, pullNoted } from "./pull-absences.ts";
import { type KnownArrivals, pullArrivals } from "./pull-arrivals.ts";
import { type KnownComments, pullDeletedComments } from "./pull-deleted-comments.ts";
import { pullEvents } from "./pull-events.ts";
import { pullSince } from "./pull-since.ts";
import { pullWhole } from "./pull-whole.ts";

/** What the database knows, as far as a pull asks. */
export interface Known extends KnownIssues, KnownComments, KnownArrivals {
  /** The page of the newest comments lacks one of these issues. */
  suspectComments(issues: readonly number[]): void;
  /** These ids are all comments of the repository. */
  listComments(ids: ReadonlySet<number>): void;
  /** An issue arrived from another repository, at the latest at `at`, epoch milliseconds. */
  onArrival?(at: number): void;
  /** From this instant on, epoch milliseconds, all comments are asked for. */
  beginComments(at: number): void;
}

/**
 * Everything that GitHub has to tell of a repository's issues since the last pull, page by page. The caller keeps
 * each page and runs its `saveCursor` in one transaction, before it asks for the next.
 */
export async function* pullRepository(
  client: Client,
  repository: string,
  memory: Cursors,
  known: Known,
  isMoved: () => boolean,
): AsyncGenerator<Pulled> {
  yield* pullWhole(client, repository, { kind: "milestones", path: "milestones" }, memory);
  yield* pullWhole(client, repository, { kind: "labels", path: "labels" }, memory);
  const issues = { kind: "issues", path: "issues" } as const;
  const isListed = yield* pullSince(client, repository, issues, memory, {
    onVanished: (missing) => noteMissing(memory, missing),
    onWhole: (numbers) =>
      noteMissing(
        memory,
        known.issues().filter((number) => !numbers.has(number)),
      ),
  });
  const asked = { client, repository, memory, isMoved };
  yield* pullAbsences(asked, known, isListed);
  for await (const pulled of pullEvents(client, repository, memory)) {
    const arrived = arrivalsIn(pulled.page.items);
    if (arrived !== null) {
      noteArrival(memory, arrived.at, known.elsewhere);
      known.onArrival?.(arrived.at);
      // What arrived while the issues were read, or with an update of long ago, was in no listing of them.
      noteMissing(
        memory,
        arrived.issues.filter((number) => known.seenAt(number) === null),
      );
    }
    yield pulled;
  }
  yield* pullNoted(asked, known);
  yield* pullArrivals(asked, known);
  const comments = { kind: "comments", path: "issues/comments" } as const;
  yield* pullSince(client, repository, comments, memory, {
    onVanished: known.suspectComments,
    onWhole: known.listComments,
    onBegin: known.beginComments,
  });
  yield* pullDeletedComments(asked, known);
}

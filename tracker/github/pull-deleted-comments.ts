import { addressOf, ask, createTrail, isGone, type Pulled } from "./ask.ts";
import type { Client } from "./client.ts";

/** What the database knows of comments. */
export interface KnownComments {
  /** Issues and pull requests of which all comments must be asked for. */
  commentsToAsk(): number[];
  /** Its comments are not to be had: the issue is gone. */
  leaveComments(issue: number): void;
}

/**
 * All comments of the issues on which one may have been deleted: what the listing of an issue's comments lacks is gone.
 */
export async function* pullDeletedComments(
  client: Client,
  repository: string,
  known: KnownComments,
): AsyncGenerator<Pulled> {
  for (const issueNumber of known.commentsToAsk()) {
    const items: unknown[] = [];
    let observedAt: number | null = null;
    let url: string | null = addressOf(repository, `issues/${issueNumber}/comments`, { per_page: "100" });
    const pass = createTrail();
    try {
      while (url !== null) {
        pass(url);
        const answer = await ask(client, url, null);
        if (answer === null) break;
        observedAt ??= answer.at;
        items.push(...answer.items);
        url = answer.next;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
      observedAt = null;
    }
    if (observedAt === null) known.leaveComments(issueNumber);
    else {
      const page = { kind: "comments" as const, items, issueNumber, observedAt, whole: true };
      yield { page, saveCursor: () => {}, place: null };
    }
  }
}

import { type Pulled, requireListing } from "./ask.ts";
import { closed, issueListings, nextOf } from "./issue-listings.ts";
import type { Asked } from "./pull-absences.ts";

/** What the database knows of comments. */
export interface KnownComments {
  /** Issues and pull requests of which all comments must be asked for. */
  commentsToAsk(): number[];
  /** Its comments are not to be had, though its repository is there: the issue is gone. */
  leaveComments(issue: number): void;
}

/**
 * All comments of the issues on which one may have been deleted: what the listing of an issue's comments lacks is gone.
 */
export async function* pullDeletedComments(asked: Asked, known: KnownComments): AsyncGenerator<Pulled> {
  const commentsOf = issueListings(asked);
  const refused = new Map<number, number>();
  for (const issueNumber of known.commentsToAsk()) {
    const items: unknown[] = [];
    let observedAt: number | null = null;
    const pages = commentsOf(issueNumber, "comments");
    let step = await nextOf(pages);
    for (; !step.done; step = await nextOf(pages)) {
      observedAt ??= step.value.at;
      items.push(...step.value.items);
    }
    if (step.value !== null) refused.set(issueNumber, step.value);
    else if (observedAt !== null) {
      const page = { kind: "comments" as const, items, issueNumber, observedAt, whole: true };
      yield { page, saveCursor: () => {}, place: null };
    }
  }
  if (refused.size > 0) await requireListing(asked.client, asked.repository);
  // What is closed to the token may be opened to it: the next sync asks again.
  for (const [issue, status] of refused) if (status !== closed) known.leaveComments(issue);
}

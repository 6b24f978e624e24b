import { type Pulled, requireListing } from "./ask.ts";
import { issueListings } from "./issue-listings.ts";
import type { Asked } from "./pull-absences.ts";

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
export async function* pullDeletedComments(asked: Asked, known: KnownComments): AsyncGenerator<Pulled> {
  const commentsOf = issueListings(asked);
  const left: number[] = [];
  for (const issueNumber of known.commentsToAsk()) {
    const items: unknown[] = [];
    let observedAt: number | null = null;
    const pages = commentsOf(issueNumber, "comments");
    let step = await pages.next();
    for (; !step.done; step = await pages.next()) {
      observedAt ??= step.value.at;
      items.push(...step.value.items);
    }
    if (step.value !== null || observedAt === null) left.push(issueNumber);
    else {
      const page = { kind: "comments" as const, items, issueNumber, observedAt, whole: true };
      yield { page, saveCursor: () => {}, place: null };
    }
  }
  if (left.length > 0) await requireListing(asked.client, asked.repository);
  for (const issue of left) known.leaveComments(issue);
}

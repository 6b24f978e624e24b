import { deletionsOf } from "../core/history/fold-comments.ts";
import type { Comment } from "../core/model/event.ts";
import type { Tables } from "./tables.ts";

/** The comments of an issue; those that may say effort with their deletion. */
export function commentsWithDeletions({ comments, kept, events }: Tables, issue: number): Comment[] {
  const all = comments.ofIssue(issue);
  const effort = all.length === 0 ? [] : comments.effortOf(issue);
  if (effort.length === 0) return all;
  const listings = { live: comments.listingsOf(issue), kept: kept.wholesOf(issue) };
  const newest = Math.max(...listings.live, ...listings.kept);
  if (effort.every(({ listedAt, seenAt }) => (listedAt ?? seenAt) >= newest)) return all;
  const deletions = deletionsOf(effort, listings, events.ofIssue(issue));
  return all.map((comment) => {
    const deleted = deletions.get(comment.id);
    return deleted === undefined ? comment : { ...comment, deleted };
  });
}

/** `ids` are all comments that GitHub shows. What may say effort, is not among them and not known to be gone is suspected. */
export function suspectUnlisted(tables: Tables, ids: ReadonlySet<number>): void {
  const unlisted = tables.comments.effort().filter(({ id }) => !ids.has(id));
  for (const [issue, comments] of Map.groupBy(unlisted, (one) => one.issue)) {
    const known = new Map(commentsWithDeletions(tables, issue).map((comment) => [comment.id, comment]));
    if (comments.some(({ id }) => known.get(id)?.deleted === undefined))
      tables.commentChecks.suspect(issue, true);
  }
}

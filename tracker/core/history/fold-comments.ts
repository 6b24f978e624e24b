import type { Deletion, IssueEvent } from "../model/event.ts";

/** When all comments of one issue were listed, epoch milliseconds, by GitHub itself or in a backup's file. */
export interface CommentListings {
  live: readonly number[];
  kept: readonly number[];
}

/** A comment and when it was last seen. Epoch milliseconds. */
export interface ListedComment {
  id: number;
  /** By the last listing of all that showed it; null: by none. */
  listedAt: number | null;
  /** By itself: it was there then at the least. */
  seenAt: number;
}

interface Missing {
  id: number;
  since: number;
  /** When it was first found missing. */
  at: number;
}

/**
 * Comments of one issue that are no longer there, with when they went. The event `comment_deleted` says when, not which
 * one, and an author's own deletion may leave none: which ones are missing is told by the listings, and an event between
 * the last look and the one that missed them dates it. A backup's file speaks only of comments that a backup had.
 */
export function deletionsOf(
  comments: readonly ListedComment[],
  listings: CommentListings,
  events: readonly IssueEvent[],
): Map<number, Deletion> {
  const missing = comments.flatMap((comment) => missingSince(comment, listings));
  const found = new Map<number, Deletion>();
  const told = events.filter(({ kind }) => kind === "comment_deleted").map(({ at }) => at);
  let dated = Number.NEGATIVE_INFINITY;
  for (const [at, group] of [...Map.groupBy(missing, (one) => one.at)].sort(([a], [b]) => a - b)) {
    const since = Math.max(dated, Math.min(...group.map((one) => one.since)));
    const inside = told.filter((instant) => since < instant && instant <= at).sort((a, b) => a - b);
    dated = at;
    for (const [id, deletion] of dateGroup(group, inside)) found.set(id, deletion);
  }
  return found;
}

function missingSince({ id, seenAt, listedAt }: ListedComment, { live, kept }: CommentListings): Missing[] {
  const since = listedAt ?? seenAt;
  const looks = [...live, ...(listedAt === null ? [] : kept)].filter((at) => at > since);
  return looks.length === 0 ? [] : [{ id, since, at: Math.min(...looks) }];
}

/** One event for one comment is its deletion. Of several it cannot be told which is whose: they go in order of age. */
function dateGroup(group: readonly Missing[], events: readonly number[]): [number, Deletion][] {
  const byAge = group.toSorted((a, b) => a.id - b.id);
  const last = events.slice(-byAge.length);
  const isCertain = byAge.length === 1 && events.length === 1;
  return byAge.map(({ id, since, at }, index) => {
    const event = last.length === byAge.length ? last[index] : undefined;
    return event === undefined || event <= since
      ? [id, { at, since, provenance: "observed" }]
      : [id, { at: event, since, provenance: isCertain ? "replayed" : "inferred" }];
  });
}

import { instantText, isoOf } from "../../core/model/days.ts";
import type { Comment } from "../../core/model/event.ts";
import type { Sighting } from "../../core/model/page.ts";
import type { Repositories } from "../../core/model/repositories.ts";
import { arrivedSentence } from "../../reports/arrived-issues.ts";
import { goneSentence } from "../../reports/gone-issues.ts";
import type { History, Store } from "../../store/store.ts";
import { keyOfReference } from "../../store/transfers.ts";

/** How a sync calls the issues of the repository that it reads. */
export type Naming = Pick<Repositories, "issueName" | "refOf" | "keyOf">;

/** More would drown what else a sync says. */
const most = 10;

/** What was found gone, by key, a sentence each, in the words of `doctor`. `history`: all that is known, of this sync too. */
export function goneNotices(
  history: History,
  gone: readonly Sighting[],
  repositories: Repositories,
): string[] {
  const known = new Map(history.goneIssues().map((one) => [one.issue, one]));
  return firstOf(gone, (one) => goneSentence(history, one, repositories, (key) => known.get(key)));
}

/** Issues that arrived and whose events GitHub refused, with its status, a sentence each. */
export function arrivalNotices(store: Store, refused: ReadonlyMap<number, number>, naming: Naming): string[] {
  const unread = store.unreadArrivals().filter(({ issue }) => refused.has(issue));
  return firstOf(
    unread,
    (one) => `${arrivedSentence(store, one, naming)} (GitHub answered ${refused.get(one.issue)})`,
  );
}

function firstOf<T>(all: readonly T[], tell: (one: T) => string): string[] {
  const rest = all.length - most;
  const told = all.slice(0, most).map(tell);
  return rest > 0 ? [...told, `${rest} more like these: npx sprintcast doctor lists them all`] : told;
}

/** These looks as they are known now, each issue once, by number: a second transfer leaves it gone since it was first found so. */
export function knownGone(store: Store, looks: readonly Sighting[]): Sighting[] {
  const known = new Map(store.goneIssues().map((gone) => [gone.issue, gone]));
  const issues = [...new Set(looks.map(({ issue }) => issue))].sort((a, b) => a - b);
  return issues.flatMap((issue) => known.get(issue) ?? []);
}

/** So many departures are asked after anew where an issue arrives, two or three requests each. */
const mostAsked = 100;

/**
 * Issues that were transferred to none of the team's repositories, as far as is known: those that were found gone last,
 * for one that goes on mostly does so soon.
 */
export const elsewhereOf = (store: Store, naming: Pick<Naming, "keyOf">): number[] =>
  store
    .goneIssues()
    .filter(({ found, to }) => found === "transferred" && keyOfReference(to ?? "", naming) === null)
    .sort((a, b) => b.at - a.at)
    .slice(0, mostAsked)
    .map(({ issue }) => issue);

/** Tells of looks at issues that are gone, in the order in which they come, whether each says more than was known. */
export function newsOf(store: Store): (sighting: Sighting) => boolean {
  let known: Map<number, string | undefined> | null = null;
  return ({ issue, found, to }) => {
    known ??= new Map(store.goneIssues().map((gone) => [gone.issue, gone.to]));
    const isNews = !known.has(issue) || (to !== undefined && known.get(issue) !== to);
    if (found !== "there") known.set(issue, to);
    return isNews;
  };
}

/** Comments of issues that may say effort and are gone, by id. */
export const unsaidIn = (store: Store, issues: readonly number[]): Map<number, Comment> =>
  new Map(store.commentsOf(issues).flatMap((one) => (one.deleted === undefined ? [] : [[one.id, one]])));

/** That such a comment was found gone. */
export function unsaidNotice({ issue, at, deleted }: Comment, { issueName }: Naming): string {
  const since = deleted === undefined ? "" : ` from ${instantText(deleted.at)} on`;
  return `${issueName(issue)}: the comment of ${instantText(at)}, which may record effort, was deleted and no longer counts${since}`;
}

/** An issue for `sync --json`: `since` is when it was last seen, `at` when it was found gone. */
export const goneEntry = (
  { issue, at, since, found, to }: Sighting,
  { refOf }: Pick<Repositories, "refOf">,
) => ({
  number: issue,
  ref: refOf(issue),
  how: found,
  to,
  since: isoOf(since),
  at: isoOf(at),
});

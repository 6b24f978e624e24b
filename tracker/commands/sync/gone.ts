import { instantText, isoOf } from "../../core/model/days.ts";
import type { Comment } from "../../core/model/event.ts";
import type { Sighting } from "../../core/model/page.ts";
import type { Repositories } from "../../core/model/repositories.ts";
import { goneSentence } from "../../reports/gone-issues.ts";
import type { Store } from "../../store/store.ts";
import { keyOfReference } from "../../store/transfers.ts";

/** How a sync calls the issues of the repository that it reads. */
export type Naming = Pick<Repositories, "issueName" | "refOf" | "keyOf">;

/** More would drown what else a sync says. */
const most = 10;

/** What was found gone, a sentence each. */
export function goneNotices(store: Store, gone: readonly Sighting[], naming: Naming): string[] {
  const told = gone.slice(0, most).map((one) => goneSentence(store, one, naming));
  const rest = gone.length - told.length;
  return rest > 0 ? [...told, `${rest} more like these: npx sprintcast doctor lists them all`] : told;
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

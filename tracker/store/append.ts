import { subIssueKinds } from "../core/history/fold-relations.ts";
import type { Delivery } from "../core/model/delivery.ts";
import type { IssueEvent } from "../core/model/event.ts";
import type { FieldObservation, IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage, WholeListing } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import type { Placement, PlacementObservation } from "../core/model/project.ts";
import { allTime } from "./intervals.ts";
import { keptUntil } from "./kept.ts";
import { verbsOf } from "./resolve-names.ts";
import type { Appended } from "./store.ts";
import type { Tables } from "./tables.ts";

/** Equal looks in a row are one that goes on; a look like an earlier one, with another in between, begins anew. */
function addPlacement(
  observations: Tables["observations"],
  look: Omit<PlacementObservation, "since">,
): boolean {
  const last = observations.latest("placement", look.number);
  if (last !== null && last.observedAt > look.observedAt) return false;
  if (last === null || textOf(last.placements) !== textOf(look.placements))
    return observations.add("placement", { ...look, since: look.observedAt });
  // What was set is the same: when it was set is kept as it was first seen.
  return observations.add("placement", { ...look, placements: last.placements, since: last.since });
}

/** Where an issue stands, and not since when. */
const textOf = (placements: readonly Placement[]): string =>
  JSON.stringify(
    placements.map(({ project, status, iterations, fields }) => [project, status, iterations, fields]),
  );

/** The same for the fields of an issue. */
function addFields(observations: Tables["observations"], look: Omit<FieldObservation, "since">): boolean {
  const last = observations.latest("fields", look.number);
  if (last !== null && last.observedAt > look.observedAt) return false;
  const same = last !== null && JSON.stringify(last.values) === JSON.stringify(look.values);
  return observations.add("fields", { ...look, since: same ? last.since : look.observedAt });
}

/** A listing tells of issues, too: what they carried and it lacks was deleted. True where it is news. */
function appendListing(
  { kept, intervals, stale }: Pick<Tables, "kept" | "intervals" | "stale">,
  listing: WholeListing,
): boolean {
  const before = kept.listed(listing.kind);
  if (!kept.list(listing)) return false;
  const now = kept.listed(listing.kind);
  for (const key of intervals.keysOf(listing.kind))
    if ((before?.keys.has(key) ?? true) !== (now?.keys.has(key) ?? true))
      stale.add(intervals.issuesWithKey(listing.kind, key, allTime));
  return true;
}

/** What backups say of labels and milestones. True where that is news. */
function appendKept(
  { kept, syncState, intervals, stale }: Tables,
  page: HistoryPage,
  newest: ReadonlySet<number>,
): boolean {
  const lists = (page.listings ?? []).map((listing) => appendListing({ kept, intervals, stale }, listing));
  const carried = (page.carried ?? [])
    .filter(({ issue }) => newest.has(issue))
    .map((things) => kept.carry(things));
  const seen = [
    ...page.issues.filter((issue) => issue.kept).map(({ observedAt }) => observedAt),
    ...(page.listings ?? []).map(({ at }) => at),
  ];
  if (seen.length > 0) keepUntil({ syncState, intervals, stale }, Math.max(...seen));
  return [...lists, ...carried].some((isNews) => isNews);
}

/** A comment that a listing of all lacks is gone; only those that may say effort are kept account of. */
function appendListedComments(
  { comments, commentChecks }: Tables,
  { whole = [], commentListings = [], ...page }: HistoryPage,
) {
  if (whole.length + commentListings.length === 0) return;
  const ids = Map.groupBy(page.comments, ({ issue }) => issue);
  const idsOf = (issue: number) => new Set((ids.get(issue) ?? []).map(({ id }) => id));
  for (const { issue, at } of whole) comments.sawListed(issue, at, idsOf(issue));
  for (const { issue, at } of commentListings) {
    comments.sawListing(issue, at, idsOf(issue));
    commentChecks.done(issue);
  }
}

/** What was gone and is seen again. A backup is evidence as of the object's own update only. */
function isBack({ sightings }: Tables, { number, kept, observedAt, updatedAt }: IssueObservation): boolean {
  const gone = sightings.gone(number);
  const at = kept ? updatedAt : observedAt;
  return gone !== null && sightings.add({ issue: number, at, since: gone.ledAt ?? gone.at, found: "there" });
}

/** How many events were new. Of which issues, is added to `touched`: it may be one too many, for it is folded again in vain. */
function appendEvents(
  { events, arrivals, commentChecks, neighbours }: Tables,
  page: HistoryPage,
  touched: Set<number>,
): number {
  const asOf = new Map((page.whole ?? []).map(({ issue, at }) => [issue, at]));
  const isDeletion = ({ kind }: IssueEvent) => kind === "comment_deleted";
  const deletions = page.events.some(isDeletion) ? page.events.filter(isDeletion) : [];
  const others = deletions.length > 0 ? page.events.filter((event) => !isDeletion(event)) : page.events;
  const added = events.add(others, asOf);
  arrivals.note(added.among);
  for (const { issue, kind, relation } of added.among) {
    touched.add(issue);
    // A parent's event speaks of its sub-issue.
    if (relation === undefined || !subIssueKinds.includes(kind)) continue;
    if (typeof relation === "number") touched.add(relation);
    else neighbours.touch(relation);
  }
  // One by one: only what is new makes an issue's comments suspect, and they are asked for again.
  for (const event of deletions) {
    const { count } = events.add([event], asOf);
    if (count === 0) continue;
    added.count += count;
    commentChecks.suspect(event.issue, false);
    touched.add(event.issue);
  }
  return added.count;
}

/** All events that an issue brought were read: the comments that it brought are looked for, too. True where it is news. */
function readOwn({ arrivals, commentChecks }: Tables, issue: number): boolean {
  const isNews = arrivals.asked(issue, false);
  if (isNews) commentChecks.arrived(issue);
  return isNews;
}

/** Notes that a backup of `at` was read. */
export function keepUntil(
  { syncState, intervals, stale }: Pick<Tables, "syncState" | "intervals" | "stale">,
  at: number,
): void {
  if (at <= Number(syncState.get(keptUntil) ?? 0)) return;
  syncState.set(keptUntil, String(at));
  // What is in doubt may be so until the newest backup.
  stale.add(intervals.withDoubts());
}

/** Keeps one page in one transaction; what was new marks its issue as stale in the same breath. */
export function append(tables: Tables, page: HistoryPage, also?: () => void): Appended {
  const { observations, events, comments, commentChecks, kept, sightings, stale, names } = tables;
  return tables.transaction(() => {
    tables.backupFiles.forget(page);
    const touched = new Set<number>();
    const added: Appended = { issues: 0, pulls: 0, events: 0, comments: 0 };
    for (const milestone of page.milestones) if (observations.add("milestone", milestone)) names.setDue(true);
    for (const label of page.labels) if (observations.add("label", label)) names.setDue(true);
    const newest = new Set<number>();
    const shown: number[] = [];
    for (const [index, { isNew, isNewest }] of observations.addIssues(page.issues).entries()) {
      const issue = present(page.issues[index]);
      if (isNewest) newest.add(issue.number);
      if (isNewest && !issue.kept) shown.push(issue.number);
      // An older version than the one that is known is no news.
      if (isNew && isNewest) added[issue.pullRequest ? "pulls" : "issues"]++;
      if (isNew) touched.add(issue.number);
      if (isBack(tables, issue)) touched.add(issue.number);
    }
    kept.drop(shown);
    for (const sighting of page.sightings ?? []) if (sightings.add(sighting)) touched.add(sighting.issue);
    if (appendKept(tables, page, newest)) names.setDue(true);
    added.events = appendEvents(tables, page, touched);
    for (const issue of page.ownEvents ?? []) if (readOwn(tables, issue)) touched.add(issue);
    for (const { issue, at } of page.whole ?? []) {
      kept.sawWhole(issue, at);
      tables.arrivals.asked(issue, false);
      const wholes = kept.wholesOf(issue);
      if (wholes.length > 1 && events.retire(issue, Math.max(at, ...wholes))) touched.add(issue);
    }
    for (const look of page.fields ?? []) if (addFields(observations, look)) touched.add(look.number);
    for (const look of page.placements ?? []) if (addPlacement(observations, look)) touched.add(look.number);
    if (page.nodes !== undefined) tables.deliveries.learn(page.nodes);
    for (const project of page.projects ?? []) observations.add("project", project);
    for (const update of page.projectUpdates ?? []) observations.add("projectUpdate", update);
    for (const comment of page.comments) if (comments.add(comment)) added.comments++;
    for (const count of page.commentCounts ?? []) commentChecks.count(count);
    appendListedComments(tables, page);
    stale.add(touched);
    also?.();
    return added;
  });
}

/** Keeps what a webhook delivered, in one transaction. False where it was delivered before. `at`: when it came, epoch ms. */
export function deliver(tables: Tables, delivery: Delivery, at: number): boolean {
  const { deliveries, observations, stale, commentChecks } = tables;
  return tables.transaction(() => {
    if (!deliveries.isNew(delivery.id, at)) return false;
    const { page, events, moves, nodes, suspects } = delivery;
    const labels = delivery.labels
      .filter(({ label, from }) => (observations.latest("label", label.id)?.name ?? null) === from)
      .map(({ label }) => label);
    append(tables, { ...page, labels, events: [], nodes });
    deliveries.keep({ events, moves });
    stale.add(events.map(({ issue }) => issue));
    deliveries.noteDeleted(delivery.deletions);
    for (const { kind, name } of delivery.deletions)
      stale.add(tables.events.issuesNaming(verbsOf(kind), name));
    for (const issue of suspects) commentChecks.suspect(issue, true);
    return true;
  });
}

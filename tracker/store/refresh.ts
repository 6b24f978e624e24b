import type { ParentLook } from "../core/history/fold-relations.ts";
import { evidenceOf, isOdd, kindsOfNames } from "../core/history/names/evidence.ts";
import { type NamePeriod, nameResolver } from "../core/history/names/resolver.ts";
import { foldTimeline } from "../core/history/timeline.ts";
import type { IssueEvent } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import { lastOf } from "../core/model/present.ts";
import { keptUntil } from "./kept.ts";
import type { Seen } from "./observation-rows.ts";
import { chosenProject } from "./project-choice.ts";
import { repositoryOf } from "./repository.ts";
import { bornOf, holdersOf, reasonOutNames, verbsOf } from "./resolve-names.ts";
import type { Tables } from "./tables.ts";

/** Issues folded per transaction: short enough to let another process in, long enough to be fast. */
const chunk = 2000;

/** Issues whose history is read by one query: few queries, and little in memory. */
const readAtOnce = 100;

export interface RefreshOptions {
  onProgress?: (folded: number) => void;
  signal?: AbortSignal;
}

/**
 * Folds every issue about which something was learned, then reasons out names where something odd was touched,
 * and folds again what a newly found rename changes. Yields how many were folded so far, thousands at a time, so that
 * a caller may look up in between. Stopping anywhere loses nothing: what is left stays marked.
 */
export function* refreshSteps(tables: Tables): Generator<number> {
  placeMoves(tables);
  if (tables.stale.isEmpty() && !tables.names.isDue()) return;
  let folded = 0;
  // New titles first: then most issues are folded once.
  tables.transaction(() => renew(tables));
  for (;;) {
    const count = tables.transaction(() => foldSome(tables));
    folded += count;
    if (count > 0) yield folded;
    else if (!tables.transaction(() => renew(tables))) return;
  }
}

/** Cards that were moved before it was known whose they are. */
function placeMoves({ deliveries, stale, transaction }: Tables): void {
  if (!deliveries.areWaiting()) return;
  transaction(() => stale.add(deliveries.placeMoves()));
}

/** All steps at once. A signal can be raised by `onProgress` only: nothing else runs in between. */
export function refresh(tables: Tables, options: RefreshOptions = {}): void {
  options.signal?.throwIfAborted();
  for (const folded of refreshSteps(tables)) {
    options.onProgress?.(folded);
    options.signal?.throwIfAborted();
  }
}

function foldSome(tables: Tables): number {
  const issues = tables.stale.take(chunk);
  if (issues.length > 0) tables.intervals.replace(foldEach(tables, issues));
  return issues.length;
}

/** What is known of those of these issues that were ever seen, read some at a time. */
function* readEach({ observations, events }: Tables, issues: readonly number[]) {
  for (let first = 0; first < issues.length; first += readAtOnce) {
    const some = issues.slice(first, first + readAtOnce);
    const versions = observations.versionsOf(some);
    const eventsOf = events.ofIssues(some);
    const parents = events.ofParents(some);
    for (const issue of some) {
      const seen = versions.get(issue);
      if (seen === undefined) continue;
      yield { issue, seen, own: eventsOf.get(issue) ?? [], toldByParents: parents.get(issue) ?? [] };
    }
  }
}

/** The timelines of these issues, folded one at a time. At the end it is known whether names must be reasoned out anew. */
function* foldEach(tables: Tables, issues: readonly number[]): Generator<IssueTimeline> {
  const { names, observations } = tables;
  const deletions = tables.deliveries.deletedNames();
  const listings = { label: tables.kept.listed("label"), milestone: tables.kept.listed("milestone") };
  const resolver = nameResolver(names.read(), bornOf(tables, "milestone"), deletions, listings);
  const isNameInDoubt = doubtedNames(tables);
  const project = chosenProject(tables.syncState);
  const until = Number(tables.syncState.get(keptUntil) ?? 0);
  const repository = repositoryOf(tables);
  const hasPlacements = observations.has("placement");
  const hasDelivered = tables.deliveries.areAny();
  const hasFields = observations.has("fields");
  const sighted = tables.sightings.issues();
  const unread = tables.arrivals.unread();
  let due = false;
  const parentsTold = tables.neighbours.parentsTold();
  for (const { issue, seen, own, toldByParents } of readEach(tables, issues)) {
    const newest = lastOf(seen);
    // The newest backup still holds what an older one fetched: until then anything it names may have been deleted.
    const observation = newest.kept
      ? { ...newest, firstSeenAt: Math.max(newest.firstSeenAt, until) }
      : newest;
    const history = hasDelivered ? tables.deliveries.among(own, issue, repository) : own;
    const placements = hasPlacements ? observations.history("placement", issue) : [];
    const fieldLooks = hasFields ? observations.history("fields", issue) : [];
    const toldElsewhere = parentsTold.get(issue) ?? [];
    const parentLooks = parentLooksOf(seen);
    const sightings = sighted.has(issue) ? tables.sightings.ofIssue(issue) : [];
    const seenOf = {
      placements,
      fieldLooks,
      project,
      parentLooks,
      sightings,
      unreadUntil: unread.get(issue),
    };
    const known = { ...seenOf, toldByParents, toldElsewhere, repository };
    yield foldTimeline({ observation, events: history, resolver, ...known });
    if (isNameInDoubt(issue, history, observation)) due = true;
  }
  if (due) names.setDue(true);
}

/** Notes what is odd about the names that an issue's history uses; true where that may tell something new of names. */
function doubtedNames(tables: Tables) {
  const { names } = tables;
  const titles = holdersOf(tables, "milestone");
  const born = bornOf(tables, "milestone");
  const milestoneAt = (title: string, at: number): string | undefined => {
    const key = titles.get(title);
    return key !== undefined && at >= (born.get(key) ?? at) ? key : undefined;
  };
  const suspects = names.suspects();
  const wereOdd = names.oddKeys();
  return (issue: number, history: readonly IssueEvent[], observation: Seen<IssueObservation>): boolean => {
    let due = false;
    for (const kind of kindsOfNames) {
      const evidence = evidenceOf(kind, history, observation);
      const odd = isOdd(evidence, (name, at) => (kind === "milestone" ? milestoneAt(name, at) : name));
      if (odd || wereOdd.has(`${issue}:${kind}`)) {
        names.setOdd(issue, kind, odd ? evidence : null);
        due = true;
      } else if (!due && suspects.size > 0) {
        due = [...evidence.open, ...evidence.loose].some(({ name }) => suspects.has(`${kind}:${name}`));
      }
    }
    return due;
  };
}

const parentLooksOf = (seen: readonly Seen<IssueObservation>[]): ParentLook[] =>
  seen.flatMap(({ firstSeenAt, asOf, observedAt, parent }, index) => {
    // Some backups leave the parent out: that none is shown says something only after one was.
    const isSilent =
      asOf !== undefined && parent === null && seen.slice(0, index).every((s) => s.parent === null);
    const since = asOf ?? firstSeenAt;
    return isSilent ? [] : [{ since, until: asOf ?? observedAt, parent }];
  });

/** True where names changed and issues must be folded again. */
function renew(tables: Tables): boolean {
  const { names, events, stale } = tables;
  if (!names.isDue()) return false;
  const before = names.read();
  const found = reasonOutNames(tables);
  names.replace(found);
  names.setDue(false);
  const changed = changedNames(before.periods, found.periods);
  for (const { kind, name } of changed) {
    stale.add(events.issuesNaming(verbsOf(kind), name));
  }
  // What GitHub shows is read through the same names; only odd issues can read differently.
  if (changed.length > 0)
    for (const kind of kindsOfNames) stale.add(names.odd(kind).map(({ issue }) => issue));
  const moved = restaleMoved(tables);
  return changed.length > 0 || moved;
}

/** Whether an issue's milestones are told rightly by their titles is judged anew where titles changed hands. */
function restaleMoved(tables: Tables): boolean {
  const { names, events, stale } = tables;
  const [before, now] = [names.titles(), holdersOf(tables, "milestone")];
  const moved = [...new Set([...before.keys(), ...now.keys()])].filter((t) => before.get(t) !== now.get(t));
  if (moved.length === 0) return false;
  names.setTitles(now);
  for (const title of moved) stale.add(events.issuesNaming(verbsOf("milestone"), title));
  return true;
}

function changedNames(before: readonly NamePeriod[], after: readonly NamePeriod[]): NamePeriod[] {
  const group = (periods: readonly NamePeriod[]) =>
    Map.groupBy(periods, ({ kind, name }) => `${kind}:${name}`);
  const [old, fresh] = [group(before), group(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((key) => JSON.stringify(old.get(key)) !== JSON.stringify(fresh.get(key)))
    .flatMap((key) => (fresh.get(key) ?? old.get(key) ?? []).slice(0, 1));
}

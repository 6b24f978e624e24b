import { type NameResolver, type Names, nameResolver, nameSpans } from "../core/history/names/resolver.ts";
import {
  type Attribute,
  forever,
  type InForce,
  type IssueInForce,
  type IssueTimeline,
  type NameSpan,
} from "../core/model/interval.ts";
import { commentsWithDeletions } from "./deleted-comments.ts";
import { guardAll } from "./failures.ts";
import { formerTitles } from "./former-titles.ts";
import { pullState } from "./interval-rows.ts";
import { allTime, type Intervals } from "./intervals.ts";
import { knownUntil } from "./known-until.ts";
import { namesOf, repositoryOf } from "./repository.ts";
import type { History, MarkQuery, TimelineFilter } from "./store.ts";
import type { Tables } from "./tables.ts";
import { newestLabels, newestMilestones } from "./things.ts";

type Queries = Omit<History, "refresh" | "refreshSteps">;

/** The reading half of a store. */
export function queries(tables: Tables, file: string): Queries {
  const { intervals, observations, events, comments, sightings } = tables;
  const known = knownNames(tables);
  const former = perVersion(tables, () => formerTitles(tables));
  const eachTimeline = (filter: TimelineFilter = {}) => timelinesNamed(intervals, known, filter);
  const reading: Queries = {
    repository: () => repositoryOf(tables),
    repositoryNames: () => namesOf(tables),
    knownUntil: () => knownUntil(tables),
    eachTimeline,
    timelines: (filter) => [...eachTimeline(filter)],
    eachInForce: (at, filter) => inForceNamed(intervals, known, at, filter?.pullRequests ?? false),
    issuesEverCarrying(mark, span = allTime) {
      const { attribute, keys } = keysOf(mark, known, intervals);
      return inOrder(keys.flatMap((key) => intervals.issuesWithKey(attribute, key, span)));
    },
    issuesActiveCarrying(mark, span) {
      const { attribute, keys } = keysOf(mark, known, intervals);
      return inOrder(keys.flatMap((key) => intervals.activeIssuesWithKey(attribute, key, span)));
    },
    issuesChanging(mark, span) {
      const { attribute, keys } = keysOf(mark, known, intervals);
      return inOrder(keys.flatMap((key) => intervals.issuesChanging(attribute, key, span)));
    },
    issuesWithNewReason: (span) => inOrder(intervals.issuesWithNewReason(span)),
    issuesInDoubt: (span, attributes, of) => inOrder(intervals.issuesInDoubt(span, attributes, of)),
    issuesOpenDuring(span, of) {
      // What is gone was open to the last, as far as its own history tells.
      const gone = new Set(intervals.issuesGone(span));
      return reading.issuesEverCarrying({ state: "open", of }, span).filter((issue) => !gone.has(issue));
    },
    issuesClosedOtherwise: (reasons) => intervals.closedOtherwise(reasons),
    knownIssues: () => knownIssues(tables),
    openIssues: () => openIssues(tables),
    goneIssues: () => [...sightings.issues()].flatMap((issue) => sightings.gone(issue) ?? []),
    unreadArrivals: () => tables.arrivals.refused().filter(({ issue }) => sightings.gone(issue) === null),
    commentsOf: (issues) => [...issues].flatMap((issue) => commentsWithDeletions(tables, issue)),
    issuesWithEffort: () => inOrder([...comments.issuesWithEffort(), ...observations.issuesWithEffort()]),
    issueHistory: (number) => observations.versions(number),
    eventsOf: (issue) => tables.deliveries.among(events.ofIssue(issue), issue, repositoryOf(tables)),
    issue: (number) => observations.versions(number).at(-1) ?? null,
    milestones: () => newestMilestones(tables),
    milestoneHistory: (number) => observations.history("milestone", number),
    formerTitles: former,
    labels: () => newestLabels(tables),
    labelNames() {
      const { names, labelKeys } = known();
      const borne = [...names.periods, ...newestLabels(tables).map(({ name }) => ({ kind: "label", name }))];
      const listed = borne.flatMap(({ kind, name }) => (kind === "label" ? [name] : []));
      const renamed = names.aliases.flatMap(({ kind, from, to }) => (kind === "label" ? [from, to] : []));
      return [...new Set([...listed, ...renamed, ...labelKeys()])].sort();
    },
    projects: () => observations.newest("project"),
    projectUpdates() {
      const listed = new Set(reading.projects().flatMap(({ updates = [] }) => updates));
      return observations.newest("projectUpdate").filter(({ id }) => listed.has(id));
    },
    names: () => known().names,
    counts: () => ({ ...intervals.counts(), events: events.count() }),
  };
  return guardAll(reading, file);
}

function knownIssues({ observations, sightings }: Tables): number[] {
  const sighted = sightings.issues();
  return observations.issues().filter((issue) => !sighted.has(issue) || sightings.gone(issue) === null);
}

/** The intervals tell it of all issues but those that were not replayed since they changed. */
function openIssues(tables: Tables): number[] {
  const { intervals, observations, sightings, stale } = tables;
  const open = new Set(intervals.issuesWithKey("state", "open", { from: forever - 1, to: forever }));
  for (const issue of stale.all()) {
    const now = observations.versions(issue).at(-1);
    if (now?.state === "open" && !now.pullRequest) open.add(issue);
    else open.delete(issue);
  }
  return [...open].filter((issue) => sightings.gone(issue) === null).sort((a, b) => a - b);
}

interface KnownNames {
  names: Names;
  resolver: NameResolver;
  /** Names over time, by `attribute:key`. */
  spans: Map<string, NameSpan[]>;
  /** What stands for labels in intervals. */
  labelKeys: () => string[];
}

/** What is derived from the whole database, once until it changes. */
function perVersion<T>({ version }: Pick<Tables, "version">, derive: () => T): () => T {
  let derived: { version: string; value: T } | null = null;
  return () => {
    const now = version();
    if (derived?.version !== now) derived = { version: now, value: derive() };
    return derived.value;
  };
}

/** Names are asked of every board, and change with a sync only. */
function knownNames(tables: Pick<Tables, "names" | "intervals" | "version">): () => KnownNames {
  return perVersion(tables, () => {
    const names = tables.names.read();
    const spans = Map.groupBy(nameSpans(names), ({ attribute, key }) => `${attribute}:${key}`);
    let keys: string[] | null = null;
    const labelKeys = () => (keys ??= tables.intervals.keysOf("label"));
    return { names, resolver: nameResolver(names), spans, labelKeys };
  });
}

function keysOf(
  mark: MarkQuery,
  known: () => KnownNames,
  intervals: Intervals,
): { attribute: Attribute; keys: string[] } {
  if ("type" in mark) {
    const type = mark.type.toLowerCase();
    return { attribute: "type", keys: intervals.keysOf("type").filter((one) => one.toLowerCase() === type) };
  }
  if ("field" in mark) return { attribute: "field", keys: [mark.field] };
  if ("status" in mark) return { attribute: "status", keys: [mark.status] };
  if ("iteration" in mark) return { attribute: "iteration", keys: [mark.iteration] };
  if ("state" in mark) {
    const { state, of = "issues" } = mark;
    const keys = { issues: [state], pulls: [pullState(state)], both: [state, pullState(state)] };
    return { attribute: "state", keys: keys[of] };
  }
  const { resolver, labelKeys } = known();
  if ("label" in mark) {
    const label = mark.label.toLowerCase();
    const alike = labelKeys().filter((one) => one.toLowerCase() === label);
    return { attribute: "label", keys: [...new Set([...alike, ...resolver.keysEverNamed("label", label)])] };
  }
  if (typeof mark.milestone === "number") return { attribute: "milestone", keys: [String(mark.milestone)] };
  const keys = [`title:${mark.milestone}`, ...resolver.keysEverNamed("milestone", mark.milestone)];
  return { attribute: "milestone", keys };
}

function* timelinesNamed(
  intervals: Intervals,
  known: () => KnownNames,
  { numbers, pullRequests }: TimelineFilter,
): Generator<IssueTimeline> {
  const { spans } = known();
  for (const timeline of numbers === undefined ? intervals.iterate() : intervals.some(inOrder(numbers))) {
    if (timeline.pullRequest && !pullRequests) continue;
    const borne = namesIn(timeline.intervals, spans);
    yield borne.length === 0 ? timeline : { ...timeline, names: borne };
  }
}

const inOrder = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function* inForceNamed(
  intervals: Intervals,
  known: () => KnownNames,
  at: number,
  pullRequests: boolean,
): Generator<IssueInForce> {
  const { spans } = known();
  for (const issues of intervals.inForceAt(at, pullRequests))
    for (const issue of issues) {
      const borne = namesIn(issue.inForce, spans);
      yield borne.length === 0 ? issue : { ...issue, names: borne };
    }
}

function namesIn(intervals: readonly InForce[], spans: Map<string, NameSpan[]>): NameSpan[] {
  if (spans.size === 0) return [];
  const keys = new Set(intervals.map(({ attribute, key }) => `${attribute}:${key}`));
  return [...keys].flatMap((key) => spans.get(key) ?? []);
}

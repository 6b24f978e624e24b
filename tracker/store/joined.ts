import type { Alias, NamePeriod, Names } from "../core/history/names/resolver.ts";
import type { IssueEvent, IssueReference } from "../core/model/event.ts";
import type { Doubt, InForce, IssueInForce, IssueTimeline, NameSpan } from "../core/model/interval.ts";
import type { IssueObservation, MilestoneObservation } from "../core/model/issue.ts";
import { keyAt, numberOf, placeOf, type Repositories } from "../core/model/repositories.ts";
import { formerTitlesOfAll } from "./former-titles.ts";
import type { Seen } from "./observation-rows.ts";
import type { RefreshOptions } from "./refresh.ts";
import { refusalOf } from "./refused.ts";
import type { History, MarkQuery, Store, TimelineFilter } from "./store.ts";
import { following, transfersAmong } from "./transfers.ts";

/** One repository among several: where it stands in the list of all. */
interface Member {
  place: number;
  store: Store;
}

/**
 * The histories of several repositories read as one. A place without a store (null) has no history yet. Whatever goes
 * by number at GitHub goes by key here; names of labels are looked up in each repository by itself.
 */
export function joinHistories(stores: readonly (Store | null)[], listed: Repositories): History {
  const { transfers, forget } = transfersOf(stores, listed);
  const nowAt = (key: number) => transfers().get(key) ?? key;
  const repositories = following(listed, nowAt);
  const members = stores.flatMap((store, place): Member[] => (store === null ? [] : [{ place, store }]));
  const at = (key: number) => members.find(({ place }) => place === placeOf(key))?.store ?? null;
  const keys = { repositories, nowAt };
  const gather = <T>(read: (member: Member) => readonly T[]): T[] => members.flatMap(read);
  const keyed = <T extends { issue: number }>(read: (store: Store) => readonly T[]): T[] =>
    gather(({ place, store }) => read(store).map((one) => ({ ...one, issue: keyAt(place, one.issue) })));
  const issues = (read: (store: Store) => readonly number[]): number[] =>
    gather(({ place, store }) => read(store).map((number) => keyAt(place, number))).filter(
      (key) => !transfers().has(key),
    );
  const marked = (mark: MarkQuery, read: (store: Store, own: MarkQuery) => readonly number[]): number[] =>
    gather(({ place, store }) => {
      const own = ownMark(mark, place);
      return own === null ? [] : read(store, own).map((number) => keyAt(place, number));
    }).filter((key) => !transfers().has(key));
  function* eachTimeline(filter: TimelineFilter = {}): Generator<IssueTimeline> {
    const wanted = filter.numbers === undefined ? null : Map.groupBy(filter.numbers, placeOf);
    for (const { place, store } of members) {
      const numbers = wanted?.get(place)?.map(numberOf);
      if (wanted !== null && numbers === undefined) continue;
      const own = numbers === undefined ? filter : { ...filter, numbers };
      for (const timeline of store.eachTimeline(own)) {
        const keyed = keyedTimeline(timeline, { ...keys, place });
        if (!transfers().has(keyed.number)) yield keyed;
      }
    }
  }
  const projects = () => newestOf(gather(({ store }) => store.projects()));
  return {
    repository: () => repositories.names[0] ?? null,
    repositoryNames: () => [...repositories.names],
    ...refreshOf(members, forget),
    knownUntil: () => knownUntilOf(members),
    projects,
    projectUpdates() {
      // A project may be seen from several repositories: what its newest listing holds is there.
      const listed = new Set(projects().flatMap(({ updates = [] }) => updates));
      return newestOf(gather(({ store }) => store.projectUpdates())).filter(({ id }) => listed.has(id));
    },
    eachTimeline,
    timelines: (filter) => [...eachTimeline(filter)],
    *eachInForce(instant, filter) {
      for (const { place, store } of members)
        for (const issue of store.eachInForce(instant, filter))
          if (!transfers().has(keyAt(place, issue.number))) yield keyedInForce(issue, { ...keys, place });
    },
    issuesEverCarrying: (mark, span) => marked(mark, (store, own) => store.issuesEverCarrying(own, span)),
    issuesActiveCarrying: (mark, span) => marked(mark, (store, own) => store.issuesActiveCarrying(own, span)),
    issuesChanging: (mark, span) => marked(mark, (store, own) => store.issuesChanging(own, span)),
    issuesWithNewReason: (span) => issues((store) => store.issuesWithNewReason(span)),
    issuesInDoubt: (span, attributes, of) => issues((store) => store.issuesInDoubt(span, attributes, of)),
    issuesOpenDuring: (span, of) => issues((store) => store.issuesOpenDuring(span, of)),
    issuesClosedOtherwise: (reasons) => closedOtherwise(members, reasons),
    knownIssues: () => issues((store) => store.knownIssues()),
    openIssues: () => issues((store) => store.openIssues()),
    goneIssues: () => keyed((store) => store.goneIssues()),
    unreadArrivals: () => keyed((store) => store.unreadArrivals()),
    issuesWithEffort: () => issues((store) => store.issuesWithEffort()),
    ...readingOne(at, keys),
    milestones: () =>
      gather(({ place, store }) => store.milestones().map((one) => keyedMilestone(one, place))),
    milestoneHistory: (key) =>
      (at(key)?.milestoneHistory(numberOf(key)) ?? []).map((one) => keyedMilestone(one, placeOf(key))),
    formerTitles: () => formerTitlesOfAll(members),
    labels: () => gather(({ store }) => store.labels()),
    labelNames: () => [...new Set(gather(({ store }) => store.labelNames()))].sort(),
    names: () => namesOfAll(members),
    counts: () => countsOf(members),
  };
}

/** What is asked about one issue, by its key. */
function readingOne(
  at: (key: number) => Store | null,
  keys: Omit<Keying, "place">,
): Pick<History, "commentsOf" | "issueHistory" | "eventsOf" | "issue"> {
  const keying = (key: number): Keying => ({ ...keys, place: placeOf(key) });
  return {
    commentsOf: (wanted) =>
      [...wanted].flatMap((key) =>
        (at(key)?.commentsOf([numberOf(key)]) ?? []).map((comment) => ({ ...comment, issue: key })),
      ),
    issueHistory: (key) =>
      (at(key)?.issueHistory(numberOf(key)) ?? []).map((one) => keyedIssue(one, keying(key))),
    eventsOf: (key) =>
      (at(key)?.eventsOf(numberOf(key)) ?? []).map((event) => keyedEvent(event, keying(key))),
    issue(key) {
      const issue = at(key)?.issue(numberOf(key)) ?? null;
      return issue === null ? null : keyedIssue(issue, keying(key));
    },
  };
}

function closedOtherwise(members: readonly Member[], reasons: readonly string[]): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const { place, store } of members)
    for (const [reason, numbers] of store.issuesClosedOtherwise(reasons))
      all.set(reason, [...(all.get(reason) ?? []), ...numbers.map((number) => keyAt(place, number))]);
  return all;
}

const countsOf = (members: readonly Member[]): ReturnType<History["counts"]> =>
  members
    .map(({ store }) => store.counts())
    .reduce(
      (sum, one) => ({
        issues: sum.issues + one.issues,
        pullRequests: sum.pullRequests + one.pullRequests,
        events: sum.events + one.events,
      }),
      { issues: 0, pullRequests: 0, events: 0 },
    );

/** Of what several repositories saw, the newest look at each. */
const newestOf = <T extends { id: number; observedAt: number }>(seen: readonly T[]): T[] =>
  [...Map.groupBy(seen, ({ id }) => id).values()].flatMap((same) =>
    same.toSorted((a, b) => a.observedAt - b.observedAt).slice(-1),
  );

/** A milestone's number is a key here, and means the milestone of one repository. */
function ownMark(mark: MarkQuery, place: number): MarkQuery | null {
  if (!("milestone" in mark) || typeof mark.milestone === "string") return mark;
  return placeOf(mark.milestone) === place ? { milestone: numberOf(mark.milestone) } : null;
}

/** What was transferred, looked up once between two refreshes. */
function transfersOf(stores: readonly (Store | null)[], repositories: Repositories) {
  let found: ReadonlyMap<number, number> | null = null;
  return {
    transfers() {
      found ??= transfersAmong(stores, repositories);
      return found;
    },
    forget() {
      found = null;
    },
  };
}

function refreshOf(
  members: readonly Member[],
  onRefresh: () => void,
): Pick<History, "refresh" | "refreshSteps"> {
  return {
    refresh(options?: RefreshOptions) {
      onRefresh();
      for (const { store } of members) store.refresh(options);
    },
    *refreshSteps() {
      onRefresh();
      let before = 0;
      for (const { store } of members) {
        let own = 0;
        for (const folded of store.refreshSteps()) {
          own = folded;
          yield before + own;
        }
        before += own;
      }
    },
  };
}

/** What all of them are known up to. One that GitHub refused at the last sync holds up none of the others. */
function knownUntilOf(members: readonly Member[]): number | null {
  const read = members.filter(({ store }) => refusalOf(store.syncState) === null);
  const known = (read.length > 0 ? read : members).flatMap(({ store }) => store.knownUntil() ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

/** Whose numbers are made keys, and how what they refer to is found. */
interface Keying {
  place: number;
  repositories: Repositories;
  nowAt(key: number): number;
}

function keyedReference(reference: IssueReference, { place, repositories, nowAt }: Keying): IssueReference {
  if (typeof reference === "number") return nowAt(keyAt(place, reference));
  const [, repository, number] = /^(.+)#(\d+)$/.exec(reference) ?? [];
  return repository === undefined ? reference : (repositories.keyOf(repository, Number(number)) ?? reference);
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/** An issue's or milestone's number as text, made a key; what is no number stands for itself. */
const keyedText = (text: string, keying: Keying): string =>
  String(keyedReference(isNumber(text) ? Number(text) : text, keying));

const keyedName = (key: string, place: number): string =>
  isNumber(key) ? String(keyAt(place, Number(key))) : place === 0 ? key : `${place}/${key}`;

function keyedInterval<T extends Pick<InForce, "attribute" | "key" | "value">>(
  interval: T,
  keying: Keying,
): T {
  const { attribute, key, value } = interval;
  if (attribute === "milestone") return { ...interval, key: keyedName(key, keying.place) };
  if (attribute === "parent" || attribute === "blockedBy")
    return { ...interval, key: keyedText(key, keying), value: keyedText(value, keying) };
  return interval;
}

function keyedDoubts(doubts: readonly Doubt[], keying: Keying): Doubt[] {
  return doubts.map((doubt) => {
    if (doubt.about === undefined) return doubt;
    const { attribute: _, ...about } = keyedInterval({ attribute: doubt.attribute, ...doubt.about }, keying);
    return { ...doubt, about };
  });
}

const keyedSpans = (names: readonly NameSpan[], place: number): NameSpan[] =>
  names.map((name) => (name.attribute === "milestone" ? { ...name, key: keyedName(name.key, place) } : name));

/** What both shapes of an issue's history share. */
function keyedHead<T extends Pick<IssueTimeline, "number" | "doubts" | "names">>(
  issue: T,
  keying: Keying,
): T {
  return {
    ...issue,
    number: keyAt(keying.place, issue.number),
    ...(issue.doubts === undefined ? {} : { doubts: keyedDoubts(issue.doubts, keying) }),
    ...(issue.names === undefined ? {} : { names: keyedSpans(issue.names, keying.place) }),
  };
}

const keyedTimeline = (timeline: IssueTimeline, keying: Keying): IssueTimeline => ({
  ...keyedHead(timeline, keying),
  intervals: timeline.intervals.map((interval) => keyedInterval(interval, keying)),
});

const keyedInForce = (issue: IssueInForce, keying: Keying): IssueInForce => ({
  ...keyedHead(issue, keying),
  inForce: issue.inForce.map((interval) => keyedInterval(interval, keying)),
});

const keyedMilestone = (
  milestone: Seen<MilestoneObservation>,
  place: number,
): Seen<MilestoneObservation> => ({
  ...milestone,
  number: keyAt(place, milestone.number),
});

function keyedIssue(issue: Seen<IssueObservation>, keying: Keying): Seen<IssueObservation> {
  const { number, milestone, parent } = issue;
  return {
    ...issue,
    number: keyAt(keying.place, number),
    milestone: milestone === null ? null : { ...milestone, number: keyAt(keying.place, milestone.number) },
    parent: parent === null ? null : keyedReference(parent, keying),
  };
}

const keyedEvent = (event: IssueEvent, keying: Keying): IssueEvent => ({
  ...event,
  issue: keyAt(keying.place, event.issue),
  ...(event.relation === undefined ? {} : { relation: keyedReference(event.relation, keying) }),
});

/** The renames of all. A label's key is its name, which an issue's own timeline reads; a milestone's is its number. */
function namesOfAll(members: readonly Member[]): Names {
  const keyed = <T extends Alias | NamePeriod>(list: readonly T[], place: number): T[] =>
    list.map((one) => (one.kind === "milestone" ? { ...one, key: keyedName(one.key, place) } : one));
  const all = members.map(({ place, store }) => ({ place, names: store.names() }));
  return {
    periods: all.flatMap(({ place, names }) => keyed(names.periods, place)),
    aliases: all.flatMap(({ place, names }) => keyed(names.aliases, place)),
  };
}

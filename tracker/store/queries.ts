import { nameResolver, nameSpans } from "../core/history/names/resolver.ts";
import type { Attribute, IssueTimeline, NameSpan } from "../core/model/interval.ts";
import { guarded, guardedRows } from "./failures.ts";
import { allTime } from "./intervals.ts";
import { repositoryOf } from "./repository.ts";
import type { MarkQuery, Store, TimelineFilter } from "./store.ts";
import type { Tables } from "./tables.ts";

type Queries = Omit<
  Store,
  | "append"
  | "setRepository"
  | "renameRepository"
  | "chooseProject"
  | "refresh"
  | "refreshSteps"
  | "syncState"
  | "transaction"
  | "close"
>;

/** The reading half of a store. */
export function queries(tables: Tables, file: string): Queries {
  const { intervals, observations, events, comments, names } = tables;

  const derive = () => {
    const found = names.read();
    const spans = Map.groupBy(nameSpans(found), ({ attribute, key }) => `${attribute}:${key}`);
    return { version: tables.version(), names: found, resolver: nameResolver(found), spans };
  };
  let derived: ReturnType<typeof derive> | null = null;
  /** Names are asked of every board, and change with a sync only. */
  const known = () => {
    if (derived?.version !== tables.version()) derived = derive();
    return derived!;
  };

  function keysOf(mark: MarkQuery): { attribute: Attribute; keys: string[] } {
    if ("status" in mark) return { attribute: "status", keys: [mark.status] };
    if ("iteration" in mark) return { attribute: "iteration", keys: [mark.iteration] };
    const { resolver } = known();
    if ("label" in mark) {
      return {
        attribute: "label",
        keys: [...new Set([mark.label, ...resolver.keysEverNamed("label", mark.label)])],
      };
    }
    if (typeof mark.milestone === "number") return { attribute: "milestone", keys: [String(mark.milestone)] };
    const keys = [`title:${mark.milestone}`, ...resolver.keysEverNamed("milestone", mark.milestone)];
    return { attribute: "milestone", keys };
  }

  function* eachTimeline(filter: TimelineFilter = {}): Generator<IssueTimeline> {
    const { spans } = known();
    for (const timeline of filter.numbers === undefined ? intervals.iterate() : someOf(filter.numbers)) {
      if (timeline.pullRequest && !filter.pullRequests) continue;
      const borne = namesIn(timeline, spans);
      yield borne.length === 0 ? timeline : { ...timeline, names: borne };
    }
  }
  function* someOf(numbers: readonly number[]): Generator<IssueTimeline> {
    for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
      const timeline = intervals.get(number);
      if (timeline !== null) yield timeline;
    }
  }

  const reading: Queries = {
    repository: () => repositoryOf(tables),
    eachTimeline,
    timelines: (filter) => [...eachTimeline(filter)],
    issuesEverCarrying(mark, span = allTime) {
      const { attribute, keys } = keysOf(mark);
      const found = new Set(keys.flatMap((key) => intervals.issuesWithKey(attribute, key, span)));
      return [...found].sort((a, b) => a - b);
    },
    issuesOpenDuring: (span) => intervals.issuesWithKey("state", "open", span).sort((a, b) => a - b),
    countOpenAt: (at) => intervals.countWithKeyAt("state", "open", at),
    commentsOf: (issues) => [...issues].flatMap((issue) => comments.ofIssue(issue)),
    issuesWithEffort: () =>
      [...new Set([...comments.issuesWithEffort(), ...observations.issuesWithEffort()])].sort(
        (a, b) => a - b,
      ),
    issueHistory: (number) => observations.history("issue", number),
    eventsOf: (issue) => events.ofIssue(issue),
    issue: (number) => observations.latest("issue", number),
    milestones: () => observations.all("milestone").map((contents) => contents.at(-1)!),
    milestoneHistory: (number) => observations.history("milestone", number),
    labels: () => observations.all("label").map((contents) => contents.at(-1)!),
    projects: () => observations.all("project").map((contents) => contents.at(-1)!),
    names: () => known().names,
    counts: () => ({ ...intervals.counts(), events: events.count() }),
  };
  return guardAll(reading, file);
}

function namesIn(timeline: IssueTimeline, spans: Map<string, NameSpan[]>): NameSpan[] {
  if (spans.size === 0) return [];
  const keys = new Set(timeline.intervals.map(({ attribute, key }) => `${attribute}:${key}`));
  return [...keys].flatMap((key) => spans.get(key) ?? []);
}

/** Every reading explains SQLite's failures alike, also one that is drawn row by row. */
function guardAll<T extends object>(reading: T, file: string): T {
  const wrap =
    (work: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) =>
      guarded(file, () => {
        const found = work(...args);
        return isDrawn(found) ? guardedRows(found, file) : found;
      });
  return Object.fromEntries(Object.entries(reading).map(([name, work]) => [name, wrap(work)])) as T;
}

const isDrawn = (found: unknown): found is Iterable<unknown> =>
  typeof found === "object" && found !== null && "next" in found && Symbol.iterator in found;

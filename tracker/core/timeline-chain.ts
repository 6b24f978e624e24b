import type { IssueEvent } from "./event.ts";
import { type Attribute, type Doubt, forever, type Interval } from "./interval.ts";
import type { NameResolver } from "./reconcile-names.ts";

/** What several folds of one issue write into. */
export interface Draft {
  intervals: Interval[];
  doubts: Doubt[];
}

/**
 * What GitHub showed of one attribute. The answer describes some instant in [since, by]: it holds the issue's
 * last update, and a backup may have kept it for long before it was seen.
 */
export interface Shown<T> {
  value: T;
  since: number;
  by: number;
}

export interface ChainInput {
  attribute: "label" | "assignee";
  events: readonly IssueEvent[];
  createdAt: number;
  resolver: NameResolver;
  /** Keys that GitHub showed last; null where the issue itself was never seen. */
  shown: Shown<{ key: string; name: string }[]> | null;
}

const chains = {
  label: { add: "labeled", remove: "unlabeled", field: "label" },
  assignee: { add: "assigned", remove: "unassigned", field: "assignee" },
} as const;

/** Labels or assignees: each key has its own chain of intervals, and the end must equal what GitHub shows. */
export function foldChain(input: ChainInput, draft: Draft): void {
  const { attribute, resolver, createdAt } = input;
  const { add, remove, field } = chains[attribute];
  const open = new Map<string, Interval & { gone: boolean }>();
  const closedAt = new Map<string, number>();
  let compared = input.shown === null;

  const close = (key: string, at: number, event: IssueEvent | null) => {
    const interval = open.get(key)!;
    open.delete(key);
    closedAt.set(key, at);
    const { gone: _, ...plain } = interval;
    if (at > interval.from) {
      draft.intervals.push({ ...plain, to: at, endEvent: event?.id ?? null, endActor: event?.actor ?? null });
    }
  };
  const compare = () => {
    compared = true;
    meetShown(input, draft, open, closedAt, close);
  };

  for (const event of input.events) {
    const name = event[field];
    if (name === undefined || (event.kind !== add && event.kind !== remove)) continue;
    if (!compared && event.at > input.shown!.by) compare();
    const { key, gone } = resolver.resolve(attribute, name, event.at);
    if (event.kind === add) {
      if (!open.has(key)) {
        open.set(key, { ...started(attribute, name, key, Math.max(event.at, createdAt), event), gone });
      }
    } else if (open.has(key)) {
      close(key, event.at, event);
    } else {
      draft.intervals.push(...unannounced(input, draft, name, key, closedAt.get(key), event));
      closedAt.set(key, event.at);
    }
  }
  if (!compared) compare();
  for (const { gone: _, ...interval } of open.values()) draft.intervals.push(interval);
}

/** Removed without ever having been added: it was there since creation, or came back by an event that is missing. */
function unannounced(
  { attribute, createdAt }: ChainInput,
  draft: Draft,
  name: string,
  key: string,
  closedBefore: number | undefined,
  event: IssueEvent,
): Interval[] {
  const from = closedBefore ?? createdAt;
  if (event.at <= from) return [];
  if (closedBefore !== undefined) {
    // Twice removed: when, and whether, it came back in between cannot be told, so nothing is claimed.
    draft.doubts.push(doubt(attribute, from, event.at, "unknown", `${name} was removed twice`));
    return [];
  }
  const interval = started(attribute, name, key, from, null);
  return [{ ...interval, to: event.at, endEvent: event.id, endActor: event.actor, provenance: "inferred" }];
}

function meetShown(
  { attribute, createdAt, shown }: ChainInput,
  draft: Draft,
  open: Map<string, Interval & { gone: boolean }>,
  closedAt: Map<string, number>,
  close: (key: string, at: number, event: null) => void,
): void {
  const { value, by } = shown!;
  const keys = new Set(value.map(({ key }) => key));
  for (const [key, interval] of [...open]) {
    if (keys.has(key)) continue;
    const why = interval.gone
      ? `the ${attribute} ${interval.value} was deleted`
      : `no event ends ${interval.value}`;
    draft.doubts.push(doubt(attribute, interval.from + 1, by, interval.gone ? "inferred" : "unknown", why));
    close(key, by, null);
  }
  for (const { key, name } of value) {
    if (open.has(key)) continue;
    const closed = closedAt.get(key);
    if (closed === undefined) {
      open.set(key, {
        ...started(attribute, name, key, createdAt, null),
        provenance: "inferred",
        gone: false,
      });
      continue;
    }
    draft.doubts.push(doubt(attribute, closed, by, "unknown", `no event brings ${name} back`));
    open.set(key, { ...started(attribute, name, key, by, null), provenance: "observed", gone: false });
  }
}

export function started(
  attribute: Attribute,
  value: string,
  key: string,
  from: number,
  event: IssueEvent | null,
): Interval {
  return {
    attribute,
    value,
    key,
    from,
    to: forever,
    startEvent: event?.id ?? null,
    endEvent: null,
    startActor: event?.actor ?? null,
    endActor: null,
    provenance: "replayed",
  };
}

export function doubt(
  attribute: Attribute,
  from: number,
  to: number,
  provenance: Doubt["provenance"],
  why: string,
): Doubt {
  return { attribute, from, to, provenance, why };
}

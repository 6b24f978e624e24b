import type { IssueEvent } from "../model/event.ts";
import { type Attribute, type Doubt, forever, type Interval } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { arrivalBetween, leftBehind, type Place } from "./arrival.ts";
import { doubt } from "./doubt.ts";
import { Ambiguous, Mistaken } from "./mistaken.ts";
import type { NameResolver } from "./names/resolver.ts";

/** What several folds of one issue write into. */
export interface Draft {
  intervals: Interval[];
  doubts: Doubt[];
}

/**
 * What GitHub showed of one attribute: evidence as of `by`, fetched at some time up to `latest`, since a backup may
 * have kept it for long.
 */
export interface Observed<T> {
  value: T;
  by: number;
  latest: number;
}

export interface ChainInput {
  attribute: "label" | "assignee";
  events: readonly IssueEvent[];
  createdAt: number;
  resolver: NameResolver;
  /** Keys that GitHub showed last; null where the issue itself was never seen. */
  shown: Observed<{ key: string; name: string }[]> | null;
}

const chains = {
  label: { add: "labeled", remove: "unlabeled", field: "label" },
  assignee: { add: "assigned", remove: "unassigned", field: "assignee" },
} as const;

/** An interval that still lasts; `gone`: what it names was deleted at some time after `thereUntil`, or at `deletedAt`. */
type OpenLink = Interval & { gone: boolean; thereUntil: number | null; deletedAt: number | null };

/** Labels or assignees: each key has its own chain of intervals, and the end must equal what GitHub shows. */
export function foldChain(input: ChainInput, draft: Draft): void {
  const { attribute, resolver, createdAt } = input;
  const { add, remove, field } = chains[attribute];
  const open = new Map<string, OpenLink>();
  const closedAt = new Map<string, number>();
  const mistaken = new Mistaken();
  const ambiguous = new Ambiguous(attribute);
  let compared = input.shown === null;

  const close = (key: string, at: number, event: IssueEvent | null) => {
    const interval = present(open.get(key));
    open.delete(key);
    closedAt.set(key, at);
    const plain = plainOf(interval);
    if (at > interval.from) {
      draft.intervals.push({ ...plain, to: at, endEvent: event?.id ?? null, endActor: event?.actor ?? null });
    }
  };
  /** Ends a label that the issue had when it arrived, and has not any more at `by`. True where there is one. */
  const leaveBehind = (key: string, by: Place, until = by.at): boolean => {
    const before = open.get(key);
    if (attribute !== "label" || before === undefined) return false;
    const arrival = arrivalBetween(input.events, { at: before.from, id: before.startEvent }, by);
    if (arrival === null) return false;
    const about = { key, value: before.value };
    draft.doubts.push(doubt(attribute, arrival.at, until, "inferred", leftBehind(before.value), about));
    close(key, arrival.at, arrival);
    return true;
  };
  const compare = () => {
    compared = true;
    reconcileWithObserved(input, draft, open, closedAt, close, leaveBehind);
    // Of two names that are one thing's, GitHub shows the present one. The other says that they are not.
    const isSettled = (key: string) =>
      present(input.shown).value.every((one) => one.key !== key || one.name === key);
    ambiguous.settle(offSince(input));
    for (const key of mistaken.keys()) if (isSettled(key)) mistaken.end(key, offSince(input));
  };

  for (const event of input.events) {
    const name = event[field];
    if (name === undefined || (event.kind !== add && event.kind !== remove)) continue;
    if (!compared && event.at > present(input.shown).by) compare();
    const meaning = resolver.resolve(attribute, name, event.at);
    const { key, gone, thereUntil, deletedAt, weak } = meaning;
    const isKnown = event.kind === add || open.has(key);
    draft.doubts.push(...ambiguous.use(meaning, isKnown ? event.at : (closedAt.get(key) ?? createdAt)));
    if (event.kind === add) {
      const at = Math.max(event.at, createdAt);
      leaveBehind(key, { at, id: event.id });
      const before = open.get(key);
      const provenance = weak ? "inferred" : "replayed";
      const begun = {
        ...started(attribute, name, key, at, event),
        provenance,
        ...{ gone, thereUntil, deletedAt },
      } as const;
      if (before === undefined) {
        mistaken.end(key, at);
        open.set(key, begun);
      } else if (before.deletedAt !== null && before.from < before.deletedAt && before.deletedAt <= at) {
        close(key, before.deletedAt, null);
        open.set(key, begun);
      } else if (attribute === "label" && (at > before.from || before.value !== name)) {
        // GitHub adds no label twice: it must have been off in between, by deletion or a missing event.
        const why = `${name} was added twice`;
        const from = Math.min(before.from + 1, at);
        const twice = doubt(attribute, from, at, "inferred", why, { key, value: name });
        if (before.value === name) {
          draft.doubts.push(twice);
          // It was put on anew, after what was put on since.
          close(key, at, null);
          open.set(key, begun);
        } else {
          // Under two names it may be two things, and both may be on.
          draft.doubts.push(mistaken.add(key, { ...twice, to: forever }));
        }
      }
    } else if (open.has(key)) {
      const { value } = present(open.get(key));
      mistaken.end(key, event.at);
      close(key, event.at, event);
      if (weak && value !== name) {
        const why = `${value} was put off as ${name}`;
        const about = { key, value };
        draft.doubts.push(mistaken.add(key, doubt(attribute, event.at, forever, "inferred", why, about)));
      }
    } else {
      draft.intervals.push(...unannounced(input, draft, name, key, closedAt.get(key), event));
      closedAt.set(key, event.at);
    }
  }
  if (!compared) compare();
  for (const interval of open.values()) draft.intervals.push(plainOf(interval));
}

const notGone = { gone: false, thereUntil: null, deletedAt: null };

const plainOf = ({ gone: _, thereUntil: __, deletedAt: ___, ...interval }: OpenLink): Interval => interval;

/** Removed without having been added: it was there since creation, or came back by an event that is missing. */
function unannounced(
  { attribute, createdAt, shown }: ChainInput,
  draft: Draft,
  name: string,
  key: string,
  closedBefore: number | undefined,
  event: IssueEvent,
): Interval[] {
  // What a look lacked was off by then.
  const isLacked = shown !== null && shown.by < event.at;
  const from = Math.max(closedBefore ?? createdAt, isLacked ? shown.by : createdAt);
  if (event.at <= from) return [];
  if (closedBefore !== undefined || isLacked) {
    // It was off already: when, and whether, it came back in between cannot be told, so nothing is claimed.
    draft.doubts.push(
      doubt(attribute, from, event.at, "unknown", `${name} was removed while it was off`, {
        key,
        value: name,
      }),
    );
    return [];
  }
  const interval = started(attribute, name, key, from, null);
  return [{ ...interval, to: event.at, endEvent: event.id, endActor: event.actor, provenance: "inferred" }];
}

/** Whether an event came after what GitHub showed. */
const isPast = ({ attribute, events, shown }: ChainInput): boolean =>
  events.some((event) => event.at > present(shown).by && event[chains[attribute].field] !== undefined);

/**
 * From when on what GitHub did not show was off. It writes no event of a deletion, which leaves no mark on the issue: it
 * was at any time up to when this was fetched.
 */
const offSince = (input: ChainInput): number => {
  const { by, latest } = present(input.shown);
  return isPast(input) ? by : latest;
};

function reconcileWithObserved(
  input: ChainInput,
  draft: Draft,
  open: Map<string, OpenLink>,
  closedAt: Map<string, number>,
  close: (key: string, at: number, event: null) => void,
  leaveBehind: (key: string, by: Place, until: number) => boolean,
): void {
  const { attribute, createdAt } = input;
  const { value, by, latest } = present(input.shown);
  const keys = new Set(value.map(({ key }) => key));
  for (const [key, interval] of [...open]) {
    if (keys.has(key)) continue;
    const { deletedAt } = interval;
    if (deletedAt !== null && interval.from < deletedAt && deletedAt <= latest) {
      close(key, deletedAt, null);
      continue;
    }
    const why = interval.gone
      ? `the ${attribute} ${interval.value} was deleted`
      : `no event ends ${interval.value}`;
    const at = offSince(input);
    if (leaveBehind(key, { at: by, id: null }, at)) continue;
    // What was put on under another name may never have been this.
    const surely = interval.value === key ? 1 : 0;
    const from = Math.max(interval.from, interval.thereUntil ?? 0) + surely;
    const provenance = interval.gone ? "inferred" : "unknown";
    draft.doubts.push(doubt(attribute, from, at, provenance, why, { key, value: interval.value }));
    close(key, at, null);
  }
  for (const { key, name } of value) {
    if (open.has(key)) continue;
    const closed = closedAt.get(key);
    if (closed === undefined) {
      open.set(key, {
        ...started(attribute, name, key, createdAt, null),
        provenance: "inferred",
        ...notGone,
      });
      continue;
    }
    draft.doubts.push(
      doubt(attribute, closed, by, "unknown", `no event brings ${name} back`, { key, value: name }),
    );
    open.set(key, {
      ...started(attribute, name, key, by, null),
      provenance: "observed",
      ...notGone,
    });
  }
  if (!isPast(input)) endDeletedSince(input, draft, close);
}

/** What was shown long ago may be deleted since. */
function endDeletedSince(
  { attribute, resolver, shown }: ChainInput,
  draft: Draft,
  close: (key: string, at: number, event: null) => void,
): void {
  const { value, by } = present(shown);
  for (const { key, name } of value) {
    const goneBy = resolver.goneBy(attribute, { key, name }, by);
    if (goneBy === null) continue;
    const why = `the ${attribute} ${name} was deleted`;
    draft.doubts.push(doubt(attribute, by + 1, goneBy.surely, "inferred", why, { key, value: name }));
    close(key, goneBy.at, null);
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

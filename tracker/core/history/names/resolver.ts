import type { DeletedName } from "../../model/delivery.ts";
import type { LabelAlias, MilestoneAlias, NameSpan } from "../../model/interval.ts";
import { forever } from "../../model/interval.ts";
import { present } from "../../model/present.ts";
import type { Hold } from "./segments.ts";

/** What has names that can change. An account is an assignee. */
export type NameKind = "label" | "milestone" | "assignee";

/**
 * Who bore a name: in [from, to) events that say `name` mean `key` (a label's current name, a milestone's
 * number as text, an account's current login). `gone`: what bore it then was deleted since.
 */
export interface NamePeriod {
  kind: NameKind;
  name: string;
  from: number;
  to: number;
  key: string;
  gone: boolean;
  /** For what is gone: spans in which one and the same thing surely bore the name, in time order. */
  held: Hold[];
  /** The evidence is thin or divided: what rests on it is inferred. */
  weak: boolean;
  /** Of what is weak: names of what it may have meant instead. */
  others: string[];
}

export interface Alias extends LabelAlias {
  kind: NameKind;
  key: string;
}

/** All that was reasoned out about a repository's names. */
export interface Names {
  /** Names without a period mean themselves. */
  periods: NamePeriod[];
  /** Renames in the order in which they happened, per key. */
  aliases: Alias[];
}

/** What a name meant at an instant. */
export interface Meaning extends NamePeriod {
  goneBy: number | null;
  deletedAt: number | null;
  /** Of something gone: it was surely there until then; the instant that was asked for, where nothing tells more. */
  thereUntil: number | null;
}

export interface GoneBy {
  at: number;
  surely: number;
}

/** All labels or milestones that there were at `at`, epoch ms, by key. */
export interface NameListing {
  at: number;
  keys: ReadonlySet<string>;
}

export interface NameResolver {
  /**
   * What an event at `at` meant by `name`. `goneBy`: of something gone, when what bears its name now was created, since
   * no two have one name; null: not known. `deletedAt`: when it was deleted, as far as a delivery told it.
   */
  resolve(kind: NameKind, name: string, at: number): Meaning;
  /**
   * Of a label or milestone that was there under `name` at `since`: by when it lost that name (`at`), and by when it is
   * known to be deleted (`surely`, else forever). null: for all that is known it is there.
   */
  goneBy(kind: NameKind, shown: { key: string; name: string }, since: number): GoneBy | null;
  /** Every key that ever bore `name`, compared without case (as GitHub compares names). */
  keysEverNamed(kind: NameKind, name: string): string[];
}

export const noNames: Names = { periods: [], aliases: [] };

/**
 * `born`: when milestones were created, by key. `deletions`: those of which a delivery told, oldest first. `listings`: the
 * newest that were fetched whole.
 */
export function nameResolver(
  names: Names,
  born: ReadonlyMap<string, number> = new Map(),
  deletions: readonly DeletedName[] = [],
  listings: Partial<Record<NameKind, NameListing | null>> = {},
): NameResolver {
  const byName = new Map<string, NamePeriod[]>();
  const byFolded = new Map<string, Set<string>>();
  for (const period of names.periods) {
    const list = byName.get(`${period.kind}:${period.name}`) ?? [];
    list.push(period);
    byName.set(`${period.kind}:${period.name}`, list);
    const folded = `${period.kind}:${period.name.toLowerCase()}`;
    byFolded.set(folded, (byFolded.get(folded) ?? new Set()).add(period.key));
  }
  const renamed = new Set(
    names.aliases.flatMap(({ kind, from, to }) => [`${kind}:${from}`, `${kind}:${to}`]),
  );
  // A name has one bearer at a time, deleted under it; what was renamed in between may have been another's then.
  const deletedIn = (kind: NameKind, name: string, at: number): number | null =>
    renamed.has(`${kind}:${name}`)
      ? null
      : (deletions.find(
          (one) => one.kind === kind && one.name === name && one.at > at && (one.bornAt ?? at) <= at,
        )?.at ?? null);
  const known = new Set(names.periods.map(({ kind }) => kind));
  for (const list of byName.values()) list.sort((a, b) => a.from - b.from);
  const constant = constantMeanings(deletions);
  return {
    resolve(kind, name, at) {
      const same = constant.find(kind, name);
      if (same !== undefined) return same;
      const periods = byName.get(`${kind}:${name}`) ?? [];
      const index = periods.findIndex((period) => at < period.to);
      const found = periods.at(index);
      if (found !== undefined) {
        const next = kind === "milestone" && found.gone && index >= 0 ? periods[index + 1] : undefined;
        const nextBorn = next === undefined ? null : (born.get(next.key) ?? null);
        // One that was there before already says nothing of when its name became free.
        const goneBy = nextBorn !== null && nextBorn > at ? nextBorn : null;
        const thereUntil = found.gone ? Math.max(at, holdAt(found.held, at)?.to ?? at) : null;
        const meaning = { ...found, goneBy, deletedAt: deletedIn(kind, name, at), thereUntil };
        return periods.length > 1 ? meaning : constant.keep(meaning);
      }
      // Where the living names are known, one that nobody bears or bore for long is of something deleted.
      const gone = kind !== "assignee" && known.has(kind);
      const key = unresolvedKey(kind, name);
      const none = { kind, name, from: -forever, to: forever, key, gone, held: [], weak: false, others: [] };
      const thereUntil = gone ? at : null;
      return constant.keep({ ...none, goneBy: null, deletedAt: deletedIn(kind, name, at), thereUntil });
    },
    goneBy(kind, { key, name }, since) {
      const listing = listings[kind] ?? null;
      const isListed = listing !== null && listing.at > since;
      if (isListed && listing.keys.has(key)) return null;
      const surely = isListed ? listing.at : forever;
      const bearer = kind === "milestone" ? byName.get(`${kind}:${name}`)?.at(-1) : undefined;
      const isTaken = bearer !== undefined && !bearer.gone && bearer.key !== key;
      const taken = (isTaken ? born.get(bearer.key) : undefined) ?? since;
      const at = taken > since ? Math.min(surely, taken) : surely;
      return at === forever ? null : { at, surely };
    },
    keysEverNamed: (kind, name) => [...(byFolded.get(`${kind}:${name.toLowerCase()}`) ?? [])],
  };
}

/** Remembers names that mean the same at every instant, as most do: they are asked for with every event. */
function constantMeanings(deletions: readonly DeletedName[]) {
  const kept = new Map<NameKind, Map<string, Meaning>>();
  return {
    find: (kind: NameKind, name: string): Meaning | undefined => kept.get(kind)?.get(name),
    /** Of a name that has one period or none. */
    keep(meaning: Meaning): Meaning {
      const { kind, name, gone } = meaning;
      if (gone || deletions.some((one) => one.kind === kind && one.name === name)) return meaning;
      kept.set(kind, (kept.get(kind) ?? new Map<string, Meaning>()).set(name, meaning));
      return meaning;
    },
  };
}

const holdAt = (held: readonly Hold[], at: number): Hold | undefined =>
  held.find(({ from, to }) => from <= at && at <= to);

/** A milestone that is known by its title alone must not look like a number. */
export function unresolvedKey(kind: NameKind, name: string): string {
  return kind === "milestone" ? `title:${name}` : name;
}

/**
 * The names of every renamed key as spans that cover all time. Between the bounds of a rename the name of the
 * time cannot be told, so the current name stands there, marked as inferred.
 */
export function nameSpans(names: Names): NameSpan[] {
  const byKey = Map.groupBy(
    names.aliases.filter(({ kind }) => kind !== "assignee"),
    ({ kind, key }) => `${kind}:${key}`,
  );
  return [...byKey.values()].flatMap((chain) => spansOf(chain));
}

function spansOf(chain: Alias[]): NameSpan[] {
  const { kind, key } = present(chain[0]);
  const attribute = kind === "milestone" ? "milestone" : "label";
  const current = present(chain.at(-1)).to;
  const spans: NameSpan[] = [];
  let from = -forever;
  const add = (name: string, to: number, provenance: NameSpan["provenance"]) => {
    if (to > from) spans.push({ attribute, key, name, from, to, provenance });
    from = Math.max(from, to);
  };
  for (const alias of chain) {
    // An event at the very bound still carried the old name.
    add(alias.from, alias.notBefore === null ? -forever : alias.notBefore + 1, "replayed");
    add(current, alias.notAfter ?? forever, "inferred");
  }
  add(current, forever, "replayed");
  return spans;
}

/** The aliases as `state --json` lists them. */
export function listedAliases(names: Names): { labels: LabelAlias[]; milestones: MilestoneAlias[] } {
  const bare = ({ from, to, notBefore, notAfter }: Alias): LabelAlias => ({ from, to, notBefore, notAfter });
  return {
    labels: names.aliases.filter(({ kind }) => kind === "label").map(bare),
    milestones: names.aliases
      .filter(({ kind, key }) => kind === "milestone" && /^\d+$/.test(key))
      .map((alias) => ({ ...bare(alias), number: Number(alias.key) })),
  };
}

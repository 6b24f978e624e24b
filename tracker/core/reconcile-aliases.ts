import type { ReconcileInput } from "./reconcile.ts";
import type { Alias, NamePeriod } from "./reconcile-names.ts";

/** Periods of each name of one kind, in time order. */
export type KindPeriods = Map<string, NamePeriod[]>;

interface Span {
  name: string;
  first: number;
  last: number;
}

/**
 * The chain of names that each key bore, as renames. A rename lies after the last time the old name was used or
 * seen and before the first time the new one was; a bound that nothing sets is null.
 */
export function aliasesOf(input: ReconcileInput, periods: KindPeriods): Alias[] {
  const byKey = new Map<string, Span[]>();
  for (const [name, list] of periods) {
    for (const { key, from, to, gone } of list) {
      if (gone) continue;
      const span = spanOf(input, name, key, from, to);
      byKey.set(key, [...(byKey.get(key) ?? []), span]);
    }
  }
  const aliases: Alias[] = [];
  for (const [key, spans] of byKey) {
    if (spans.length < 2) continue;
    const current = [...input.holders].find(([, held]) => held === key)?.[0];
    // The name borne now closes the chain, even where no event ever used it.
    spans.sort((a, b) => rankOf(a, current) - rankOf(b, current) || a.last - b.last);
    for (const [index, to] of spans.entries()) {
      const from = spans[index - 1];
      if (from === undefined || from.name === to.name) continue;
      aliases.push({
        kind: input.kind,
        key,
        from: from.name,
        to: to.name,
        notBefore: Number.isFinite(from.last) ? from.last : null,
        notAfter: Number.isFinite(to.first) && to.first > from.last ? to.first : null,
      });
    }
  }
  return aliases.sort((a, b) => (a.notBefore ?? 0) - (b.notBefore ?? 0) || (a.from < b.from ? -1 : 1));
}

function rankOf({ name }: Span, current: string | undefined): number {
  return name === current ? 1 : 0;
}

function spanOf(input: ReconcileInput, name: string, key: string, from: number, to: number): Span {
  const uses = input.uses(name).filter((at) => at >= from && at < to);
  const seen = datedSightings(input, key)
    .filter((sighting) => sighting.name === name && sighting.at >= from && sighting.at < to)
    .map(({ at }) => at);
  const times = [...uses, ...seen];
  return {
    name,
    first: times.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...times),
    last: times.length === 0 ? Number.NEGATIVE_INFINITY : Math.max(...times),
  };
}

/** One look at GitHub dates nothing: it says what every event before it led to. Two different looks do. */
function datedSightings({ sightings }: ReconcileInput, key: string) {
  const ofKey = sightings.filter((sighting) => sighting.key === key);
  return new Set(ofKey.map(({ name }) => name)).size > 1 ? ofKey : [];
}

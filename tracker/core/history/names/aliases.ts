import { present } from "../../model/present.ts";
import type { ReconcileInput } from "./evidence.ts";
import type { Alias, NamePeriod } from "./resolver.ts";

/** Periods of each name of one kind, in time order. */
export type KindPeriods = Map<string, NamePeriod[]>;

interface NamedUse {
  name: string;
  at: number;
}

/** Names that seem to take turns more often than this were not told apart rightly; nothing is dated then. */
const mostTurns = 12;

/**
 * The chain of names that each key bore, as renames in time order. A rename lies after the last time the old name
 * was used or seen and before the first time the new one was; a bound that nothing sets is null.
 */
export function aliasesOf(input: ReconcileInput, periods: KindPeriods): Alias[] {
  const byKey = new Map<string, NamePeriod[]>();
  for (const period of [...periods.values()].flat()) {
    if (!period.gone) byKey.set(period.key, [...(byKey.get(period.key) ?? []), period]);
  }
  const aliases: Alias[] = [];
  const now = namesNow(input);
  for (const [key, borne] of byKey) {
    const names = new Set(borne.map(({ name }) => name));
    if (names.size > 1) aliases.push(...chainOf(input, key, borne, names, now.get(key)));
  }
  return aliases.sort((a, b) => (a.notBefore ?? 0) - (b.notBefore ?? 0) || (a.from < b.from ? -1 : 1));
}

interface Turn {
  name: string;
  first: number | null;
  last: number | null;
}

/** The names of one key, in the order in which they were used. */
export function turnsOf(
  input: ReconcileInput,
  borne: readonly NamePeriod[],
  current: string | undefined,
): Turn[] {
  const uses = borne
    .flatMap((period) => usesIn(input, period))
    .sort((a, b) => a.at - b.at || Number(a.name === current) - Number(b.name === current));
  const turns: Turn[] = [];
  for (const { name, at } of uses) {
    const turn = turns.at(-1);
    if (turn?.name === name) turn.last = at;
    else turns.push({ name, first: at, last: at });
  }
  return turns;
}

/** As GitHub compares names. */
export const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What each key is called now. There may be thousands of keys, and each is asked for often. */
export function namesNow({ holders }: ReconcileInput): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, key] of holders) if (!names.has(key)) names.set(key, name);
  return names;
}

function chainOf(
  input: ReconcileInput,
  key: string,
  borne: NamePeriod[],
  names: Set<string>,
  current: string | undefined,
): Alias[] {
  const turns = turnsOf(input, borne, current);
  // The name borne now closes the chain, even where no event ever used it.
  if (current !== undefined && turns.at(-1)?.name !== current)
    turns.push({ name: current, first: null, last: null });
  const to = turns.at(-1)?.name ?? key;
  if (turns.length > mostTurns) {
    const former = [...names].filter((name) => name !== to);
    return former.map((from) => ({ kind: input.kind, key, from, to, notBefore: null, notAfter: null }));
  }
  return turns.slice(1).map((turn, index) => ({
    kind: input.kind,
    key,
    from: present(turns[index]).name,
    to: turn.name,
    notBefore: present(turns[index]).last,
    notAfter: turn.first,
  }));
}

function usesIn(input: ReconcileInput, { name, key, from, to }: NamePeriod): NamedUse[] {
  const seen = datedSightings(input, key).filter((sighting) => sighting.name === name);
  const times = [...input.uses(name), ...seen.map(({ at }) => at)];
  return times.filter((at) => at >= from && at < to).map((at) => ({ name, at }));
}

/** One look at GitHub dates nothing: it says what every event before it led to. Two different looks do. */
function datedSightings({ sightings }: ReconcileInput, key: string): NamedUse[] {
  const ofKey = sightings.filter((sighting) => sighting.key === key);
  return new Set(ofKey.map(({ name }) => name)).size > 1 ? ofKey : [];
}

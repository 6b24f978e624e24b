import type { KindPeriods } from "../core/history/names/aliases.ts";
import type { ReconcileInput, Sighting } from "../core/history/names/evidence.ts";
import type { NamePeriod } from "../core/history/names/resolver.ts";
import { forever } from "../core/model/interval.ts";

/** [name, key, from, to]; `gone` where the key is null. */
export type Told = [name: string, key: string | null, from?: number, to?: number];

const period = ([name, key, from = -forever, to = forever]: Told): NamePeriod => ({
  kind: "milestone",
  name,
  from,
  to,
  key: key ?? `title:${name}`,
  gone: key === null,
  held: [],
  weak: false,
  others: [],
});

/** What is known: who bore which name when, when events used each, and what is borne now. */
export function known(
  told: Told[],
  uses: Record<string, number[]>,
  holders: Record<string, string>,
  sightings: Sighting[] = [],
): [ReconcileInput, KindPeriods] {
  const input: ReconcileInput = {
    kind: "milestone",
    evidence: [],
    holders: new Map(Object.entries(holders)),
    born: new Map(),
    sightings,
    uses: (name) => uses[name] ?? [],
  };
  return [input, Map.groupBy(told.map(period), ({ name }) => name)];
}

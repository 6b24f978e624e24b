import {
  type Evidence,
  evidenceOf,
  kindsOfNames,
  type Sighting,
  suspects,
} from "../core/history/names/evidence.ts";
import { reconcile } from "../core/history/names/reconcile.ts";
import type { NameKind, Names } from "../core/history/names/resolver.ts";
import { lastOf } from "../core/model/present.ts";
import type { Seen } from "./observation-rows.ts";
import type { Tables } from "./tables.ts";
import { newestLabels, newestMilestones } from "./things.ts";

const verbs: Record<NameKind, readonly string[]> = {
  label: ["labeled", "unlabeled"],
  milestone: ["milestoned", "demilestoned"],
  assignee: ["assigned", "unassigned"],
};

/** The kinds of events that name labels, milestones or accounts. */
export function verbsOf(kind: NameKind): readonly string[] {
  return verbs[kind];
}

/** Names that are borne now → key. Of two that bear one name, the one seen last is its bearer. */
export function holdersOf(
  tables: Pick<Tables, "observations" | "kept">,
  kind: NameKind,
): Map<string, string> {
  if (kind === "milestone") {
    const now = newestMilestones(tables).sort((a, b) => a.observedAt - b.observedAt);
    return new Map(now.map(({ title, number }) => [title, String(number)]));
  }
  if (kind === "assignee") return new Map();
  return new Map(newestLabels(tables).map(({ name }) => [name, name]));
}

/** When milestones were created, by key. GitHub says it of nothing else that has a name. */
export function bornOf(
  tables: Pick<Tables, "observations" | "kept">,
  kind: NameKind,
): ReadonlyMap<string, number> {
  if (kind !== "milestone") return new Map();
  return new Map(
    newestMilestones(tables).flatMap(({ number, createdAt }) =>
      createdAt === null ? [] : [[String(number), createdAt]],
    ),
  );
}

/** Gathers what is known about every suspect name and reasons out who bore it when. */
export function reasonOutNames(tables: Tables): Names {
  const found: Names = { periods: [], aliases: [] };
  const allSuspects: { kind: NameKind; name: string }[] = [];
  for (const kind of kindsOfNames) {
    const { names, used } = reasonOutKind(tables, kind);
    found.periods.push(...names.periods);
    found.aliases.push(...names.aliases);
    allSuspects.push(...[...used].map((name) => ({ kind, name })));
  }
  tables.names.replaceSuspects(allSuspects);
  return found;
}

function reasonOutKind(tables: Tables, kind: NameKind): { names: Names; used: Set<string> } {
  const holders = holdersOf(tables, kind);
  const keyNames = new Map([...holders].map(([name, key]) => [key, name]));
  const sightings = sightingsOf(tables, kind);
  const odd = tables.names.odd(kind);
  const used = new Set(odd.flatMap((entry) => [...suspects(entry, (key) => keyNames.get(key) ?? key)]));
  const borne = Map.groupBy(sightings, ({ key }) => key);
  for (const group of borne.values()) {
    const several = new Set(group.map(({ name }) => name));
    if (several.size > 1) for (const name of several) used.add(name);
  }
  const issues = new Set(odd.map(({ issue }) => issue));
  for (const name of used)
    for (const issue of tables.events.issuesNaming(verbs[kind], name)) issues.add(issue);
  const evidence = [...issues].sort((a, b) => a - b).flatMap((issue) => evidenceFrom(tables, kind, issue));
  const known = new Set([...holders.values()]);
  for (const { shown } of evidence) {
    for (const key of shown) if (kind !== "milestone" && !known.has(key)) holders.set(key, key);
  }
  const names = reconcile({
    kind,
    evidence,
    holders,
    born: bornOf(tables, kind),
    sightings: sightings.filter(({ name }) => used.has(name)),
    uses: (name) => tables.events.usesOf(verbs[kind], name),
  });
  return { names, used };
}

function evidenceFrom(tables: Tables, kind: NameKind, issue: number): Evidence[] {
  const observation = tables.observations.versions(issue).at(-1);
  return observation === undefined ? [] : [evidenceOf(kind, tables.events.ofIssue(issue), observation)];
}

function sightingsOf({ observations }: Tables, kind: NameKind): Sighting[] {
  if (kind === "assignee") return [];
  if (kind === "milestone")
    return observations
      .all("milestone")
      .flat()
      .flatMap((seen) => twice(seen, seen.title, String(seen.number)));
  return observations.all("label").flatMap((contents) => {
    const key = lastOf(contents).name;
    return contents.flatMap((seen) => twice(seen, seen.name, key));
  });
}

/** A name was borne when it was first seen and when it was last seen. */
const twice = ({ firstSeenAt, observedAt }: Seen<{ observedAt: number }>, name: string, key: string) => [
  { name, key, at: firstSeenAt },
  { name, key, at: observedAt },
];

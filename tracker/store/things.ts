import type { LabelObservation, MilestoneObservation } from "../core/model/issue.ts";
import type { Seen } from "./observation-rows.ts";
import type { Tables } from "./tables.ts";

type Sources = Pick<Tables, "observations" | "kept">;

/** What GitHub shows now of every label, by id: as it was seen last, or as backups say where they know better. */
export function newestLabels({ observations, kept }: Sources): Seen<LabelObservation>[] {
  return newestOf(observations.newest("label"), kept.newest("label"), ({ id }) => id);
}

/** The same of every milestone, by number. */
export function newestMilestones({ observations, kept }: Sources): Seen<MilestoneObservation>[] {
  return newestOf(observations.newest("milestone"), kept.newest("milestone"), ({ number }) => number);
}

function newestOf<T extends { observedAt: number }>(
  shown: Seen<T>[],
  inBackups: Seen<T>[],
  keyOf: (thing: T) => number,
): Seen<T>[] {
  if (inBackups.length === 0) return shown;
  const newest = new Map<number, Seen<T>>();
  for (const thing of [...shown, ...inBackups]) {
    const before = newest.get(keyOf(thing));
    if (before === undefined || before.observedAt < thing.observedAt) newest.set(keyOf(thing), thing);
  }
  return [...newest.values()].sort((a, b) => keyOf(a) - keyOf(b));
}

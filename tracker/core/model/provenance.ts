/** How a value is known. Printed as — where `unknown`, never as 0. */
export type Provenance = "replayed" | "observed" | "inferred" | "unknown";

const rank: Record<Provenance, number> = { replayed: 0, observed: 1, inferred: 2, unknown: 3 };

/** The most certain of several, where one of them is enough; of none: unknown. */
export function best(provenances: Iterable<Provenance>): Provenance {
  let found: Provenance = "unknown";
  for (const provenance of provenances) if (rank[provenance] < rank[found]) found = provenance;
  return found;
}

/** The least certain of several. */
export function worst(provenances: Iterable<Provenance>): Provenance {
  let found: Provenance = "replayed";
  for (const provenance of provenances) if (rank[provenance] > rank[found]) found = provenance;
  return found;
}

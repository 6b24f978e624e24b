import type { Attribute, Doubt } from "../model/interval.ts";

export function doubt(
  attribute: Attribute,
  from: number,
  to: number,
  provenance: Doubt["provenance"],
  why: string,
  about?: Doubt["about"],
): Doubt {
  return { attribute, from, to, provenance, why, ...(about === undefined ? {} : { about }) };
}

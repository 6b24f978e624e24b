import { z } from "zod";
import type { LabelObservation } from "../core/model/issue.ts";
import { wholeNumber } from "./map-fields.ts";

const label = z.object({
  id: wholeNumber,
  name: z.string(),
  color: z.string().nullish(),
  description: z.string().nullish(),
});

/** A label object of GitHub's REST API. Throws ZodError. */
export function mapLabel(raw: unknown, observedAt: number): LabelObservation {
  const { id, name, color, description } = label.parse(raw);
  return { id, observedAt, name, color: color ?? "ededed", description: description ?? null };
}

import { z } from "zod";
import type { Sighting } from "../core/model/page.ts";
import { relation, wholeNumber } from "./map-fields.ts";

const absence = z.object({
  number: wholeNumber,
  status: z.int(),
  since: z.number(),
  /** The issue that GitHub leads to. */
  arrived: z.unknown().optional(),
});

/**
 * What GitHub's answer to a question for one issue means. It redirects to an issue that was transferred, and says 410 of
 * one that was deleted; 404 where the token may not see which of the two it was, which counts as deleted.
 * https://docs.github.com/en/rest/issues/issues#get-an-issue
 */
export function mapAbsence(raw: unknown, at: number): Sighting {
  const { number, status, since, arrived } = absence.parse(raw);
  const to = relation(arrived, null);
  const found = status < 400 ? "transferred" : "deleted";
  return { issue: number, at, since, found, ...(typeof to === "string" ? { to } : {}) };
}

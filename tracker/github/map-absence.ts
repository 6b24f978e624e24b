import { z } from "zod";
import type { Sighting } from "../core/model/page.ts";
import { wholeNumber } from "./map-fields.ts";

const absence = z.object({ number: wholeNumber, status: z.int(), since: z.number() });

/**
 * What GitHub's answer to a question for one issue means. It redirects to an issue that was transferred, and says 410 of
 * one that was deleted; 404 where the token may not see which of the two it was, which counts as deleted.
 * https://docs.github.com/en/rest/issues/issues#get-an-issue
 */
export function mapAbsence(raw: unknown, at: number): Sighting {
  const { number, status, since } = absence.parse(raw);
  return { issue: number, at, since, found: status < 400 ? "transferred" : "deleted" };
}

import { z } from "zod";

/** ISO 8601 as GitHub writes it, to epoch milliseconds. */
export const instant = z.string().transform((text, context) => {
  const value = Date.parse(text);
  if (Number.isFinite(value)) return value;
  context.addIssue(`not an instant: ${JSON.stringify(text)}`);
  return z.NEVER;
});

/** What GitHub counts by; larger than this it would be rounded, and be another's. */
export const wholeNumber = z.int().positive();

/** An account; null where it is gone. Backups leave null fields out. */
export const account = z
  .object({ login: z.string() })
  .nullish()
  .transform((user) => user?.login ?? null);

export const stateReason = z
  .enum(["completed", "not_planned", "duplicate", "reopened"])
  .nullish()
  .catch(null)
  .transform((reason) => reason ?? null);

export const openOrClosed = z.enum(["open", "closed"]);

/** The last number of an API address: the issue that `issue_url` means. */
export function numberAtEnd(url: string): number | null {
  const digits = /\/(\d+)$/.exec(url)?.[1];
  return digits === undefined ? null : Number(digits);
}

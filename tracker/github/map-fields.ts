import { z } from "zod";
import type { IssueReference } from "../core/model/event.ts";
import { referenceTo } from "../core/model/issue-reference.ts";

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

/** A reason that GitHub has added since is kept as it says it. */
export const stateReason = z
  .string()
  .nullish()
  .transform((reason) => reason?.toLowerCase() || null);

export const openOrClosed = z.enum(["open", "closed"]);

const repositoryOf = z.object({ full_name: z.string().nullish(), url: z.string().nullish() });

/** What GitHub says of where an issue is. */
const place = z.object({
  number: wholeNumber.nullish(),
  repository: repositoryOf.nullish(),
  repository_url: z.string().nullish(),
  url: z.string().nullish(),
  html_url: z.string().nullish(),
});

/** owner/name of the repository that an object is in, by whichever address it gives; null where it gives none. */
export function repositoryOfObject(raw: unknown): string | null {
  const { data } = place.safeParse(raw);
  if (data === undefined) return null;
  const { repository, repository_url, url, html_url } = data;
  if (repository?.full_name) return repository.full_name;
  const addresses = [repository?.url, repository_url, url].flatMap((address) => address ?? []);
  for (const address of addresses) {
    const found = repositoryIn(address);
    if (found !== null) return found;
  }
  return /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(html_url ?? "")?.[1] ?? null;
}

const repositoryIn = (address: string): string | null => /\/repos\/([^/]+\/[^/]+)/.exec(address)?.[1] ?? null;

/** The issue that an event's payload stands for, as one of `own` names it; undefined where GitHub does not say. */
export const relation = (raw: unknown, own: string | null): IssueReference | undefined => {
  const number = place.safeParse(raw).data?.number;
  return number == null ? undefined : referenceTo(repositoryOfObject(raw), number, own);
};

/** The issue at an address such as a `parent_issue_url`, as one of `own` names it; null where it is no such address. */
export function issueAt(address: string, own: string | null): IssueReference | null {
  const number = numberAtEnd(address);
  return number === null ? null : referenceTo(repositoryIn(address), number, own);
}

/** A field's number as people wrote it: what binary adds behind the sixth decimal, nobody did. */
export const numberText = (value: number): string => String(Number(value.toFixed(6)));

/** The last number of an API address: the issue that `issue_url` means; null where no issue has that number. */
export function numberAtEnd(url: string): number | null {
  const digits = /\/(\d+)$/.exec(url)?.[1];
  return wholeNumber.safeParse(Number(digits ?? Number.NaN)).data ?? null;
}

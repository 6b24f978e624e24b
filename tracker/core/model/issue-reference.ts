import type { IssueReference } from "./event.ts";

/** Our own number where `text` (an interval's key, say) names an issue of this repository, else null. */
export function ownNumber(text: string): number | null {
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

/** The issue `number` of `repository`, as an issue of `own` (both owner/name) names it. */
export function referenceTo(repository: string | null, number: number, own: string | null): IssueReference {
  if (repository === null || repository.toLowerCase() === own?.toLowerCase()) return number;
  return `${repository}#${number}`;
}

/** The same read again where only now it is known which repository is `own`. */
export function resolveReference(reference: IssueReference, own: string | null): IssueReference {
  if (typeof reference === "number" || own === null) return reference;
  const [, repository, number] = /^(.+)#(\d+)$/.exec(reference) ?? [];
  return repository === undefined ? reference : referenceTo(repository, Number(number), own);
}

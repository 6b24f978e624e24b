import type { IssueEvent } from "../model/event.ts";
import { resolveReference } from "../model/issue-reference.ts";

/** Farthest apart that GitHub's event and the delivery that told of the same change may be dated, milliseconds. */
const tolerance = 60_000;

/** What changed, in the words that both tellers share. */
function signatureOf(event: IssueEvent, repository: string | null): string {
  const { kind, label, milestone, assignee, rename, type, status } = event;
  const relation = event.relation && resolveReference(event.relation, repository);
  // A delivery does not say whether a type took the place of another.
  const what = kind.startsWith("issue_type_") ? "type" : kind;
  const subject = label ?? milestone ?? assignee ?? rename?.to ?? relation ?? type?.to;
  const card = status && [status.id ?? status.project, status.from, status.to];
  return JSON.stringify([what, subject ?? null, card ?? null]);
}

/**
 * The delivered events of an issue that no event of GitHub's own tells of, or none yet. Once a sync brings GitHub's own,
 * the delivered one is of no more use: so a history ends the same with deliveries and without. Both in order.
 * `repository`: owner/name, where it is known.
 */
export function withoutTwins(
  delivered: readonly IssueEvent[],
  own: readonly IssueEvent[],
  repository: string | null = null,
): IssueEvent[] {
  if (delivered.length === 0) return [];
  const free = Map.groupBy(own, (event) => signatureOf(event, repository));
  return delivered.filter((event) => {
    const candidates = free.get(signatureOf(event, repository)) ?? [];
    const twin = candidates.findIndex(({ at }) => Math.abs(at - event.at) <= tolerance);
    if (twin < 0) return true;
    candidates.splice(twin, 1);
    return false;
  });
}

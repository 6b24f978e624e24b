import type { Pulled } from "./ask.ts";
import { leads, requireListing } from "./ask.ts";
import { issueListings, nextOf } from "./issue-listings.ts";
import { noteMissing } from "./missing.ts";
import type { Asked } from "./pull-absences.ts";

/** What the database knows of issues that arrived from other repositories. */
export interface KnownArrivals {
  /** Those that are there and whose own events were not asked for since they arrived. */
  eventsToAsk(): number[];
  /** The events of this one cannot be had, for GitHub answered with this status. */
  leaveEvents(issue: number, status: number): void;
}

/**
 * The events of issues that arrived from another repository. An issue takes its events along
 * (https://github.blog/changelog/2018-10-30-issue-transfer: "comments, assignees, and issue timeline events are
 * retained"), and its own listing has them. The repository's listing, which is read only as far back as it is not known,
 * need not show what was long before.
 */
export async function* pullArrivals(asked: Asked, known: KnownArrivals): AsyncGenerator<Pulled> {
  const eventsOf = issueListings(asked);
  const issues = known.eventsToAsk();
  const refused = new Map<number, number>();
  for (const [index, issueNumber] of issues.entries()) {
    const place = { page: index + 1, of: issues.length };
    const pages = eventsOf(issueNumber, "events");
    let step = await nextOf(pages);
    for (; !step.done; step = await nextOf(pages)) {
      const { items, at: observedAt, next } = step.value;
      const page = { kind: "events" as const, items, issueNumber, observedAt, repository: asked.repository };
      yield {
        page: next === null ? { ...page, whole: true } : page,
        saveCursor: () => {},
        place,
        isArrival: true,
      };
    }
    if (step.value === null) continue;
    // It may have left once more, or be deleted: the next sync looks for it.
    noteMissing(asked.memory, [issueNumber]);
    if (!leads(step.value)) refused.set(issueNumber, step.value);
  }
  if (refused.size > 0) await requireListing(asked.client, asked.repository);
  for (const [issueNumber, status] of refused) known.leaveEvents(issueNumber, status);
}

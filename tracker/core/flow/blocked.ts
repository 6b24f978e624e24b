import type { IssueTimeline } from "../model/interval.ts";
import { inBoth, merged, without } from "./spans.ts";
import type { Span } from "./work-clock.ts";

/** Issues by the key under which a relation names them. */
export type Blockers = ReadonlyMap<string, IssueTimeline>;

/**
 * When an issue waited for another: it was marked as blocked by one that was open. Of a blocker whose history is not
 * here it is taken that it stayed open while it was marked.
 */
export function blockedSpans(timeline: IssueTimeline, blockers: Blockers): Span[] {
  return merged(
    timeline.intervals
      .filter(({ attribute }) => attribute === "blockedBy")
      .flatMap(({ key, from, to }) => {
        const blocker = blockers.get(key);
        if (blocker === undefined) return [{ from, to }];
        const ended = merged(
          blocker.intervals.filter(
            ({ attribute, value }) => attribute === "gone" || (attribute === "state" && value === "closed"),
          ),
        );
        return without(inBoth([{ from, to }], [{ from: blocker.createdAt, to }]), ended);
      }),
  );
}

/** The keys of all that the issue ever waited for. */
export const blockersOf = ({ intervals }: IssueTimeline): string[] =>
  intervals.flatMap(({ attribute, key }) => (attribute === "blockedBy" ? [key] : []));

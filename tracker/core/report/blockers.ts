import type { IssueReference } from "../model/event.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import { ownNumber } from "../model/issue-reference.ts";
import { type Provenance, worst } from "../model/provenance.ts";

/** What stands in an issue's way at an instant. */
export interface Blocked {
  /** Own issues by number, then those of other repositories. */
  by: IssueReference[];
  /** The event that the newest of them came with; null where none tells of it. */
  eventId: number | null;
  provenance: Provenance;
}

export interface BlockerReader {
  /** Null: nothing does. */
  at(issue: IssueTimeline, t: number): Blocked | null;
  /** Instants at which that may change, unordered. */
  changes(issue: IssueTimeline): number[];
}

/**
 * Reads what blocks issues. A blocker of our own stands in the way while it is open and there. Of another repository's,
 * or one that was never seen, nothing more is known than the relation itself: it counts for as long as that lasts.
 * `family`: the blockers among them.
 */
export function blockerReader(family: Iterable<IssueTimeline>): BlockerReader {
  const known = new Map([...family].map((timeline) => [timeline.number, timeline]));
  const relations = (issue: IssueTimeline) => issue.intervals.filter((i) => i.attribute === "blockedBy");
  const blockerOf = ({ key }: Interval) => known.get(ownNumber(key) ?? 0);
  return {
    at(issue, t) {
      const holding = relations(issue).flatMap((relation) => {
        if (relation.from > t || t >= relation.to) return [];
        const blocker = blockerOf(relation);
        if (blocker === undefined) return [{ relation, provenance: "inferred" as const }];
        return standsAt(blocker, t) ? [{ relation, provenance: relation.provenance }] : [];
      });
      if (holding.length === 0) return null;
      const newest = holding.reduce((a, b) => (b.relation.from > a.relation.from ? b : a)).relation;
      const by = holding.map(({ relation: { key } }): IssueReference => ownNumber(key) ?? key).sort(inOrder);
      const provenance = worst(holding.map((one) => one.provenance));
      return { by, eventId: newest.startEvent, provenance };
    },
    changes: (issue) =>
      relations(issue).flatMap((relation) => [
        relation.from,
        relation.to,
        ...(blockerOf(relation)?.intervals ?? []).flatMap(({ attribute, from, to }) =>
          attribute === "state" || attribute === "gone" ? [from, to] : [],
        ),
      ]),
  };
}

/** Open, and neither transferred nor deleted. */
function standsAt({ createdAt, intervals }: IssueTimeline, t: number): boolean {
  const now = intervals.filter(({ from, to }) => from <= t && t < to);
  const isClosed = now.some(({ attribute, value }) => attribute === "state" && value === "closed");
  return t >= createdAt && !isClosed && !now.some(({ attribute }) => attribute === "gone");
}

const inOrder = (a: IssueReference, b: IssueReference): number =>
  rank(a) - rank(b) || (String(a) < String(b) ? -1 : 1);

/** Above every number; of two such the difference says nothing, and the text decides. */
const rank = (reference: IssueReference): number =>
  typeof reference === "number" ? reference : Number.POSITIVE_INFINITY;

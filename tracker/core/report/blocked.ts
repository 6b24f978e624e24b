import { isoOf } from "../model/days.ts";
import type { IssueReference } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { BlockedCard, BlockedSpan } from "../model/report.ts";
import type { Blocked, BlockerReader } from "./blockers.ts";
import { cardOf } from "./card.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";

const day = 24 * 3_600_000;

/** Spans of [from, to) in which the issue was in the sprint, open and not dropped, and something stood in its way. */
function spansOf(
  issue: IssueTimeline,
  { from, to }: { from: number; to: number },
  blockers: BlockerReader,
  boardRules: BoardRules,
): (BlockedSpan & { length: number })[] {
  const changes = blockers.changes(issue);
  if (changes.length === 0) return [];
  const own = issue.intervals.flatMap((i) => [i.from, i.to]);
  const inside = [...changes, ...own, issue.createdAt].filter((at) => at > from && at < to);
  const instants = [...new Set([from, ...inside])].sort((a, b) => a - b);
  const spans: { since: number; until: number; blocked: Blocked }[] = [];
  for (const [index, since] of instants.entries()) {
    const until = instants[index + 1] ?? to;
    const view = viewAt(issue, since, boardRules);
    const isWaiting = view !== null && view.member !== null && view.state === "open" && !view.frozen;
    const blocked = isWaiting ? blockers.at(issue, since) : null;
    if (blocked === null) continue;
    const last = spans.at(-1);
    if (last?.until === since && String(last.blocked.by) === String(blocked.by)) last.until = until;
    else spans.push({ since, until, blocked });
  }
  return spans.map(({ since, until, blocked }) => ({
    from: isoOf(since),
    to: isoOf(until),
    ...blocked,
    length: until - since,
  }));
}

/** Whether part of [from, to) is in doubt as to what blocked the issue. */
const doubtsOf = ({ doubts = [] }: IssueTimeline, span: { from: number; to: number }): Provenance[] =>
  doubts.flatMap(({ attribute, from, to, provenance }) =>
    attribute === "blockedBy" && from < span.to && span.from < to ? [provenance] : [],
  );

/**
 * The issues that had to wait for others while they were work of the sprint, longest first, and how well that is
 * known. Days are calendar days of 24 hours: waiting knows no weekend.
 */
export function computeBlocked(
  members: readonly IssueTimeline[],
  span: { from: number; to: number },
  blockers: BlockerReader,
  boardRules: BoardRules,
  links: boolean,
): { blocked: BlockedCard[]; provenance: Provenance } {
  const cards = members.flatMap((issue): BlockedCard[] => {
    const spans = spansOf(issue, span, blockers, boardRules);
    if (spans.length === 0) return [];
    const length = spans.reduce((sum, one) => sum + one.length, 0);
    const blockedBy = [...new Set<IssueReference>(spans.flatMap(({ by }) => by))];
    const view = present(boardRules.view(issue, span.to - 1) ?? viewAt(issue, issue.createdAt, boardRules));
    return [
      {
        ...cardOf(view, { links }),
        blockedBy,
        blockedDays: Math.round((length / day) * 100) / 100,
        spans: spans.map(({ length: _, ...told }) => told),
      },
    ];
  });
  return {
    blocked: cards.sort((a, b) => b.blockedDays - a.blockedDays || a.number - b.number),
    provenance: worst([
      ...cards.flatMap(({ spans }) => spans.map(({ provenance }) => provenance)),
      ...members.flatMap((issue) => doubtsOf(issue, span)),
    ]),
  };
}

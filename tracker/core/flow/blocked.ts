import type { IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { BlockerReader } from "../report/blockers.ts";
import type { Span } from "./work-clock.ts";

/** When an issue waited for another in [created, until), and how well that is known. */
export interface Waiting {
  spans: Span[];
  provenance: Provenance;
}

export function waitingOf(timeline: IssueTimeline, until: number, blockers: BlockerReader): Waiting {
  const { createdAt } = timeline;
  const changes = blockers.changes(timeline).filter((at) => at > createdAt && at < until);
  const instants = [...new Set([createdAt, ...changes])].sort((a, b) => a - b);
  const spans: Span[] = [];
  const sources: Provenance[] = [];
  for (const [index, from] of instants.entries()) {
    const blocked = blockers.at(timeline, from);
    if (blocked === null) continue;
    sources.push(blocked.provenance);
    const to = instants[index + 1] ?? until;
    const last = spans.at(-1);
    if (last?.to === from) last.to = to;
    else spans.push({ from, to });
  }
  return { spans, provenance: worst(sources) };
}

/** The keys of all that the issue ever waited for. */
export const blockersOf = ({ intervals }: IssueTimeline): string[] =>
  intervals.flatMap(({ attribute, key }) => (attribute === "blockedBy" ? [key] : []));

import { roundDays } from "../model/days.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { Spent, SpentReader } from "./spent.ts";

/** A sprint as effort is counted in it: words said in [from, to) are said in the sprint. Epoch milliseconds. */
export interface CountedSprint {
  from: number;
  to: number;
  /** Whether the issue is in the sprint's final scope. */
  holds(timeline: IssueTimeline): boolean;
}

/** What one sprint counts of an issue's effort, in man-days. */
export interface Counted {
  timeline: IssueTimeline;
  /** Never below 0. */
  days: number;
  /** How far below 0 it would be: by so much was mended what an earlier sprint had counted. 0: no correction. */
  correction: number;
  /** All that was ever said of the issue by the sprint's end; null: what was said was taken back. */
  spent: Spent | null;
  /** On the final scope this is the sprint's actual, else it was spent elsewhere. */
  isFinal: boolean;
}

interface Span {
  from: number;
  to: number;
}

/** How much more is said of an issue in [from, to), and whether anything was said at all. */
function saidIn(timeline: IssueTimeline, { from, to }: Span, read: SpentReader) {
  const before = read(timeline, from - 1);
  const after = read(timeline, to - 1);
  const isNew =
    before?.days !== after?.days || before?.at !== after?.at || before?.comments !== after?.comments;
  return { days: roundDays((after?.days ?? 0) - (before?.days ?? 0)), isNew };
}

/** The spans up to a sprint's end whose words no earlier sprint has counted. */
function uncounted(
  sprint: CountedSprint,
  earlier: readonly CountedSprint[],
  timeline: IssueTimeline,
): Span[] {
  const last = earlier.findLastIndex((one) => one.holds(timeline));
  let from = earlier[last]?.to ?? -Number.MAX_SAFE_INTEGER;
  const spans = earlier.slice(last + 1).map((between): Span => {
    const span = { from, to: Math.max(from, between.from) };
    from = Math.max(from, between.to);
    return span;
  });
  return [...spans, { from, to: Math.max(from, sprint.to) }];
}

/**
 * What a sprint counts of one issue; null: nothing was said that it could count, so it is unknown. Each day that was
 * ever said counts once. On the final scope the sprint counts whatever was said by its end, less what the last
 * earlier sprint that held the issue had counted, and less what sprints between them listed as spent elsewhere. On
 * any other issue it lists what was said from its start to its end. `earlier`: sprints that ended before, by end.
 */
export function countedIn(
  sprint: CountedSprint,
  earlier: readonly CountedSprint[],
  timeline: IssueTimeline,
  read: SpentReader,
): Counted | null {
  const isFinal = sprint.holds(timeline);
  const spans: Span[] = isFinal ? uncounted(sprint, earlier, timeline) : [sprint];
  const said = spans.map((span) => saidIn(timeline, span, read));
  if (!said.some(({ isNew }) => isNew)) return null;
  const days = roundDays(said.reduce((sum, one) => sum + one.days, 0));
  const spent = read(timeline, sprint.to - 1);
  return { timeline, days: Math.max(0, days), correction: Math.min(0, days), spent, isFinal };
}

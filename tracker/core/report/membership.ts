import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Mark, Sprint } from "../model/sprint.ts";
import { labelTest, type Named } from "./label-test.ts";

/** A milestone's number and every title it ever had. */
export interface MilestoneTitles {
  number: number;
  titles: readonly string[];
  /** Its title now, where that is known. */
  current?: string;
}

/** Whether an interval means membership in the sprint with this mark. */
export type MarkTest = (interval: Named) => boolean;

/**
 * Milestones match by number, or by any title they ever had; where one bears the title now, only that one. Labels
 * match by their present name or that of the time.
 */
export function markTest(mark: Mark, milestones: readonly MilestoneTitles[]): MarkTest {
  if (mark.by === "label") return labelTest([mark.name], { wildcards: false });
  if (mark.by === "status") return (i) => i.attribute === "status" && i.value === mark.value;
  if (mark.by === "iteration") return (i) => i.attribute === "iteration" && i.value === mark.title;
  const bearers = milestones.filter((m) => m.current === mark.title);
  const once = milestones.filter((m) => m.titles.includes(mark.title));
  const meant = bearers.length > 0 ? bearers : once;
  const keys = new Set((mark.number !== null ? [mark.number] : meant.map((m) => m.number)).map(String));
  return (i) => i.attribute === "milestone" && (keys.size > 0 ? keys.has(i.key) : i.value === mark.title);
}

/** A sprint with its test, made once for all issues. */
export interface SprintTest {
  sprint: Sprint;
  test: MarkTest;
}

/** Whether an issue was transferred or deleted by `from` and not back before `to`: its marks say nothing any more. */
const isGone = ({ intervals }: IssueTimeline, from: number, to: number): boolean =>
  intervals.some((i) => i.attribute === "gone" && i.from <= from && to <= i.to);

export function memberAt(timeline: IssueTimeline, t: number, test: MarkTest): Interval | null {
  for (const i of timeline.intervals)
    if (i.from <= t && t < i.to && test(i)) return isGone(timeline, t, t + 1) ? null : i;
  return null;
}

/** Whether the issue was in the sprint at any moment of [from, to). */
export function everMember(timeline: IssueTimeline, from: number, to: number, test: MarkTest): boolean {
  return timeline.intervals.some(
    (i) =>
      i.from < to && from < i.to && test(i) && !isGone(timeline, Math.max(i.from, from), Math.min(i.to, to)),
  );
}

/** How many sprints that began before `sprint` the issue was already in. */
export function depthOf(timeline: IssueTimeline, sprint: Sprint, earlier: readonly SprintTest[]): number {
  return earlier.filter(
    (e) => e.sprint.start < sprint.start && everMember(timeline, e.sprint.start, e.sprint.end, e.test),
  ).length;
}

import type { RemovedCard } from "../model/report.ts";
import { memberAt, type SprintTest } from "./membership.ts";
import type { Item } from "./scope.ts";

/** Why and when a committed issue is no longer in the sprint. */
export interface Departure {
  reason: NonNullable<RemovedCard["reason"]>;
  at: number | null;
  eventId: number | null;
  /** The sprint, milestone or iteration that it moved to. */
  to: string | null;
}

/** `end`: E of the sprint that it left. */
export function departureOf(
  { timeline, atStart, atEnd }: Item,
  end: number,
  own: SprintTest,
  tests: readonly SprintTest[],
): Departure {
  const gone = atEnd?.gone ?? null;
  if (gone !== null) {
    const reason = gone.value === "transferred" ? "transferred" : "deleted";
    return { reason, at: gone.from, eventId: gone.startEvent, to: null };
  }
  const was = timeline.intervals
    .filter((i) => own.test(i) && i.from < end && i.to < end)
    .reduce((newest, i) => (newest !== null && newest.to > i.to ? newest : i), atStart?.member ?? null);
  const left = { at: was?.to ?? null, eventId: was?.endEvent ?? null };
  const other = tests.find(
    ({ sprint, test }) => sprint.number !== own.sprint.number && memberAt(timeline, end - 1, test) !== null,
  );
  if (other !== undefined) return { reason: "moved", ...left, to: other.sprint.title };
  // A milestone or an iteration that no sprint's file names yet may be the next one's.
  const { by } = own.sprint.mark;
  const next = timeline.intervals.find(
    (i) => i.attribute === by && by !== "label" && i.from < end && end <= i.to,
  );
  return next === undefined
    ? { reason: "unmarked", ...left, to: null }
    : { reason: "moved", ...left, to: next.value };
}

import type { Comment } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { RawEvent, RawHistory, RawIssue } from "./random-history.ts";
import { adopt, type EventSpec, enter, leave, orphan, timelineOf } from "./timelines.ts";

/** The history as the reports read it: timelines folded from GitHub's events, and comments. */
export function toldBy(
  { issues }: RawHistory,
  { sizesInField = false } = {},
): { timelines: IssueTimeline[]; comments: Comment[] } {
  const timelines = issues.map((issue) => {
    const { number, createdAt, events } = issue;
    return timelineOf(
      number,
      createdAt,
      events.flatMap(sizesInField ? fieldEventsOf(issue) : eventsOf(issue)),
      {},
      missingFrom(issue),
    );
  });
  const comments = issues.flatMap(({ number, events }) =>
    events.flatMap((event, index): Comment[] => {
      if (event.kind !== "spent") return [];
      const { at, hours, counts } = event;
      const forDay = counts === undefined ? "" : ` ${new Date(counts).toISOString().slice(0, 10)}`;
      const id = number * 1000 + index;
      const comment = {
        id,
        issue: number,
        at,
        updatedAt: at,
        author: "ann",
        body: `/spend ${hours}h${forDay}`,
      };
      const nth = events.slice(0, index).filter(({ kind }) => kind === "spent").length;
      const unsaid = events.find((one) => one.kind === "unsaid" && one.nth === nth);
      if (unsaid === undefined) return [comment];
      return [{ ...comment, deleted: { at: unsaid.at, since: at, provenance: "replayed" } }];
    }),
  );
  return { timelines, comments };
}

/** The events that GitHub writes of it; moving to another sprint or parent writes two within one second. */
const eventsOf =
  ({ events }: RawIssue) =>
  (event: RawEvent, index: number): EventSpec[] => {
    const { at, kind } = event;
    const earlier = events.slice(0, index);
    if (kind === "labeled" || kind === "unlabeled") return [{ at, kind, label: event.label }];
    // GitHub leaves the reason out where it is the usual one.
    if (kind === "closed")
      return [{ at, kind, stateReason: event.reason === "completed" ? null : event.reason }];
    if (kind === "reopened") return [{ at, kind }];
    if (kind === "converted") return [{ at, kind: "converted_to_discussion" }];
    if (kind === "type") {
      const from = earlier.findLast((one) => one.kind === "type")?.type ?? null;
      const how = from === null ? "added" : event.type === null ? "removed" : "changed";
      return [{ at, kind: `issue_type_${how}`, type: { from, to: event.type } }];
    }
    if (kind === "effort") {
      const text = (days: number | null) => (days === null ? null : String(days));
      const from = text(earlier.findLast((one) => one.kind === "effort")?.days ?? null);
      const to = text(event.days);
      const how = from === null ? "added" : to === null ? "removed" : "changed";
      return [{ at, kind: `issue_field_${how}`, field: { name: "Spent", from: to && from, to } }];
    }
    if (kind === "sprint") {
      const before = earlier.findLast((one) => one.kind === "sprint")?.sprint ?? null;
      return [
        ...(before === null ? [] : [leave(at, before)]),
        ...(event.sprint === null ? [] : [enter(at, event.sprint)]),
      ];
    }
    if (kind === "blocked" || kind === "unblocked")
      return [
        { at, kind: kind === "blocked" ? "blocked_by_added" : "blocked_by_removed", relation: event.by },
      ];
    if (kind === "parent") {
      const before = earlier.findLast((one) => one.kind === "parent")?.parent ?? null;
      return [
        ...(before === null ? [] : [orphan(at, before)]),
        ...(event.parent === null ? [] : [adopt(at, event.parent)]),
      ];
    }
    return [];
  };

const sizeDays: Record<string, number> = { S: 0.1, M: 0.5, L: 1, "2.5": 2.5 };

/** The size of the label that was put on last; of two put on at once the larger. */
function sizeAfter(events: readonly RawEvent[]): string | null {
  const on = new Map<string, number>();
  for (const event of events) {
    if (event.kind === "labeled" && event.label.startsWith("size: ")) on.set(event.label.slice(6), event.at);
    if (event.kind === "unlabeled") on.delete(event.label.slice(6));
  }
  const sorted = [...on].sort(
    ([a, since], [b, then]) => then - since || (sizeDays[b] ?? 0) - (sizeDays[a] ?? 0),
  );
  return sorted[0]?.[0] ?? null;
}

/** The same life where the size stands in the field Effort: its labels are of no more use. */
const fieldEventsOf =
  (issue: RawIssue) =>
  (event: RawEvent, index: number): EventSpec[] => {
    const isSize =
      (event.kind === "labeled" || event.kind === "unlabeled") && event.label.startsWith("size: ");
    if (!isSize) return eventsOf(issue)(event, index);
    const from = sizeAfter(issue.events.slice(0, index));
    const to = sizeAfter(issue.events.slice(0, index + 1));
    if (from === to) return [];
    const how = from === null ? "added" : to === null ? "removed" : "changed";
    return [{ at: event.at, kind: `issue_field_${how}`, field: { name: "Effort", from: to && from, to } }];
  };

/** That an issue is gone is told by no event: a sync finds it missing, here within the second. */
const missingFrom = ({ events }: RawIssue) =>
  events.flatMap(({ at, kind }) =>
    kind === "transferred" || kind === "deleted" ? [{ at, found: kind }] : [],
  );

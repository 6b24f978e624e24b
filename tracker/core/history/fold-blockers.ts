import type { IssueEvent } from "../model/event.ts";
import { forever, type Interval } from "../model/interval.ts";
import { doubt } from "./doubt.ts";
import { type RelationInput, textOf } from "./fold-relations.ts";
import { type Draft, started } from "./fold-sets.ts";

const nameless = "an event does not name what blocks";

/**
 * What an issue waits for, as its events tell it: each blocker has intervals of its own. One that is only ever taken
 * away was there from the beginning. Events that name no blocker, for GitHub may not show it, leave their time in doubt.
 */
export function foldBlockers(
  { events, repository, createdAt }: Pick<RelationInput, "events" | "repository" | "createdAt">,
  draft: Draft,
): void {
  const open = new Map<string, Interval>();
  const ended = new Map<string, number>();
  /** Since when something unnamed blocks, the newest last. */
  const unnamed: number[] = [];
  for (const event of events) {
    if (event.kind !== "blocked_by_added" && event.kind !== "blocked_by_removed") continue;
    const at = Math.max(event.at, createdAt);
    const isAdded = event.kind === "blocked_by_added";
    if (event.relation === undefined) {
      if (isAdded) unnamed.push(at);
      else draft.doubts.push(doubt("blockedBy", unnamed.pop() ?? createdAt, at, "unknown", nameless));
      continue;
    }
    const key = textOf(event.relation, repository);
    const before = open.get(key);
    if (isAdded) {
      if (before === undefined) open.set(key, started("blockedBy", key, key, at, event));
      continue;
    }
    open.delete(key);
    if (before !== undefined) end(before, at, event, draft);
    else if (!ended.has(key)) {
      const sinceCreation = started("blockedBy", key, key, createdAt, null);
      end({ ...sinceCreation, provenance: "inferred" }, at, event, draft);
    } else {
      const why = `${key} was taken away twice`;
      draft.doubts.push(
        doubt("blockedBy", ended.get(key) ?? createdAt, at, "unknown", why, { key, value: key }),
      );
    }
    ended.set(key, at);
  }
  draft.intervals.push(...open.values());
  for (const at of unnamed) draft.doubts.push(doubt("blockedBy", at, forever, "unknown", nameless));
}

function end(interval: Interval, at: number, event: IssueEvent, draft: Draft): void {
  if (at > interval.from)
    draft.intervals.push({ ...interval, to: at, endEvent: event.id, endActor: event.actor });
}

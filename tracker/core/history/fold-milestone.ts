import type { IssueEvent } from "../model/event.ts";
import type { Doubt } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { arrivalBetween, leftBehind, type Place } from "./arrival.ts";
import { doubt } from "./doubt.ts";
import type { Draft } from "./fold-sets.ts";
import { changeToObserved, foldChanges, type ValueChange, type ValueInput } from "./fold-value.ts";
import type { NameResolver } from "./names/resolver.ts";

/** The milestone that an issue is on was deleted at some time from `since` on; `goneBy`: until then at the latest. */
interface Deleted {
  since: number;
  goneBy: number | null;
  /** When it was deleted, as a delivery told it. */
  deletedAt: number | null;
}

/** The milestone of an issue. Its events name titles, and GitHub writes none where a milestone is deleted. */
export function foldMilestone(input: ValueInput & { resolver: NameResolver }, draft: Draft): void {
  const steps: ValueChange[] = [];
  const deleted = foldEvents(input, steps, draft);
  const isNone = input.observation.milestone === null;
  const isLeft = isNone && leaveBehind(input.events, steps, { at: input.by, id: null }, draft);
  const isEnded = isLeft || (endDeleted(deleted, input.latest, steps, draft) && isNone);
  if (!isEnded) meetShown(input, steps, deleted, draft);
  endShown(input, steps, draft);
  foldChanges("milestone", steps, draft);
}

/** What the events tell; the milestone that they end with, where it was deleted since. */
function foldEvents(
  { events, createdAt, resolver }: ValueInput & { resolver: NameResolver },
  steps: ValueChange[],
  draft: Draft,
): Deleted | null {
  let deleted: Deleted | null = null;
  for (const event of events) {
    if (event.milestone === undefined) continue;
    const { key, gone, goneBy, deletedAt, thereUntil, weak } = resolver.resolve(
      "milestone",
      event.milestone,
      event.at,
    );
    const at = Math.max(event.at, createdAt);
    const isOther = event.kind === "milestoned" && steps.at(-1)?.key !== key;
    if (isOther && leaveBehind(events, steps, { at, id: event.id }, draft)) deleted = null;
    if (endDeleted(deleted, at, steps, draft)) deleted = null;
    const before = steps.at(-1);
    if (event.kind === "milestoned") {
      if (before?.value && at > before.at) {
        // GitHub writes that an issue left a milestone when it moves it; it does not when it deletes one, and it puts
        // no issue on the milestone that it is on.
        const isGone = deleted !== null || before.key === key;
        const why = isGone ? milestoneDeleted : "no event ends the milestone before";
        draft.doubts.push(doubt("milestone", before.at + 1, at, "inferred", why, aboutOf(before)));
      }
      steps.push({ at, value: event.milestone, key, event, provenance: weak ? "inferred" : "replayed" });
      deleted = gone ? { since: Math.max(at, thereUntil ?? at) + 1, goneBy, deletedAt } : null;
    } else if (event.kind === "demilestoned") {
      if (before?.value && before.key !== key && isOfMove(event, key, steps)) {
        const ended = draft.doubts.findLastIndex(({ to, about }) => to === before.at && about?.key === key);
        if (ended >= 0) draft.doubts.splice(ended, 1);
        continue;
      }
      if (before === undefined && at > createdAt) {
        steps.push({ at: createdAt, value: event.milestone, key, event: null, provenance: "inferred" });
      }
      if (before?.value === null && before.at < at) {
        // It came back by an event that is missing: when, cannot be told, so nothing is claimed.
        const about = { key, value: event.milestone };
        draft.doubts.push(
          doubt("milestone", before.at, at, "unknown", "put off while it was on none", about),
        );
      }
      if (before?.value && before.key !== key) {
        // Put off under a name that it was not put on with, and no rename was found.
        const about = { key, value: event.milestone };
        const why = "put off under another title";
        draft.doubts.push(doubt("milestone", before.at + 1, at, "inferred", why, about));
      }
      steps.push({ at, value: null, event });
      deleted = null;
    }
  }
  return deleted;
}

/** Moving an issue writes both events at once; neither their ids nor their seconds need be in order. */
function isOfMove(off: IssueEvent, key: string, steps: readonly ValueChange[]): boolean {
  const [before, on] = [steps.at(-2), present(steps.at(-1))];
  return on.at === off.at || (before?.key === key && off.at - on.at <= 1000);
}

/** Ends a deleted milestone where it is known by when it was gone, if that is no later than `by`. */
function endDeleted(deleted: Deleted | null, by: number, steps: ValueChange[], draft: Draft): boolean {
  if (deleted === null) return false;
  const { since, goneBy, deletedAt } = deleted;
  if (deletedAt !== null && deletedAt <= by) {
    steps.push({ at: deletedAt, value: null, event: null, provenance: "observed" });
    return true;
  }
  if (goneBy === null || goneBy > by) return false;
  const last = steps.at(-1);
  draft.doubts.push(doubt("milestone", since, goneBy, "inferred", milestoneDeleted, last && aboutOf(last)));
  steps.push({ at: goneBy, value: null, event: null, provenance: "inferred" });
  return true;
}

function meetShown(
  { events, observation, by, latest, createdAt }: ValueInput,
  steps: ValueChange[],
  deleted: Deleted | null,
  draft: Draft,
): void {
  const last = steps.findLast((step) => step.at <= by);
  const key = observation.milestone === null ? undefined : String(observation.milestone.number);
  if ((last?.value == null ? undefined : last.key) === key) return;
  const value = observation.milestone?.title ?? null;
  if (last === undefined && steps.length === 0) {
    steps.push({ at: createdAt, value, key: present(key), event: null, provenance: "inferred" });
    return;
  }
  const vanished = value === null && deleted !== null;
  const why = vanished ? milestoneDeleted : "no event gives the milestone that GitHub shows";
  const provenance = vanished ? "inferred" : "unknown";
  // GitHub writes it down where an issue is taken off a milestone, but not where the milestone is deleted, which leaves
  // no mark on the issue: that was at any time up to when this was fetched.
  const isLater = events.some((event) => event.at > by && event.milestone !== undefined);
  const until = value === null && !isLater ? latest : by;
  // It may have been on it all the while; or, taken off without a word, on it no more.
  const about = aboutOf(key === undefined ? present(last) : { value, key });
  const gap = { by: until, why, provenance, ...(about === undefined ? {} : { about }) } as const;
  changeToObserved("milestone", steps, { value, ...(key ? { key } : {}), ...gap }, draft);
}

/** Ends a milestone that the issue had when it arrived, and has no more at `by`. True where there is one. */
function leaveBehind(events: readonly IssueEvent[], steps: ValueChange[], by: Place, draft: Draft): boolean {
  const before = steps.findLastIndex(({ at }) => at <= by.at);
  const last = steps[before];
  const since = { at: last?.at ?? 0, id: last?.event?.id ?? null };
  const arrival = last?.value ? arrivalBetween(events, since, by) : null;
  if (!last?.value || arrival === null) return false;
  draft.doubts.push(doubt("milestone", arrival.at, by.at, "inferred", leftBehind(last.value), aboutOf(last)));
  steps.splice(before + 1, 0, { at: arrival.at, value: null, event: arrival });
  return true;
}

/** What was shown long ago may be deleted since: a listing lacks it, or another milestone was created under its title. */
function endShown(
  { events, observation, by, resolver }: ValueInput & { resolver: NameResolver },
  steps: ValueChange[],
  draft: Draft,
): void {
  const { milestone } = observation;
  const isLater = events.some((event) => event.at > by && event.milestone !== undefined);
  if (milestone === null || isLater) return;
  const shown = { key: String(milestone.number), name: milestone.title };
  const goneBy = resolver.goneBy("milestone", shown, by);
  if (goneBy === null) return;
  const about = { key: shown.key, value: shown.name };
  draft.doubts.push(doubt("milestone", by + 1, goneBy.surely, "inferred", milestoneDeleted, about));
  steps.push({ at: goneBy.at, value: null, event: null, provenance: "inferred" });
}

/** The milestone of a step, as what a doubt is about. */
const aboutOf = ({ key, value }: Pick<ValueChange, "key" | "value">): Doubt["about"] =>
  value === null || key === undefined ? undefined : { key, value };

const milestoneDeleted = "the milestone was deleted";

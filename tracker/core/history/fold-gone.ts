import type { IssueEvent } from "../model/event.ts";
import type { Sighting } from "../model/page.ts";
import { doubt } from "./doubt.ts";
import type { Draft } from "./fold-sets.ts";
import { foldChanges, type ValueChange } from "./fold-value.ts";

/**
 * When an issue left the repository, and came back. GitHub tells of neither by an event of this repository, so an issue
 * leaves at the instant at which it was found missing, and the window since it was last seen is in doubt. The event
 * `transferred` stands on the issue that arrived, and names where it came from
 * (https://docs.github.com/en/graphql/reference/objects#transferredevent): only inside the window is it the departure.
 */
export function foldGone(
  sightings: readonly Sighting[],
  events: readonly IssueEvent[],
  createdAt: number,
  draft: Draft,
): void {
  const steps: ValueChange[] = [];
  for (const { at, since, found } of sightings.toSorted((a, b) => a.at - b.at)) {
    const isGone = found !== "there";
    if (isGone === (steps.at(-1)?.value != null)) continue;
    const event = isGone
      ? (events.findLast((one) => one.kind === found && since < one.at && one.at <= at) ?? null)
      : null;
    const from = Math.max(createdAt, event?.at ?? at);
    steps.push({
      at: from,
      value: isGone ? found : null,
      event,
      provenance: event === null ? "observed" : "replayed",
    });
    if (event === null && since + 1 < from)
      draft.doubts.push(doubt("gone", since + 1, from, "inferred", isGone ? left : returned));
  }
  foldChanges("gone", steps, draft);
}

const left = "it was transferred or deleted at some time before it was found missing";
const returned = "it came back at some time before it was seen again";

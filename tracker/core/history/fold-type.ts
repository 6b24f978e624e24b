import type { IssueEvent } from "../model/event.ts";
import { doubt } from "./doubt.ts";
import type { Draft } from "./fold-sets.ts";
import { changeToObserved, foldChanges, type ValueChange } from "./fold-value.ts";

export interface TypeInput {
  /** Of the issue, in order. */
  events: readonly IssueEvent[];
  createdAt: number;
  /** The type that GitHub showed; null: none. Undefined: it did not say. */
  shown: string | null | undefined;
  /** The instant of which that is evidence. */
  by: number;
}

/** `isSilent`: its event does not say to which type. */
type Step = ValueChange & { isSilent: boolean };

/**
 * The type of an issue over time. GitHub's older events tell that it changed and not what it changed to: the next
 * event, or what GitHub shows, says what such a change led to; where neither does, the type is unknown from there on.
 */
export function foldType({ events, createdAt, shown, by }: TypeInput, draft: Draft): void {
  const steps: Step[] = [];
  for (const event of events) {
    if (!event.kind.startsWith("issue_type_")) continue;
    const at = Math.max(event.at, createdAt);
    const from = event.type?.from ?? null;
    const last = steps.at(-1);
    if (from !== null && last !== undefined && !last.isSilent && last.value !== from)
      for (const type of [last.value, from])
        if (type !== null && last.at + 1 < at)
          draft.doubts.push(
            doubt("type", last.at + 1, at, "unknown", "a change of type is missing", {
              key: type,
              value: type,
            }),
          );
    tellBefore(steps, from, createdAt);
    const isSilent = event.type === undefined && event.kind !== "issue_type_removed";
    steps.push({ at, value: event.type?.to ?? null, event, isSilent });
  }
  if (shown !== undefined) meetShown(steps, shown, { by, createdAt }, draft);
  for (const [index, { at, isSilent }] of steps.entries())
    if (isSilent) {
      const until = steps[index + 1]?.at ?? Number.MAX_SAFE_INTEGER;
      if (until > at)
        draft.doubts.push(doubt("type", at, until, "unknown", "an event does not name the type"));
    }
  foldChanges("type", steps, draft);
}

/** What a change says of the type before it: that of a change that did not say, or that since creation. */
function tellBefore(steps: Step[], type: string | null, createdAt: number): void {
  const last = steps.at(-1);
  if (type === null || (last !== undefined && !last.isSilent)) return;
  if (last === undefined)
    steps.push({ at: createdAt, value: type, event: null, provenance: "inferred", isSilent: false });
  else Object.assign(last, { value: type, provenance: "inferred", isSilent: false });
}

function meetShown(
  steps: Step[],
  shown: string | null,
  { by, createdAt }: { by: number; createdAt: number },
  draft: Draft,
): void {
  const last = steps.findLast(({ at }) => at <= by);
  if (last?.isSilent) Object.assign(last, { value: shown, provenance: "inferred", isSilent: false });
  else if ((last?.value ?? null) === shown) return;
  else if (steps.length === 0)
    steps.push({ at: createdAt, value: shown, event: null, provenance: "inferred", isSilent: false });
  else {
    const why = "no event gives the type that GitHub shows";
    changeToObserved("type", steps, { value: shown, by, why, provenance: "unknown" }, draft);
  }
}

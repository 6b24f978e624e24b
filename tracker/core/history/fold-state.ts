import type { IssueEvent, StateReason } from "../model/event.ts";
import { present } from "../model/present.ts";
import type { Provenance } from "../model/provenance.ts";
import { doubt } from "./doubt.ts";
import type { Draft } from "./fold-sets.ts";
import { changeToObserved, foldChanges, type ValueChange, type ValueInput } from "./fold-value.ts";

/** Open or closed, and the reason beside it. A pull request has no reason. */
export function foldState(input: ValueInput, draft: Draft): void {
  const { events, observation, createdAt } = input;
  const steps: ValueChange[] = [{ at: createdAt, value: "open", event: null }];
  for (const event of events) {
    const state = stateAfter(event);
    if (state === null) continue;
    const at = Math.max(event.at, createdAt);
    const last = present(steps.at(-1));
    if (last.at + 1 < at && isGap(last, event))
      draft.doubts.push(doubt("state", last.at + 1, at, "unknown", missing));
    steps.push({ at, value: state, event });
  }
  meetShownState(input, steps, draft);
  foldChanges("state", steps, draft);
  if (!observation.pullRequest) {
    const reasons = reasonsOf(steps, observation.stateReason);
    meetShownReason(input, reasons, draft);
    foldChanges("stateReason", reasons, draft);
  }
  foldConversion(input, draft);
  if (observation.pullRequest) foldMerge(input, steps, draft);
}

const missing = "a closing or reopening is missing";

/** What is open is not reopened, and what is closed is closed again only for another reason. */
function isGap({ value, event }: ValueChange, next: IssueEvent): boolean {
  if (next.kind === "reopened") return value === "open";
  const isAgain = value === "closed" && event?.kind === "closed" && next.kind === "closed";
  return isAgain && (event?.stateReason ?? null) === (next.stateReason ?? null);
}

function meetShownState({ observation, by }: ValueInput, steps: ValueChange[], draft: Draft): void {
  const last = steps.findLast((step) => step.at <= by);
  const { closedAt, state } = observation;
  if (last === undefined || last.value === state) return;
  if (state === "closed" && closedAt !== null && closedAt >= last.at && closedAt <= by) {
    const after = steps.findIndex((step) => step.at > by);
    const step: ValueChange = { at: closedAt, value: state, event: null, provenance: "observed" };
    steps.splice(after < 0 ? steps.length : after, 0, step);
  } else {
    const why = "no event gives the state that GitHub shows";
    changeToObserved("state", steps, { value: state, by, why, provenance: "unknown" }, draft);
  }
}

/** The reasons beside these states; `shown` goes with the state that no event gives. */
function reasonsOf(states: readonly ValueChange[], shown: StateReason | null): ValueChange[] {
  return states.slice(1).flatMap((step, index): ValueChange[] => {
    const { at, value, event } = step;
    if (event === null) return [{ ...step, value: shown }];
    const changed = present(states[index]).value !== value;
    // Closing what is closed changes the reason alone, and only where the source tells one; null tells completed.
    return changed || event.stateReason !== undefined ? [reasonStep(event, value, at)] : [];
  });
}

/** GitHub writes that it merged and that it closed a pull request as two events, in either order. */
function foldMerge({ events, createdAt }: ValueInput, states: readonly ValueChange[], draft: Draft): void {
  const merge = events.find((event) => event.kind === "merged");
  if (merge === undefined) return;
  const at = Math.max(merge.at, createdAt);
  const state = states.findLast((step) => step.at <= at);
  const closing = state?.value === "closed" ? state.at : at;
  foldChanges("merged", [{ at: closing, value: "merged", event: merge }], draft);
}

/** GitHub shows a converted issue as closed and completed; only the event tells it from work that was done. */
function foldConversion({ events, createdAt }: ValueInput, draft: Draft): void {
  const steps = events.flatMap((event): ValueChange[] => {
    const at = Math.max(event.at, createdAt);
    if (event.kind === "converted_to_discussion") return [{ at, value: "discussion", event }];
    return event.kind === "reopened" ? [{ at, value: null, event }] : [];
  });
  foldChanges("discussion", steps, draft);
}

function stateAfter({ kind }: IssueEvent): "open" | "closed" | null {
  if (kind === "closed" || kind === "converted_to_discussion") return "closed";
  return kind === "reopened" ? "open" : null;
}

/** Where a closing event keeps no reason (some backups drop it), completed is GitHub's default. */
function reasonStep(event: IssueEvent, state: ValueChange["value"], at: number): ValueChange {
  if (state === "open") return { at, value: "reopened", event };
  const named = event.stateReason;
  if (named === undefined) return { at, value: "completed", event, provenance: "inferred" };
  return { at, value: named ?? "completed", event };
}

function meetShownReason({ observation, by }: ValueInput, reasons: ValueChange[], draft: Draft): void {
  const shown: StateReason | null = observation.stateReason;
  const last = reasons.findLast((step) => step.at <= by);
  if ((last?.value ?? null) === shown) {
    if (last?.provenance === "inferred") last.provenance = "observed";
    return;
  }
  const told = last?.event?.kind === "closed" && last.event.stateReason !== undefined;
  if (last !== undefined && !told) {
    last.value = shown;
    last.provenance = "observed" satisfies Provenance;
    return;
  }
  if (last !== undefined) {
    draft.doubts.push(doubt("stateReason", last.at + 1, by, "unknown", "the reason was changed"));
  }
  const after = reasons.findIndex((step) => step.at > by);
  reasons.splice(after < 0 ? reasons.length : after, 0, {
    at: by,
    value: shown,
    event: null,
    provenance: "observed",
  });
}

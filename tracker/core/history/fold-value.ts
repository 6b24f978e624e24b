import type { IssueEvent } from "../model/event.ts";
import { type Attribute, type Doubt, forever, type Interval } from "../model/interval.ts";
import type { IssueObservation } from "../model/issue.ts";
import type { Provenance } from "../model/provenance.ts";
import { doubt } from "./doubt.ts";
import { type Draft, started } from "./fold-sets.ts";

/** What the folds of single-valued attributes start from. */
export interface ValueInput {
  events: readonly IssueEvent[];
  observation: IssueObservation;
  /** The instant of which `observation` is evidence. */
  by: number;
  /** When it was fetched at the latest. */
  latest: number;
  createdAt: number;
}

/** One step of a single-valued attribute: from `at` on it has `value`; null is none (no milestone). */
export interface ValueChange {
  at: number;
  value: string | null;
  key?: string;
  event: IssueEvent | null;
  provenance?: Provenance;
}

/** Turns steps in time order into intervals that never overlap; a step to the same key changes nothing. */
export function foldChanges(attribute: Attribute, steps: readonly ValueChange[], draft: Draft): void {
  let current: Interval | null = null;
  const end = (at: number, event: IssueEvent | null) => {
    if (current !== null && at > current.from) {
      draft.intervals.push({
        ...current,
        to: at,
        endEvent: event?.id ?? null,
        endActor: event?.actor ?? null,
      });
    }
    current = null;
  };
  for (const { at, value, key, event, provenance } of steps) {
    const open = current as Interval | null;
    if (value !== null && open !== null && open.key === (key ?? value)) continue;
    if (value === null && open === null) continue;
    end(at, event);
    if (value !== null) {
      current = {
        ...started(attribute, value, key ?? value, at, event),
        provenance: provenance ?? "replayed",
      };
    }
  }
  end(forever, null);
}

/** Marks the gap between what the events end with and what GitHub shows, and steps to what it shows. */
export function changeToObserved(
  attribute: Attribute,
  steps: ValueChange[],
  shown: { value: string | null; key?: string; by: number } & Pick<Doubt, "why" | "provenance" | "about">,
  draft: Draft,
): void {
  const before = steps.findLastIndex((step) => step.at <= shown.by);
  const from = steps[before]?.at ?? -forever;
  draft.doubts.push(doubt(attribute, from + 1, shown.by, shown.provenance, shown.why, shown.about));
  steps.splice(before + 1, 0, {
    at: shown.by,
    value: shown.value,
    ...(shown.key === undefined ? {} : { key: shown.key }),
    event: null,
    provenance: "observed",
  });
}

import type { IssueEvent, IssueReference } from "../model/event.ts";
import { resolveReference } from "../model/issue-reference.ts";
import { doubt } from "./doubt.ts";
import type { Draft } from "./fold-sets.ts";
import { foldChanges, type ValueChange } from "./fold-value.ts";

/** The parent that GitHub showed during [since, until]; null: none. */
export interface ParentLook {
  since: number;
  until: number;
  parent: IssueReference | null;
}

export interface RelationInput {
  number: number;
  /** Of the issue itself, in order. */
  events: readonly IssueEvent[];
  /** Of other issues, in order: those that took this one as a sub-issue, or gave it up. */
  toldByParents: readonly IssueEvent[];
  /** Oldest first. */
  looks: readonly ParentLook[];
  /** owner/name of the repository, where that is known. */
  repository: string | null;
  createdAt: number;
}

/** One thing known about the parent: what an event says, or what GitHub showed. */
interface Word {
  at: number;
  event: IssueEvent | null;
  says: "is" | "was";
  /** null: none. Undefined: an event that does not say which. */
  parent: string | null | undefined;
}

export const textOf = (reference: IssueReference, repository: string | null): string =>
  String(resolveReference(reference, repository));

/**
 * Whose sub-issue an issue was, and when. Events of both ends tell it. What GitHub shows without an event holds from
 * when it was first shown; an event that keeps silent about the parent dates it.
 */
export function foldParent(input: RelationInput, draft: Draft): void {
  const steps: ValueChange[] = [];
  let known: { value: string | null; at: number } = { value: null, at: input.createdAt - 1 };
  /** The last step, where its event does not name the parent. */
  let nameless: ValueChange | null = null;
  for (const { at, event, says, parent } of wordsOf(input)) {
    if (event === null) {
      const value = parent ?? null;
      if (nameless !== null && value !== null) Object.assign(nameless, { value, provenance: "inferred" });
      else if (value !== known.value) {
        for (const one of [known.value, value]) if (one !== null) inDoubt(one, known.at + 1, at, draft);
        steps.push({ at, value, event: null, provenance: "observed" });
      }
      nameless = null;
      known = { value, at };
      continue;
    }
    if (says === "was" && parent != null && parent !== known.value) {
      // Both ends tell of one change; neither their ids nor their seconds need be in order.
      const isToldBefore = at - known.at <= tolerance;
      if (known.value !== null && isToldBefore) continue;
      if (steps.length > 0 && nameless === null && !isToldBefore)
        for (const one of [known.value, parent])
          if (one !== null) inDoubt(one, known.at + 1, at, draft, missing);
      const since = nameless ?? { at: input.createdAt, value: null, event: null };
      if (nameless === null && steps.length === 0) steps.push(since);
      Object.assign(since, { value: parent, provenance: "inferred" });
    }
    const step: ValueChange = { at, value: says === "is" ? (parent ?? null) : null, event };
    nameless = says === "is" && parent === undefined ? step : null;
    steps.push(step);
    known = { value: step.value, at };
  }
  foldChanges("parent", steps, draft);
}

const missing = "an event of a parent is missing";

/** Farthest apart that two issues' events of one change are dated, milliseconds. */
const tolerance = 60_000;

function inDoubt(
  parent: string,
  from: number,
  to: number,
  draft: Draft,
  why = "no event gives the parent that GitHub shows",
): void {
  if (from >= to) return;
  draft.doubts.push(doubt("parent", from, to, "inferred", why, { key: parent, value: parent }));
}

/** By time; of one instant, events before looks. A look that went on is one at each end. */
function wordsOf({ number, events, toldByParents, looks, repository, createdAt }: RelationInput): Word[] {
  const own = events.flatMap((event): Word[] => {
    const says = parentKinds.get(event.kind);
    if (says === undefined) return [];
    const parent = event.relation === undefined ? undefined : textOf(event.relation, repository);
    return [{ at: Math.max(event.at, createdAt), event, says, parent }];
  });
  const others = toldByParents.flatMap((event): Word[] => {
    const says = childKinds.get(event.kind);
    const isOurs = event.relation !== undefined && textOf(event.relation, repository) === String(number);
    if (says === undefined || !isOurs) return [];
    return [{ at: Math.max(event.at, createdAt), event, says, parent: String(event.issue) }];
  });
  const seen = looks.flatMap(({ since, until, parent }) =>
    [since, until].map((at): Word => {
      const shown = parent === null ? null : textOf(parent, repository);
      return { at: Math.max(at, createdAt), event: null, says: "is", parent: shown };
    }),
  );
  return [...own, ...others, ...seen].sort((a, b) => a.at - b.at);
}

const parentKinds = new Map<string, Word["says"]>([
  ["parent_issue_added", "is"],
  ["parent_issue_removed", "was"],
]);
const childKinds = new Map<string, Word["says"]>([
  ["sub_issue_added", "is"],
  ["sub_issue_removed", "was"],
]);
/** The kinds of events in which a parent names its sub-issue. */
export const subIssueKinds: readonly string[] = [...childKinds.keys()];

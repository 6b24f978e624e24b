import type { IssueEvent } from "../model/event.ts";
import type { Interval } from "../model/interval.ts";
import type { FieldObservation } from "../model/issue.ts";
import { present } from "../model/present.ts";
import { isChosen, type PlacementObservation, type ProjectChoice } from "../model/project.ts";
import { doubt } from "./doubt.ts";
import { type Draft, started } from "./fold-sets.ts";

export interface FieldInput {
  /** In order. */
  events: readonly IssueEvent[];
  /** Every look at the issue's own fields, oldest first. */
  fieldLooks: readonly FieldObservation[];
  /** Every look at its projects, oldest first. */
  placements: readonly PlacementObservation[];
  /** The one project that counts; null: all do. */
  choice: ProjectChoice | null;
  createdAt: number;
}

/** A change that an event tells, or what GitHub showed at one end of a look. */
interface Word {
  at: number;
  event: IssueEvent | null;
  /** Before a change; of a look the same as `to`. */
  from: string | null;
  to: string | null;
  /** When GitHub says that what it shows was set; null: it does not say. */
  setAt: number | null;
}

export type FieldSource = "issue-field" | "project-field";

/** Key of the intervals of a field. Fields are told apart in any case, as GitHub does. */
export const fieldKey = (source: FieldSource, name: string): string => `${source}:${name.toLowerCase()}`;

/**
 * The values of an issue's own fields as their events tell them, held against what GitHub showed, and those of its
 * cards in projects, of which GitHub keeps no history, as they were seen.
 */
export function foldFields(input: FieldInput, draft: Draft): void {
  const words = new Map<string, Word[]>();
  const say = (key: string, word: Word) => {
    const at = Math.max(word.at, input.createdAt);
    words.set(key, [...(words.get(key) ?? []), { ...word, at }]);
  };
  for (const event of input.events) {
    if (event.field === undefined) continue;
    const { name, from, to } = event.field;
    say(fieldKey("issue-field", name), { at: event.at, event, from, to, setAt: null });
  }
  const names = namesIn(input);
  for (const { since, observedAt, values } of input.fieldLooks)
    for (const name of names.issue)
      for (const at of [since, observedAt])
        say(fieldKey("issue-field", name), shown(at, valueIn(values, name), null));
  for (const { since, observedAt, placements } of input.placements)
    for (const name of names.project) {
      const card = placements.find(
        ({ project, fields }) => isChosen(project, input.choice) && valueIn(fields, name) !== null,
      );
      const setAt = card?.setAt?.fields?.[name] ?? null;
      for (const at of [since, observedAt])
        say(fieldKey("project-field", name), shown(at, valueIn(card?.fields, name), setAt));
    }
  for (const [key, list] of words)
    foldField(
      key,
      list.toSorted((a, b) => a.at - b.at),
      input.createdAt,
      draft,
    );
}

const shown = (at: number, value: string | null, setAt: number | null): Word => ({
  at,
  event: null,
  from: value,
  to: value,
  setAt,
});

const valueIn = (values: Record<string, string> | undefined, name: string): string | null =>
  values?.[name] ?? null;

function namesIn({ fieldLooks, placements, events }: FieldInput): {
  issue: Set<string>;
  project: Set<string>;
} {
  const told = events.flatMap(({ field }) => field?.name ?? []);
  return {
    issue: new Set([...told, ...fieldLooks.flatMap(({ values }) => Object.keys(values))]),
    project: new Set(
      placements.flatMap((look) => look.placements.flatMap(({ fields }) => Object.keys(fields ?? {}))),
    ),
  };
}

/** Events write numbers as text of their own: 5.0 is 5. */
const isSame = (a: string | null, b: string | null): boolean =>
  a === b || (isNumber.test(a ?? "") && isNumber.test(b ?? "") && Number(a) === Number(b));
const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** An event that takes a value away does not name it; all else says what was before, too. */
function foldField(key: string, words: readonly Word[], createdAt: number, draft: Draft): void {
  let current: Interval | null = null;
  let known = null as { value: string | null; at: number } | null;
  const change = (
    at: number,
    value: string | null,
    event: IssueEvent | null,
    provenance: Interval["provenance"],
  ) => {
    const open = current as Interval | null;
    if (open !== null && at > open.from)
      draft.intervals.push({ ...open, to: at, endEvent: event?.id ?? null, endActor: event?.actor ?? null });
    current = value === null ? null : { ...started("field", value, key, at, event), provenance };
  };
  const inDoubt = (from: number, to: number, values: (string | null)[]) => {
    if (from >= to) return;
    const why = "no event gives the value that GitHub shows";
    for (const value of new Set(values))
      if (value !== null) draft.doubts.push(doubt("field", from, to, "unknown", why, { key, value }));
  };
  for (const { at, event, from, to, setAt } of words) {
    const before: string | null = known?.value ?? null;
    if (event === null) {
      if (isSame(to, before) && known !== null) known.at = at;
      else {
        const since = setAt !== null && setAt <= at && setAt > (known?.at ?? createdAt - 1) ? setAt : at;
        if (!isSame(to, before)) {
          inDoubt(known === null ? createdAt : known.at + 1, since, [before, to]);
          change(since, to, null, "observed");
        }
        known = { value: to, at };
      }
      continue;
    }
    const isRemoval = event.kind === "issue_field_removed";
    if (!isRemoval && !isSame(from, before)) {
      // What an event took the place of was there: since the creation, or since something that was not told.
      if (known === null && from !== null) change(createdAt, from, null, "inferred");
      else inDoubt(present(known ?? { value: null, at: createdAt }).at + 1, at, [before, from]);
    }
    change(at, to, event, "replayed");
    known = { value: to, at };
  }
  const last = current as Interval | null;
  if (last !== null) draft.intervals.push(last);
}

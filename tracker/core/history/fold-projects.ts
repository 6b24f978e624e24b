import type { IssueEvent } from "../model/event.ts";
import type { Doubt } from "../model/interval.ts";
import { present } from "../model/present.ts";
import {
  isChosen,
  type Placement,
  type PlacementObservation,
  type ProjectChoice,
  type ProjectIteration,
} from "../model/project.ts";
import type { Draft } from "./fold-sets.ts";
import { foldChanges, type ValueChange } from "./fold-value.ts";

export interface ProjectInput {
  /** In order. */
  events: readonly IssueEvent[];
  /** Every look at the issue's projects, oldest first. */
  placements: readonly PlacementObservation[];
  /** The one project that counts; null: all do. */
  choice: ProjectChoice | null;
  createdAt: number;
}

/**
 * Projects v2: statuses as their change events tell them, each project for itself, held against what GitHub showed;
 * iterations, of which GitHub keeps no history, as they were seen from the first look on.
 */
export function foldProjects({ events, placements, choice, createdAt }: ProjectInput, draft: Draft): void {
  const told = Map.groupBy(
    events.filter(({ status }) => status !== undefined && isChosen(nameOf(status), choice)),
    ({ status }) => keyOf(present(status)),
  );
  const shown = Map.groupBy(
    placements.flatMap((look) => look.placements.filter(({ project }) => isChosen(project, choice))),
    ({ project }) => String(project.id),
  );
  const chosen = new Set([...told.keys(), ...shown.keys()]);
  const moved = Map.groupBy(
    events.filter(({ iteration }) => iteration !== undefined),
    ({ iteration }) => String(present(iteration).project),
  );
  if (choice === null) for (const key of moved.keys()) chosen.add(key);
  for (const key of chosen) {
    const looks = looksAt(placements, key);
    foldStatus(told.get(key) ?? [], looks, createdAt, draft);
    const fields = new Set(
      (shown.get(key) ?? []).flatMap(({ iterations }) => iterations.map(({ field }) => field)),
    );
    const moves = moved.get(key) ?? [];
    for (const { iteration } of moves) fields.add(present(iteration).field);
    for (const field of fields) {
      const inField = moves.filter(({ iteration }) => iteration?.field === field);
      foldIteration(field, { looks, moves: inField }, createdAt, draft);
    }
  }
}

type Status = NonNullable<IssueEvent["status"]>;

const nameOf = (status: Status) => ({
  title: status.project,
  ...(status.number === undefined ? {} : { number: status.number }),
});

const keyOf = (status: Status): string => (status.id === undefined ? status.project : String(status.id));

interface Look {
  since: number;
  until: number;
  /** Null where the issue was in no such project. */
  placement: Placement | null;
}

const looksAt = (placements: readonly PlacementObservation[], key: string): Look[] =>
  placements.map((look) => ({
    since: look.since,
    until: look.observedAt,
    placement: look.placements.find(({ project }) => String(project.id) === key) ?? null,
  }));

/**
 * What came before the first change is what that one names: since the issue was put into the project, or ever. A look
 * that events do not explain stands from its instant on, and casts doubt on the time since the last thing known.
 */
function foldStatus(
  events: readonly IssueEvent[],
  looks: readonly Look[],
  createdAt: number,
  draft: Draft,
): void {
  const steps: ValueChange[] = [];
  const first = events[0]?.status?.from ?? null;
  if (first !== null) steps.push({ at: createdAt, value: first, event: null, provenance: "inferred" });
  /** The status after all that came so far, when it was last known to hold, and whether by a look. */
  let known = { value: first, at: createdAt - 1, seen: false };
  for (const { at, event, shown, setAt } of inTurn(events, looks, createdAt)) {
    if (event === null) {
      if (shown !== known.value) {
        const since = setBetween(setAt, known.at, at);
        const gap = since === null ? unannounced : onlyNewest;
        inDoubt(draft, "status", [known.value, shown], { from: known.at + 1, to: since ?? at, ...gap });
        steps.push({ at: since ?? at, value: shown, event: null, provenance: "observed" });
      }
      known = { value: shown, at, seen: true };
      continue;
    }
    const { from, to } = present(event.status);
    // Being put into a project gives no status by itself.
    if (event.kind === "added_to_project_v2" && known.value !== null) continue;
    if (from !== null && known.value === null) {
      const since = Math.max(createdAt, known.seen ? known.at + 1 : known.at);
      steps.push({ at: since, value: from, event: null, provenance: "inferred" });
    } else if (event.kind === statusChanged && from !== known.value)
      inDoubt(draft, "status", [known.value, from], { from: known.at + 1, to: at, ...missing });
    steps.push({ at, value: to, event });
    known = { value: to, at, seen: false };
  }
  foldChanges("status", steps, draft);
}

/** Events and looks by time; of one instant, events first. A look that went on is one at each end. */
function inTurn(
  events: readonly IssueEvent[],
  looks: readonly Look[],
  createdAt: number,
): { at: number; event: IssueEvent | null; shown: string | null; setAt: number | null }[] {
  const seen = looks.flatMap(({ since, until, placement }) =>
    [since, until].map((at) => ({
      at: Math.max(at, createdAt),
      event: null,
      shown: placement?.status ?? null,
      setAt: placement?.setAt?.status ?? null,
    })),
  );
  const told = events.map((event) => ({
    at: Math.max(event.at, createdAt),
    event,
    shown: null,
    setAt: null,
  }));
  return [...told, ...seen].sort((a, b) => a.at - b.at);
}

/** When a value was set that was first seen at `seen`, where GitHub says so and nothing contradicts it; else null. */
const setBetween = (setAt: number | null, known: number, seen: number): number | null =>
  setAt !== null && known < setAt && setAt <= seen ? setAt : null;

const statusChanged = "project_v2_item_status_changed";
const missing = { provenance: "unknown", why: "a change of status is missing" } as const;
const unannounced = { provenance: "unknown", why: "no event gives the status that GitHub shows" } as const;
const onlyNewest = { provenance: "inferred", why: "GitHub dates the newest change alone" } as const;
const unseen = { provenance: "unknown", why: "GitHub keeps no history of iterations" } as const;
const between = { provenance: "inferred", why: "the iteration changed between two syncs" } as const;

/** The doubt names its values, so that it weakens only what rests on them. */
function inDoubt(
  draft: Draft,
  attribute: "status" | "iteration",
  values: readonly (string | null)[],
  gap: Omit<Doubt, "attribute" | "about">,
): void {
  if (gap.from >= gap.to) return;
  for (const value of values)
    if (value !== null) draft.doubts.push({ attribute, ...gap, about: { key: value, value } });
}

/** A look's first or last instant, or a change that a webhook told. */
interface IterationWord {
  at: number;
  move: IssueEvent | null;
  value: string | null;
  setAt: number | null;
}

/** Words by time. One that was renamed goes by its newest title, as the team's files name it. */
function iterationWords(
  field: string,
  { looks, moves }: { looks: readonly Look[]; moves: readonly IssueEvent[] },
  createdAt: number,
): { words: IterationWord[]; titleOf: (one: ProjectIteration | null | undefined) => string | null } {
  const inField = (placement: Placement | null) => placement?.iterations.find((one) => one.field === field);
  const titles = new Map(looks.map(({ placement }) => [inField(placement)?.id, inField(placement)?.title]));
  const titleOf = (one: ProjectIteration | null | undefined) => titles.get(one?.id) ?? one?.title ?? null;
  const seen = looks.flatMap(({ since, until, placement }) =>
    [since, until].map(
      (at): IterationWord => ({
        at: Math.max(at, createdAt),
        move: null,
        value: titleOf(inField(placement)),
        setAt: placement?.setAt?.iterations[field] ?? null,
      }),
    ),
  );
  const told = moves.map(
    (move): IterationWord => ({
      at: Math.max(move.at, createdAt),
      move,
      value: titleOf(move.iteration?.to),
      setAt: null,
    }),
  );
  return { words: [...told, ...seen].sort((a, b) => a.at - b.at), titleOf };
}

function foldIteration(
  field: string,
  sources: { looks: readonly Look[]; moves: readonly IssueEvent[] },
  createdAt: number,
  draft: Draft,
): void {
  const steps: ValueChange[] = [];
  const { words, titleOf } = iterationWords(field, sources, createdAt);
  let known: { value: string | null; until: number } | null = null;
  for (const { at, move, value, setAt } of words) {
    // What a change took the place of was there until then.
    const before: string | null = move === null ? value : titleOf(move.iteration?.from);
    if (known === null || known.value !== before) {
      const gap = known === null ? { from: createdAt, ...unseen } : { from: known.until + 1, ...between };
      const since = setBetween(setAt, known?.until ?? createdAt - 1, at) ?? at;
      inDoubt(draft, "iteration", [known?.value ?? null, before], { to: since, ...gap });
      if (move === null) steps.push({ at: since, value, event: null, provenance: "observed" });
    }
    if (move !== null) steps.push({ at, value, event: move });
    known = { value, until: at };
  }
  foldChanges("iteration", steps, draft);
}

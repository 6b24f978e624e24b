import type { IssueEvent } from "../../model/event.ts";
import type { IssueObservation } from "../../model/issue.ts";
import { isArrival } from "../arrival.ts";
import type { NameKind } from "./resolver.ts";

/** A name as an event gave it, and when. */
export interface Use {
  name: string;
  at: number;
}

/**
 * What one issue tells about names: which it took on and never put off under the same name, which it put off
 * under a name that it had never taken on, and what GitHub shows in the end.
 */
export interface Evidence {
  issue: number;
  kind: NameKind;
  open: Use[];
  /** Taken on and put off under one name: in between, nothing was renamed. */
  held: (Use & { to: number })[];
  /** Taken on while it was on: in between it was deleted, and made again. */
  again: Use[];
  /** Something put off as `name`; it must have been one of `candidates`. */
  loose: (Use & { candidates: Use[] })[];
  /** Keys: names of labels, logins, or the number of the milestone as text. */
  shown: string[];
}

/** GitHub itself showed `key` under `name` at `at`: two of these with one key and two names are a rename. */
export interface Sighting {
  name: string;
  key: string;
  at: number;
}

export interface ReconcileInput {
  kind: NameKind;
  /** Every issue that mentions a suspect name, odd or not. */
  evidence: readonly Evidence[];
  /** Names borne now → key. */
  holders: ReadonlyMap<string, string>;
  /** When bearers came into being, by key, where that is known: before, a name of theirs meant something else. */
  born: ReadonlyMap<string, number>;
  sightings: readonly Sighting[];
  /** When events named something so, epoch ms in rising order. */
  uses(name: string): number[];
}

export const kindsOfNames: readonly NameKind[] = ["label", "milestone", "assignee"];

const verbs = {
  label: { add: "labeled", remove: "unlabeled", field: "label" },
  milestone: { add: "milestoned", remove: "demilestoned", field: "milestone" },
  assignee: { add: "assigned", remove: "unassigned", field: "assignee" },
} as const;

/**
 * `events` in the order of the history; those after the observation say nothing about what it shows. What an issue had
 * before it arrived from another repository bore that one's names, and what it has under another name since may have come
 * with it. A login is everywhere the same.
 */
export function evidenceOf(
  kind: NameKind,
  events: readonly IssueEvent[],
  observation: IssueObservation & { firstSeenAt: number; asOf?: number },
): Evidence {
  const until = observation.asOf ?? observation.firstSeenAt;
  const arrival =
    kind === "assignee" ? -1 : events.findLastIndex((event) => isArrival(event) && event.at <= until);
  const told = toldOf(kind, events.slice(arrival + 1), until);
  const shown = shownKeys(kind, observation);
  const ofIssue = { issue: observation.number, kind };
  if (arrival < 0) return { ...ofIssue, ...told, shown };
  const { milestone, labels } = observation;
  const names = kind === "label" ? labels : milestone === null ? [] : [milestone.title];
  const open = told.open.filter(({ name }) => names.includes(name));
  const isTold = (_: string, index: number) => open.some(({ name }) => name === names[index]);
  return { ...ofIssue, ...told, open, loose: [], shown: shown.filter(isTold) };
}

function toldOf(
  kind: NameKind,
  events: readonly IssueEvent[],
  until: number,
): Omit<Evidence, "issue" | "kind" | "shown"> {
  const { add, remove, field } = verbs[kind];
  const open = new Map<string, number>();
  const held: Evidence["held"] = [];
  const again: Use[] = [];
  const loose: Evidence["loose"] = [];
  for (const event of events) {
    const name = event[field];
    if (name === undefined || event.at > until) continue;
    if (event.kind === add) {
      if (open.has(name)) again.push({ name, at: event.at });
      if (kind === "milestone") open.clear();
      open.set(name, event.at);
    } else if (event.kind === remove) {
      const since = open.get(name);
      if (since !== undefined) held.push({ name, at: since, to: event.at });
      if (!open.delete(name)) loose.push({ name, at: event.at, candidates: usesOf(open) });
      // Whatever title it names, a milestone was put off; the link stays in `loose`.
      if (kind === "milestone") open.clear();
    }
  }
  return { open: usesOf(open), held, again, loose };
}

function usesOf(open: Map<string, number>): Use[] {
  return [...open].map(([name, at]) => ({ name, at }));
}

function shownKeys(kind: NameKind, { labels, milestone, assignees }: IssueObservation): string[] {
  if (kind === "milestone") return milestone === null ? [] : [String(milestone.number)];
  return kind === "label" ? labels : assignees;
}

/**
 * True where the names as they stand cannot explain what GitHub shows. `keyNow`: whom a name of that instant means, if
 * it means whoever bears it today.
 */
export function isOdd(
  { open, held, loose, shown }: Evidence,
  keyNow: (name: string, at: number) => string | undefined,
): boolean {
  if (held.some(({ name, at }) => keyNow(name, Number.MAX_SAFE_INTEGER) !== keyNow(name, at))) return true;
  if (loose.some(({ candidates }) => candidates.length > 0)) return true;
  if (open.length !== shown.length) return true;
  return open.some(({ name, at }) => !shown.includes(keyNow(name, at) ?? ""));
}

/** The names that odd evidence casts doubt on: all it mentions. */
export function suspects(evidence: Evidence, nameOfKey: (key: string) => string): Set<string> {
  return new Set([
    ...[...evidence.open, ...evidence.held].map(({ name }) => name),
    ...evidence.loose.flatMap(({ name, candidates }) => [name, ...candidates.map((use) => use.name)]),
    ...evidence.shown.map(nameOfKey),
  ]);
}

import { ratio } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Kalm, KalmAnswer, KalmEntry, KalmKind } from "../model/report.ts";
import type { Sprint } from "../model/sprint.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";
import { type KalmText, promiseKey } from "./parse-kalm.ts";

export interface KalmInput {
  /** Every sprint in time order, with what its reviews say. */
  reviews: readonly { sprint: Sprint; text: KalmText }[];
  /** Issues that carry a KALM label, and those that promises link to. */
  timelines: readonly IssueTimeline[];
}

interface Promised extends KalmEntry {
  kind: KalmKind;
  order: number;
}

const kinds: readonly KalmKind[] = ["keep", "add", "less", "more"];

/** What a label promises: `kalm: keep`, in any case and spacing; remembers each label. */
function kindReader(prefix: string): (label: string) => KalmKind | null {
  const start = prefix.trimEnd().toLowerCase();
  const known = new Map<string, KalmKind | null>();
  return (label) => {
    let found = known.get(label);
    if (found === undefined) {
      const name = label.toLowerCase();
      const word = name.startsWith(start) ? name.slice(start.length).trim() : null;
      found = kinds.find((kind) => kind === word) ?? null;
      known.set(label, found);
    }
    return found;
  };
}

function labelledPromises(input: KalmInput, boardRules: BoardRules): Promised[] {
  const kindOf = kindReader(boardRules.rules.labels.kalmPrefix);
  const isPromise = (i: Interval): boolean =>
    i.attribute === "label" && (kindOf(i.value) !== null || kindOf(i.key) !== null);
  const issues = input.timelines.filter((t) => !t.pullRequest && t.intervals.some(isPromise));
  return issues.flatMap((timeline) =>
    timeline.intervals.filter(isPromise).flatMap((i): Promised[] => {
      const kind = kindOf(i.value) ?? kindOf(i.key)!;
      // Made in a sprint, or in the review after it: the promise belongs to the newest sprint that had begun.
      const order = input.reviews.findLastIndex((r) => r.sprint.start <= i.from);
      const made = input.reviews[order]?.sprint;
      // A label that was gone again before the sprint ended was a slip, or another kind took its place.
      if (made === undefined || i.to <= made.end) return [];
      return [{ kind, text: timeline.title, from: made.number, issue: timeline.number, order }];
    }),
  );
}

/** Every promise once, in the order made; the one written in a review and its issue are the same promise. */
function promisesOf(input: KalmInput, boardRules: BoardRules): Promised[] {
  const written = input.reviews.flatMap(({ sprint, text }, order) =>
    text.promises.map((p): Promised => ({ ...p, from: sprint.number, order })),
  );
  const linked = new Set(written.flatMap((p) => p.issue ?? []));
  const labelled = labelledPromises(input, boardRules).filter((p) => !linked.has(p.issue!));
  const seen = new Set<string>();
  return [...written, ...labelled]
    .filter((p) => {
      const key = `${p.order}\u0000${p.kind}\u0000${promiseKey(p.text)}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.order - b.order);
}

/** What a promise's issue says at `end`: closed as done keeps it, dropped breaks it, open leaves it open. */
function answerOfIssue(timeline: IssueTimeline, end: number, boardRules: BoardRules): boolean | null {
  const view = viewAt(timeline, end - 1, boardRules);
  if (view === null) return null;
  if (view.frozen) return false;
  return view.state === "closed" ? true : null;
}

/**
 * The promises that `sprint`'s review makes, and its answers to those made before and not yet answered. A promise
 * with a linked issue is answered by that issue at the end of a later sprint, and as long as it is open only a
 * dropping mark overrules it. Every other one, and one whose issue is not there, is answered by the marks of a later
 * review's follow-up list. `until` caps the end for a running sprint.
 */
export function computeKalm(input: KalmInput, sprint: Sprint, until: number, boardRules: BoardRules): Kalm {
  const here = input.reviews.findIndex((r) => r.sprint.number === sprint.number);
  const all = promisesOf(input, boardRules);
  const issues = new Map(input.timelines.map((t) => [t.number, t]));
  const answerIn = (promise: Promised, order: number): boolean | null => {
    const review = input.reviews[order]!;
    const issue = promise.issue === null ? undefined : issues.get(promise.issue);
    if (issue !== undefined) {
      const told = answerOfIssue(issue, order === here ? until : review.sprint.end, boardRules);
      if (told !== null) return told;
    }
    const key = promiseKey(promise.text);
    const mark = review.text.answers.find((a) => promiseKey(a.text) === key);
    return issue === undefined ? (mark?.kept ?? null) : mark?.kept === false ? false : null;
  };
  const followUp: KalmAnswer[] = [];
  for (const promise of all) {
    if (promise.order >= here) continue;
    let answered = false;
    for (let order = promise.order + 1; order < here && !answered; order += 1)
      answered = answerIn(promise, order) !== null;
    if (answered) continue;
    const { order, ...entry } = promise;
    followUp.push({ ...entry, kept: answerIn(promise, here), age: here - order });
  }
  const entries = (kind: KalmKind): KalmEntry[] =>
    all
      .filter((p) => p.order === here && p.kind === kind)
      .map(({ text, from, issue }) => ({ text, from, issue }));
  const answers = followUp.filter((f) => f.kept !== null);
  return {
    keep: entries("keep"),
    add: entries("add"),
    less: entries("less"),
    more: entries("more"),
    followUp,
    keepRate: ratio(answers.filter((f) => f.kept).length, answers.length),
  };
}

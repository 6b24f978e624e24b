import { ratio } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Kalm, KalmAnswer, KalmEntry, KalmKind } from "../model/report.ts";
import type { Sprint } from "../model/sprint.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";
import type { KalmText } from "./parse-kalm.ts";
import { answersByMarks, isSamePromise, promiseKey, promiseKinds, tallyOf } from "./promises.ts";

export interface KalmInput {
  /** Every sprint in time order, with what its reviews say. */
  reviews: readonly { sprint: Sprint; text: KalmText }[];
  /** Issues that carry a KALM label, and those that promises link to. */
  timelines: readonly IssueTimeline[];
}

interface Promised extends KalmEntry {
  kind: KalmKind;
  /** Index of the review that made it. */
  order: number;
}

/** Reads the kind from a label such as `kalm: keep`, in any case and spacing, each label once. */
function kindReader(prefix: string): (label: string) => KalmKind | null {
  const start = prefix.trimEnd().toLowerCase();
  const known = new Map<string, KalmKind | null>();
  return (label) => {
    let found = known.get(label);
    if (found === undefined) {
      const name = label.toLowerCase();
      const word = name.startsWith(start) ? name.slice(start.length).trim() : null;
      found = promiseKinds.find(({ kind }) => kind === word)?.kind ?? null;
      known.set(label, found);
    }
    return found;
  };
}

function labelledPromises(input: KalmInput, boardRules: BoardRules): (Promised & { issue: number })[] {
  const readKind = kindReader(boardRules.rules.labels.kalmPrefix);
  const kindOf = (i: Interval): KalmKind | null =>
    i.attribute === "label" ? (readKind(i.value) ?? readKind(i.key)) : null;
  return input.timelines
    .filter((t) => !t.pullRequest)
    .flatMap((timeline) =>
      timeline.intervals.flatMap((i): (Promised & { issue: number })[] => {
        const kind = kindOf(i);
        if (kind === null) return [];
        // The promise belongs to the newest sprint that had begun, also where it is made in the review after it.
        const order = input.reviews.findLastIndex((r) => r.sprint.start <= i.from);
        const made = input.reviews[order]?.sprint;
        // A label removed before the sprint ended was a slip, or another kind replaced it.
        if (made === undefined || i.to <= made.end) return [];
        return [{ kind, text: timeline.title, from: made.number, issue: timeline.number, order }];
      }),
    );
}

/** Every promise once, in the order made. A promise written in a review and the issue it links are one. */
function promisesIn(input: KalmInput, boardRules: BoardRules): Promised[] {
  const written = input.reviews.flatMap(({ sprint, text }, order) =>
    text.promises.map((p): Promised => ({ ...p, from: sprint.number, order })),
  );
  const linked = new Set(written.flatMap((p) => p.issue ?? []));
  const labelled = labelledPromises(input, boardRules).filter((p) => !linked.has(p.issue));
  const seen = new Map<string, Promised[]>();
  return [...written, ...labelled]
    .filter((promise) => {
      const key = JSON.stringify([promise.order, promise.kind, promiseKey(promise.text)]);
      const alike = seen.get(key) ?? [];
      if (alike.some((other) => isSamePromise(other, promise))) return false;
      seen.set(key, [...alike, promise]);
      return true;
    })
    .sort((a, b) => a.order - b.order);
}

/**
 * The answer of a promise's issue at `end`: done keeps the promise, dropped breaks it, open leaves it open. One that was
 * transferred or deleted gave its last answer before; `isGone`: it will give no other.
 */
function answerOfIssue(
  timeline: IssueTimeline,
  end: number,
  boardRules: BoardRules,
): { answer: boolean | null; isGone: boolean } {
  const now = viewAt(timeline, end - 1, boardRules);
  const gone = now?.gone ?? null;
  const view = gone === null ? now : viewAt(timeline, gone.from - 1, boardRules);
  const answer = view === null || view.state === "open" ? null : true;
  return { answer: view?.frozen ? false : answer, isGone: gone !== null };
}

/**
 * The promises that `sprint`'s review makes, and its answers to those made before and not yet answered. A promise
 * with a linked issue is answered by that issue at the end of a later sprint, and as long as it is open only a
 * dropping mark overrules it. Every other one, and one whose issue is not there, is answered by the marks of a later
 * review's follow-up list. `until` caps the end for a running sprint.
 */
export function computeKalm(input: KalmInput, sprint: Sprint, until: number, boardRules: BoardRules): Kalm {
  const here = input.reviews.findIndex((r) => r.sprint.number === sprint.number);
  const all = promisesIn(input, boardRules);
  const issues = new Map(input.timelines.map((t) => [t.number, t]));
  const answersAt = (waiting: Promised[], review: KalmInput["reviews"][number], end: number) => {
    const marks = answersByMarks(waiting, review.text.answers);
    return waiting.map((promise, index): boolean | null => {
      const mark = marks[index] ?? null;
      const issue = promise.issue === null ? undefined : issues.get(promise.issue);
      if (issue === undefined) return mark;
      const { answer, isGone } = answerOfIssue(issue, end, boardRules);
      return answer ?? (isGone || mark === false ? mark : null);
    });
  };
  let followUp: KalmAnswer[] = [];
  let waiting: Promised[] = [];
  for (const [order, review] of input.reviews.slice(0, here + 1).entries()) {
    const answers = answersAt(waiting, review, order === here ? until : review.sprint.end);
    followUp = waiting.map(({ order: made, ...entry }, index) => ({
      ...entry,
      kept: answers[index] ?? null,
      age: order - made,
    }));
    waiting = [
      ...waiting.filter((_, index) => answers[index] === null),
      ...all.filter((p) => p.order === order),
    ];
  }
  const entries = (kind: KalmKind): KalmEntry[] =>
    all
      .filter((p) => p.order === here && p.kind === kind)
      .map(({ text, from, issue }) => ({ text, from, issue }));
  const { kept, dropped } = tallyOf(followUp);
  return {
    keep: entries("keep"),
    add: entries("add"),
    less: entries("less"),
    more: entries("more"),
    followUp,
    keepRate: ratio(kept, kept + dropped),
  };
}

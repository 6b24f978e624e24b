import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { KalmKind, LabelledPromise, PromiseIssue } from "../model/kalm.ts";
import type { Sprint } from "../model/sprint.ts";
import { type BoardRules, viewAt } from "./issue-view.ts";
import type { KalmText } from "./parse-kalm.ts";
import { withoutOwner } from "./promise-owner.ts";
import { promiseKinds } from "./promises.ts";

/** A sprint and what its published reviews say. */
export interface SprintReview {
  sprint: Sprint;
  text: KalmText;
}

export interface PromiseInput {
  /** Every sprint in time order. */
  reviews: readonly SprintReview[];
  /** Issues that carry a KALM label, and those that promises link to. Others do no harm. */
  timelines: readonly IssueTimeline[];
  /** Whether a promise by label points to its issue. Default false. */
  links?: boolean;
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

interface Answer {
  kept: boolean | null;
  /** It was open when it was transferred or deleted, so it will never answer. */
  isMute: boolean;
}

/**
 * The answer of a promise's issue at `end`: done keeps the promise, dropped does not, open leaves it open. One that was
 * transferred or deleted gave its last answer before.
 */
function answerOfIssue(timeline: IssueTimeline, end: number, boardRules: BoardRules): Answer {
  const now = viewAt(timeline, end - 1, boardRules);
  const gone = now?.gone ?? null;
  const view = gone === null ? now : viewAt(timeline, gone.from - 1, boardRules);
  if (view?.frozen) return { kept: false, isMute: false };
  const kept = view?.state === "closed" ? true : null;
  return { kept, isMute: gone !== null && kept === null };
}

interface Labelled {
  promise: LabelledPromise;
  /** Index of the sprint that it was promised in. */
  order: number;
}

function labelledPromises(
  timeline: IssueTimeline,
  { reviews, links = false }: PromiseInput,
  until: number,
  readKind: (label: string) => KalmKind | null,
): Labelled[] {
  const kindOf = (i: Interval): KalmKind | null =>
    i.attribute === "label" ? (readKind(i.value) ?? readKind(i.key)) : null;
  return timeline.intervals.flatMap((i): Labelled[] => {
    const kind = kindOf(i);
    if (kind === null) return [];
    // The promise belongs to the newest sprint that had begun, also where it is made in the review after it.
    const order = reviews.findLastIndex((r) => r.sprint.start <= i.from);
    const made = reviews[order]?.sprint;
    // A label removed before the sprint ended was a slip, or another kind replaced it.
    if (made === undefined || i.to <= made.end) return [];
    const text = titleAt(timeline, i.from);
    const owner =
      firstAssigned(timeline, Math.max(i.from, Math.min(made.end, until) - 1)) ?? withoutOwner(text).owner;
    const link = links && /^https?:\/\//.test(timeline.url) ? timeline.url : null;
    const promise = {
      kind,
      text,
      ...(owner === null ? {} : { owner }),
      ...(link === null ? {} : { link }),
    };
    return [{ promise, order }];
  });
}

/** Of those assigned to an issue, who has been so for longest. */
const firstAssigned = (timeline: IssueTimeline, at: number): string | null =>
  timeline.intervals
    .filter((i) => i.attribute === "assignee" && i.from <= at && at < i.to)
    .reduce<Interval | null>((first, i) => (first === null || i.from < first.from ? i : first), null)
    ?.value ?? null;

const titleAt = (timeline: IssueTimeline, at: number): string =>
  timeline.intervals.find((i) => i.attribute === "title" && i.from <= at && at < i.to)?.value ??
  timeline.title;

/**
 * The issues that the promises of each sprint up to and including `sprint` rest on, a list for each in the order of
 * `input.reviews`: those that an earlier review links or a KALM label marks, with their answer at that sprint's end.
 * One that is gone and will never answer is left out, so that a review's marks answer in its place. `until`, epoch ms,
 * caps the end of `sprint` while it runs.
 */
export function promiseIssuesUpTo(
  input: PromiseInput,
  sprint: Sprint,
  until: number,
  boardRules: BoardRules,
): PromiseIssue[][] {
  const { reviews } = input;
  const here = reviews.findIndex((r) => r.sprint.number === sprint.number);
  const readKind = kindReader(boardRules.rules.labels.kalmPrefix);
  const linkedIn = (earlier: readonly SprintReview[]) =>
    new Set(earlier.flatMap(({ text }) => text.promises.flatMap(({ issue }) => issue ?? [])));
  const linkedAnywhere = linkedIn(reviews);
  const known = input.timelines
    .filter((t) => !t.pullRequest)
    .map((timeline) => ({ timeline, labelled: labelledPromises(timeline, input, until, readKind) }))
    .filter(({ timeline, labelled }) => linkedAnywhere.has(timeline.number) || labelled.length > 0)
    .sort((a, b) => a.timeline.number - b.timeline.number);
  return reviews.slice(0, here + 1).map((review, order) => {
    const linked = linkedIn(reviews.slice(0, order));
    const end = order === here ? until : review.sprint.end;
    return known
      .filter(
        ({ timeline, labelled }) => linked.has(timeline.number) || labelled.some((l) => l.order <= order),
      )
      .flatMap(({ timeline, labelled }) => {
        const { kept, isMute } = answerOfIssue(timeline, end, boardRules);
        const made = labelled.filter((l) => l.order === order).map(({ promise }) => promise);
        return isMute && made.length === 0 ? [] : [{ number: timeline.number, kept, made }];
      });
  });
}

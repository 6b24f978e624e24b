import { ratio } from "../model/days.ts";
import type { Kalm, KalmAnswer, KalmEntry, KalmKind, PromiseIssue } from "../model/kalm.ts";
import type { Report } from "../model/report.ts";
import type { Repositories } from "../model/repositories.ts";
import type { Sprint } from "../model/sprint.ts";
import { keyOfRef } from "./issue-refs.ts";
import type { BoardRules } from "./issue-view.ts";
import type { KalmText } from "./parse-kalm.ts";
import { type PromiseInput, promiseIssuesUpTo } from "./promise-issues.ts";
import { answersByMarks, isSamePromise, promiseKey, promiseKinds, tallyOf } from "./promises.ts";

/** What the promises of one sprint are made of: the words of its reviews, and what history says of the linked issues. */
export interface SprintPromises {
  /** Number of the sprint. */
  sprint: number;
  text: KalmText;
  issues: readonly PromiseIssue[];
}

interface Promised extends KalmEntry {
  kind: KalmKind;
  /** Index of the sprint whose review made it. */
  order: number;
}

/** Every promise once, in the order made. A promise written in a review and the issue it links are one. */
function promisesIn(sprints: readonly SprintPromises[]): Promised[] {
  const written = sprints.flatMap(({ sprint, text }, order) =>
    text.promises.map((p): Promised => ({ ...p, from: sprint, order })),
  );
  const linked = new Set(written.flatMap((p) => p.issue ?? []));
  const labelled = sprints.flatMap(({ sprint, issues }, order) =>
    issues
      .filter(({ number }) => !linked.has(number))
      .flatMap(({ number, made }) =>
        made.map((p): Promised => ({ ...p, from: sprint, issue: number, order })),
      ),
  );
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

/** The answers of one sprint to the promises that wait. */
function answersIn(waiting: readonly Promised[], { text, issues }: SprintPromises): (boolean | null)[] {
  const known = new Map(issues.map((issue) => [issue.number, issue.kept]));
  const marks = answersByMarks(waiting, text.answers);
  return waiting.map((promise, index) => {
    const mark = marks[index] ?? null;
    const answer = promise.issue === null ? undefined : known.get(promise.issue);
    if (answer === undefined) return mark;
    return answer ?? (mark === false ? false : null);
  });
}

/**
 * What each sprint's review promises, and its answers to those made before and not yet answered, in the order handed
 * in: by time. A promise with a linked issue is answered by that issue at the end of a later sprint, and as long as it
 * is open only a dropping mark overrules it. Every other one, and one whose issue is not known, is answered by the
 * marks of a later review's follow-up list.
 */
export function kalmOfSprints(sprints: readonly SprintPromises[]): Kalm[] {
  const all = promisesIn(sprints);
  let waiting: Promised[] = [];
  return sprints.map((one, here): Kalm => {
    const answers = answersIn(waiting, one);
    const followUp = waiting.map(
      ({ order, ...entry }, index): KalmAnswer => ({
        ...entry,
        kept: answers[index] ?? null,
        age: here - order,
      }),
    );
    const made = all.filter(({ order }) => order === here);
    waiting = [...waiting.filter((_, index) => answers[index] === null), ...made];
    const entries = (kind: KalmKind): KalmEntry[] =>
      made.filter((p) => p.kind === kind).map(({ kind: _, order, ...entry }) => entry);
    const { kept, dropped } = tallyOf(followUp);
    return {
      keep: entries("keep"),
      add: entries("add"),
      less: entries("less"),
      more: entries("more"),
      followUp,
      keepRate: ratio(kept, kept + dropped),
    };
  });
}

/** Of a sprint that no review list names. */
const nothingSaid: Kalm = { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null };

/** The promises of one sprint from history and words, and what of them is measured. `until`: see `promiseIssuesUpTo`. */
export function computeKalm(
  input: PromiseInput,
  sprint: Sprint,
  until: number,
  boardRules: BoardRules,
): Required<Pick<Report, "kalm" | "promiseIssues">> {
  const issues = promiseIssuesUpTo(input, sprint, until, boardRules);
  const here = issues.length - 1;
  const words = input.reviews.map(({ sprint: { number }, text }, index) => ({
    sprint: number,
    text,
    issues: issues[index] ?? [],
  }));
  return { kalm: kalmOfSprints(words)[here] ?? nothingSaid, promiseIssues: issues[here] ?? [] };
}

/**
 * The same promises where no history is at hand: the words of today, with the issues that each report was given.
 * `reviews`: every sprint in time order. A report without `promiseIssues` is of before there were such; what its own
 * `kalm` says of issues stands in for them.
 */
export function kalmFromReports(
  reviews: readonly { sprint: number; text: KalmText }[],
  reports: readonly Report[],
  repositories: Repositories,
): Map<number, Kalm> {
  const known = new Map(reports.map((report) => [report.sprint.number, report]));
  const words = reviews.map(({ sprint, text }) => {
    const report = known.get(sprint);
    return {
      sprint,
      text,
      issues: report === undefined ? [] : issuesOf(report, repositories),
    };
  });
  const all = kalmOfSprints(words);
  return new Map(reviews.flatMap(({ sprint }, index) => (all[index] ? [[sprint, all[index]] as const] : [])));
}

/** Issues by key; a report names them by number and repository. Those of repositories that are gone answer nothing. */
function issuesOf(report: Report, repositories: Repositories): PromiseIssue[] {
  return (report.promiseIssues ?? issuesIn(report.kalm)).flatMap(({ number, ref, ...rest }) => {
    const key = keyOfRef({ number, ref }, repositories, report.repository);
    return key === null ? [] : [{ ...rest, number: key }];
  });
}

function issuesIn(kalm: Kalm): PromiseIssue[] {
  const answers = kalm.followUp.flatMap(({ issue, ref, kept }) =>
    issue === null ? [] : [{ number: issue, ref, kept, made: [] }],
  );
  const made = promiseKinds.flatMap(({ kind }) =>
    kalm[kind].flatMap(({ issue, ref, from: _, ...said }) =>
      issue === null ? [] : [{ number: issue, ref, kept: null, made: [{ kind, ...said }] }],
    ),
  );
  return [...made, ...answers];
}

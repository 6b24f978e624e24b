import type { KalmEntry, KalmKind } from "../model/kalm.ts";
import type { Report } from "../model/report.ts";
import { withoutMentions } from "./promise-owner.ts";

/** The kinds of promise in their order: the initial of K.A.L.M., the heading in a review, and its short name. */
export const promiseKinds: { kind: KalmKind; letter: string; heading: string; title: string }[] = [
  { kind: "keep", letter: "K", heading: "Keep", title: "Keep" },
  { kind: "add", letter: "A", heading: "Add", title: "Add" },
  { kind: "less", letter: "L", heading: "Do less", title: "Less" },
  { kind: "more", letter: "M", heading: "Do more", title: "More" },
];

export const headingOf: Record<KalmKind, string> = Object.fromEntries(
  promiseKinds.map(({ kind, heading }) => [kind, heading]),
) as Record<KalmKind, string>;

/** Whether a promise points to the issue that answers it. */
export const leadsToItsIssue = ({ link = "", issue }: Pick<KalmEntry, "link" | "issue">): boolean =>
  issue !== null && link.endsWith(`/issues/${issue}`);

export type Verdict = "kept" | "notKept" | "open";

/** What came of a promise by its answer; null is still open. */
export function verdictOf(kept: boolean | null): Verdict {
  return kept === null ? "open" : kept ? "kept" : "notKept";
}

/** Words without case and punctuation. */
export function squeeze(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, " ")
    .trim();
}

/** Two wordings of the same promise: case, punctuation, a linked issue's number and its owner aside. */
export function promiseKey(text: string): string {
  return squeeze(withoutMentions(text.replace(/\(?#\d+\)?/g, ""))) || text.trim();
}

/** Promises of one sprint and kind in the same words are one, unless they have different owners or link different issues. */
export function isSamePromise(a: KalmEntry, b: KalmEntry): boolean {
  return (
    promiseKey(a.text) === promiseKey(b.text) &&
    (a.owner === undefined || b.owner === undefined || a.owner === b.owner) &&
    (a.issue === null || b.issue === null || (a.issue === b.issue && a.ref === b.ref))
  );
}

/**
 * The answers that a review's marks give to the promises which wait for one, as a list beside `waiting`. Promises in the
 * same words are answered in their order, as a draft lists them. A single mark answers all of them, and of several marks
 * for a single promise the first that decides counts.
 */
export function answersByMarks(
  waiting: readonly { text: string }[],
  marks: readonly { text: string; kept: boolean | null }[],
): (boolean | null)[] {
  const marksOf = Map.groupBy(marks, (mark) => promiseKey(mark.text));
  const waitingOf = Map.groupBy(waiting.keys(), (index) => promiseKey(waiting[index]?.text ?? ""));
  return waiting.map(({ text }, index) => {
    const alike = marksOf.get(promiseKey(text)) ?? [];
    const siblings = waitingOf.get(promiseKey(text)) ?? [];
    if (siblings.length === 1) return alike.find((mark) => mark.kept !== null)?.kept ?? null;
    return (alike.length === 1 ? alike[0] : alike[siblings.indexOf(index)])?.kept ?? null;
  });
}

/** A promise of a review with the newest answer to it. */
export interface TeamPromise extends KalmEntry {
  kind: KalmKind;
  /** Whose it is, where there are several teams. */
  team?: string;
  /** true kept, false not kept, null still open. */
  kept: boolean | null;
  /** Number of the sprint whose review answered; null while open. */
  answeredIn: number | null;
  /** Sprints from promise to answer, or to the newest sprint while open. */
  age: number;
}

/** Every promise of these reports in the order they were made: by sprint, then keep, add, less, more. */
export function promisesOf(reports: readonly Report[]): TeamPromise[] {
  const byTeam = Map.groupBy(reports, ({ sprint }) => sprint.team);
  return [...byTeam.values()].flatMap(promisesOfTeam).sort((a, b) => a.from - b.from);
}

function promisesOfTeam(reports: readonly Report[]): TeamPromise[] {
  const inOrder = reports.toSorted((a, b) => a.sprint.number - b.sprint.number);
  const newest = inOrder.at(-1)?.sprint.number ?? 0;
  const team = inOrder[0]?.sprint.team;
  // Between two sprints of one team are those of others.
  const isOneOfSeveral = team !== undefined;
  const places = new Map(
    inOrder.map(({ sprint }, place) => [sprint.number, isOneOfSeveral ? place : sprint.number]),
  );
  const placeOf = (number: number) => places.get(number) ?? number;
  const made = inOrder.flatMap(({ kalm }) =>
    promiseKinds.flatMap(({ kind }) => kalm[kind].map((entry) => ({ ...entry, kind }))),
  );
  const answerTo = answersIn(inOrder, made);
  return made.map((entry): TeamPromise => {
    const answer = answerTo(entry);
    return {
      ...entry,
      ...(team === undefined ? {} : { team }),
      kept: answer?.kept ?? null,
      answeredIn: answer?.answeredIn ?? null,
      age: placeOf(answer?.answeredIn ?? newest) - placeOf(entry.from),
    };
  });
}

interface Answer {
  kept: boolean;
  answeredIn: number;
}

type Kinded = KalmEntry & { kind: KalmKind };

/** Looks up the newest answer to a promise. An issue that was renamed since it promised is found by its number. */
function answersIn(inOrder: readonly Report[], made: readonly Kinded[]) {
  const exact = ({ from, kind, issue, ref, text, owner }: Kinded) =>
    JSON.stringify([from, kind, ref ?? issue, promiseKey(text), owner]);
  const byIssue = ({ from, kind, issue, ref }: Kinded) => JSON.stringify([from, kind, ref ?? issue]);
  const known = new Set(made.map(exact));
  const answers = new Map<string, Answer>();
  for (const { kalm, sprint } of inOrder)
    for (const { kept, ...entry } of kalm.followUp) {
      if (kept === null) continue;
      const key = known.has(exact(entry)) || entry.issue === null ? exact(entry) : byIssue(entry);
      answers.set(key, { kept, answeredIn: sprint.number });
    }
  return (entry: Kinded): Answer | undefined =>
    answers.get(exact(entry)) ?? (entry.issue === null ? undefined : answers.get(byIssue(entry)));
}

export interface Tally {
  kept: number;
  dropped: number;
  open: number;
  /** kept ÷ answered (0..1); null when nothing was answered. */
  rate: number | null;
}

/** How many promises were kept, of all, or of those that one review follows up. */
export function tallyOf(promises: readonly { kept: boolean | null }[]): Tally {
  const count = (kept: boolean | null) => promises.filter((one) => one.kept === kept).length;
  const [kept, dropped] = [count(true), count(false)];
  const answered = kept + dropped;
  return { kept, dropped, open: count(null), rate: answered === 0 ? null : kept / answered };
}

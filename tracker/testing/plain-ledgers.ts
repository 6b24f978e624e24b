import { present } from "../core/model/present.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { hundredths, issueOf, plainFigures } from "./plain-figures.ts";
import { instantsIn, type PlainState, plainSaid, plainState } from "./plain-state.ts";
import type { RawHistory, RawIssue } from "./random-history.ts";

/** The debts of a sprint, by following each issue through its whole life. */
export function plainDebt(history: RawHistory, sprint: Sprint) {
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, history.asOf));
  const owed = (state: PlainState | null) =>
    state?.isThere === true && state.isDebt && state.isOpen && state.dropped === null;
  const found = {
    openAtStart: 0,
    opened: [] as number[],
    paid: [] as number[],
    dropped: [] as [number, string][],
    open: [] as number[],
  };
  for (const issue of history.issues) {
    const { number } = issue;
    if (owed(plainState(issue, sprint.start - 1))) found.openAtStart += 1;
    let was = owed(plainState(issue, sprint.start - 1));
    let wasLabelled = plainState(issue, sprint.start - 1)?.isLabelledDebt;
    for (const t of instantsIn(issue, sprint.start - 1, end)) {
      const state = plainState(issue, t);
      const is = owed(state);
      if (is && !was) found.opened.push(number);
      if (!is && was) {
        const unmarked = wasLabelled ? "no longer labelled as debt" : "no longer of a type of debt";
        const reason = state?.gone ?? state?.dropped ?? (state?.isOpen ? unmarked : null);
        if (reason === null) found.paid.push(number);
        else found.dropped.push([number, reason]);
      }
      was = is;
      wasLabelled = state?.isLabelledDebt;
    }
    if (was) found.open.push(number);
  }
  return { ...found, daysOwed: daysOwed(history, found.open, end - 1) };
}

/** A debt with sized debts below it counts by those. */
function daysOwed(history: RawHistory, open: number[], t: number): number {
  const states = new Map(history.issues.map((issue) => [issue.number, plainState(issue, t)]));
  const isAbove = (number: number) =>
    open.some((other) => {
      if (states.get(other)?.size == null) return false;
      for (
        let next = states.get(other)?.parent ?? null;
        next !== null;
        next = states.get(next)?.parent ?? null
      )
        if (next === number) return true;
      return false;
    });
  return hundredths(open.reduce((sum, n) => sum + (isAbove(n) ? 0 : (states.get(n)?.size ?? 0)), 0));
}

/** What each sprint counts of one issue's effort; `outside`: what no sprint counted. */
export interface PlainEffort {
  /** By sprint: counted in its scope or listed beside it; days and correction in man-days. */
  counted: { sprint: number; isFinal: boolean; days: number; correction: number; isUnknown: boolean }[];
  outside: number;
  said: number;
}

/** Cuts the time of a project where sprints begin and end, and gives each piece to the first sprint that counts it. */
export function plainEffort(history: RawHistory, number: number): PlainEffort {
  const issue = issueOf(history, number);
  const cuts = new Set([Number.NEGATIVE_INFINITY, history.asOf]);
  const spans = history.sprints
    .filter(({ start }) => start <= history.asOf)
    .map((sprint) => {
      const to = Math.max(sprint.start + 1, Math.min(sprint.end, history.asOf));
      const from = Math.min(sprint.start + sprint.grace, to - 1);
      cuts.add(from).add(to);
      return {
        sprint: sprint.number,
        from,
        to,
        isFinal: plainFigures(history, sprint).final.includes(number),
      };
    });
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces = edges
    .slice(1)
    .map((to, index) => ({ from: present(edges[index]), to, owner: null as number | null }));
  for (const { sprint, from, to, isFinal } of spans)
    for (const piece of pieces)
      if (piece.owner === null && piece.to <= to && (isFinal || piece.from >= from)) piece.owner = sprint;
  const counted = spans.map(({ sprint, isFinal }) => {
    const own = joined(pieces.filter(({ owner }) => owner === sprint));
    const isNew = own.some(({ from, to }) => wordAt(issue, from) !== wordAt(issue, to));
    const days = hundredths(
      own.reduce((sum, { from, to }) => sum + saidBy(issue, to) - saidBy(issue, from), 0),
    );
    const isTakenBack = saidAtAll(issue, Math.max(...own.map(({ to }) => to))) === null;
    const isUnknown = !isNew || (isTakenBack && days <= 0);
    return {
      sprint,
      isFinal,
      isUnknown,
      days: isNew ? Math.max(0, days) : 0,
      correction: isNew ? Math.min(0, days) : 0,
    };
  });
  const loose = pieces.filter(({ owner }) => owner === null);
  const outside = hundredths(
    loose.reduce((sum, { from, to }) => sum + saidBy(issue, to) - saidBy(issue, from), 0),
  );
  return { counted, outside, said: saidBy(issue, history.asOf) };
}

interface Piece {
  from: number;
  to: number;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const { from, to } of pieces) {
    const last = found.at(-1);
    if (last?.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

/** Said before `t`, an event at `t` not among it. */
const saidAtAll = (issue: RawIssue, t: number) => plainSaid(issue, t - 1);
const saidBy = (issue: RawIssue, t: number): number => saidAtAll(issue, t)?.days ?? 0;
const wordAt = (issue: RawIssue, t: number): string => saidAtAll(issue, t)?.word ?? "nothing";

import { isoOf } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Change, Replay } from "../model/report.ts";
import { type BoardRules, type IssueView, viewAt } from "./issue-view.ts";

/** What one issue's view was before and after an instant at which something about it changed. */
export interface ViewChange {
  at: number;
  before: IssueView | null;
  after: IssueView | null;
  /** The intervals that began or ended at that instant. */
  causes: { interval: Interval; began: boolean }[];
}

/** An issue's view at the start, and every step after it. */
export interface IssueReplay {
  first: IssueView | null;
  steps: ViewChange[];
}

export type IssueReplays = ReadonlyMap<IssueTimeline, IssueReplay>;

/** The walks of several issues through the same span, taken once for all that is read off them. */
export function replayIssues(
  timelines: readonly IssueTimeline[],
  from: number,
  to: number,
  rules: BoardRules,
): IssueReplays {
  return new Map(timelines.map((timeline) => [timeline, replayIssue(timeline, from, to, rules)]));
}

/** IssueReplays an issue through (from, to): every instant at which it changed, in order. */
function replayIssue(timeline: IssueTimeline, from: number, to: number, rules: BoardRules): IssueReplay {
  const first = rules.view(timeline, from);
  const causes = new Map<number, ViewChange["causes"]>();
  const note = (at: number, interval: Interval, began: boolean) => {
    if (at <= from || at >= to) return;
    const list = causes.get(at);
    if (list === undefined) causes.set(at, [{ interval, began }]);
    else list.push({ interval, began });
  };
  for (const interval of timeline.intervals) {
    note(interval.from, interval, true);
    note(interval.to, interval, false);
  }
  let before = first;
  const steps = [...causes.keys()]
    .sort((a, b) => a - b)
    .map((at) => {
      const after = viewAt(timeline, at, rules);
      const step = { at, before, after, causes: causes.get(at)! };
      before = after;
      return step;
    });
  return { first, steps };
}

interface Cause {
  actor: string | null;
  eventId: number | null;
}

/** The event to name for a change: the one of the attribute that decides, else any of that instant. */
function causeOf(step: ViewChange, decides: (interval: Interval) => boolean): Cause {
  const told = step.causes.find(
    (c) => decides(c.interval) && (c.began ? c.interval.startEvent : c.interval.endEvent) !== null,
  );
  const cause = told ?? step.causes[0];
  if (cause === undefined) return { actor: null, eventId: null };
  const { interval, began } = cause;
  return {
    actor: began ? interval.startActor : interval.endActor,
    eventId: began ? interval.startEvent : interval.endEvent,
  };
}

const daysText = (view: IssueView | null): string => (view?.size == null ? "no size" : `${view.size.days} d`);

/** What a step meant for the sprint's card, in words and with the event behind it. Empty where nothing a board shows changed. */
export function changesOf(step: ViewChange, rules: BoardRules): Change[] {
  const { before, after } = step;
  if (after === null) return [];
  const found: Change[] = [];
  const add = (kind: Change["kind"], what: string, decides: (i: Interval) => boolean, lanes = false) =>
    found.push({
      number: after.timeline.number,
      title: after.title,
      at: isoOf(step.at),
      what,
      kind,
      ...causeOf(step, decides),
      ...(lanes ? { from: before?.lane ?? null, to: after.lane } : {}),
    });
  const was = before?.member != null;
  const is = after.member !== null;
  const toState = (i: Interval): boolean =>
    i.attribute === "state" || i.attribute === "label" || i.attribute === "status";
  if (!was && is)
    add("entered", before === null ? "created in the sprint" : "entered the sprint", rules.isMember, true);
  else if (was && !is) add("left", "left the sprint", rules.isMember, true);
  else if (is && before !== null && before.lane !== after.lane) {
    if (after.frozen) {
      const why =
        after.state === "closed"
          ? `closed as ${(after.reason ?? "not planned").replace("_", " ")}`
          : "put into the freezebox";
      add("frozen", why, toState, true);
    } else add("lane", `${before.lane ?? "—"} → ${after.lane ?? "—"}`, toState, true);
  }
  if ((was || is) && before !== null) {
    if (before.size?.days !== after.size?.days)
      add(
        "estimate",
        `re-estimated ${daysText(before)} → ${daysText(after)}`,
        (i) => rules.readSize(i) !== null,
      );
    if (before.title !== after.title)
      add("renamed", `renamed from “${before.title}”`, (i) => i.attribute === "title");
    if (before.assignees.join() !== after.assignees.join())
      add(
        "assigned",
        after.assignees.length === 0 ? "nobody assigned" : `assigned to ${after.assignees.join(", ")}`,
        (i) => i.attribute === "assignee",
      );
  }
  return found;
}

/** The compact any-instant board: where each card stood at `from`, and each move after it. */
export function computeReplay(
  walks: IssueReplays,
  from: number,
  rules: BoardRules,
  lanes: string[],
  links: boolean,
): { replay: Replay; changes: Change[] } {
  const moves: (Replay["moves"][number] & { time: number })[] = [];
  const changes: Change[] = [];
  for (const [timeline, { first, steps }] of walks) {
    const place = (view: IssueView | null) => ({
      number: timeline.number,
      lane: view?.lane ?? null,
      days: view?.size?.days ?? null,
      size: view?.size?.name ?? null,
    });
    let at = place(first);
    if (at.lane !== null)
      moves.push({
        time: from,
        at: isoOf(from),
        ...at,
        what: "on the board at the start",
        actor: null,
        eventId: null,
      });
    for (const step of steps) {
      const found = changesOf(step, rules);
      changes.push(...found);
      const next = place(step.after);
      if (next.lane === at.lane && next.days === at.days && next.size === at.size) continue;
      const main = found[0];
      const cause = main ?? causeOf(step, (i) => i.attribute === "state" || rules.isMember(i));
      const what =
        main?.what ??
        (at.lane === null ? "opened" : next.lane === null ? "closed outside the sprint" : "changed");
      moves.push({
        time: step.at,
        at: isoOf(step.at),
        ...next,
        what,
        actor: cause.actor,
        eventId: cause.eventId,
      });
      at = next;
    }
  }
  moves.sort((a, b) => a.time - b.time || a.number - b.number);
  changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.number - b.number));
  return {
    changes,
    replay: {
      lanes,
      cards: [...walks.keys()].map((t) => ({ number: t.number, title: t.title, url: links ? t.url : "" })),
      moves: moves.map(({ time: _, ...move }) => move),
    },
  };
}

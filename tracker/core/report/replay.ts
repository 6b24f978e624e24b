import { counted } from "../model/counted.ts";
import { isoOf } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Change, Replay } from "../model/report.ts";
import { type IssueReplay, type IssueReplays, replayIssue, type ViewChange } from "./issue-replay.ts";
import type { BoardRules, IssueView } from "./issue-view.ts";
import { type LeafChange, type LeafHistory, leafHistories } from "./sub-issues.ts";

/** Several issues through the same span, replayed once for all that is read off them. */
export interface SprintReplay {
  replays: IssueReplays;
  /** By number: which of them count by their sub-issues, and when. */
  leaves: ReadonlyMap<number, LeafHistory>;
}

/** `family`: issues whose parents may stand between two of those replayed. */
export function replaySprint(
  timelines: readonly IssueTimeline[],
  span: { from: number; to: number },
  rules: BoardRules,
  family = timelines,
): SprintReplay {
  const { from, to } = span;
  const replays = new Map(timelines.map((timeline) => [timeline, replayIssue(timeline, from, to, rules)]));
  return { replays, leaves: leafHistories(replays, family, span) };
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

const sizeText = (view: IssueView | null, { rules }: BoardRules): string => {
  if (view?.size == null) return "no size";
  const { days } = view.size;
  return rules.unit === "points" ? counted(days, "point") : `${days} d`;
};

const isGoneMark = (i: Interval): boolean => i.attribute === "gone";
const goneText = ({ value }: Interval): string =>
  value === "transferred" ? "transferred to another repository" : "deleted";

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
  else if (was && !is && after.gone !== null) add("left", goneText(after.gone), isGoneMark, true);
  else if (was && !is) add("left", "left the sprint", rules.isMember, true);
  else if (is && before !== null && before.lane !== after.lane) {
    if (after.frozen) {
      const why =
        after.converted !== null
          ? "converted to a discussion"
          : after.state === "closed"
            ? `closed as ${(after.reason ?? "not planned").replace("_", " ")}`
            : "put into the freezebox";
      add("frozen", why, toState, true);
    } else add("lane", `${before.lane ?? "—"} → ${after.lane ?? "—"}`, toState, true);
  }
  if ((was || is) && before !== null) {
    if (before.size?.days !== after.size?.days)
      add(
        "estimate",
        `re-estimated ${sizeText(before, rules)} → ${sizeText(after, rules)}`,
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

interface TimedMove {
  time: number;
  move: Replay["moves"][number];
}

const offBoardText = (view: IssueView | null): string =>
  view?.gone == null ? "closed outside the sprint" : goneText(view.gone);

/** The moves of one card: where it stood at `from`, and every change of its lane, days or title after it. */
function movesOf(
  timeline: IssueTimeline,
  { first, steps }: IssueReplay,
  leaves: LeafHistory | undefined,
  from: number,
  told: (step: ViewChange) => Told,
): TimedMove[] {
  const title = titleAtEnd(timeline, { first, steps });
  const place = (view: IssueView | null, byLeaves: boolean) => ({
    number: timeline.number,
    lane: view?.lane ?? null,
    days: view?.size == null ? null : byLeaves ? 0 : view.size.days,
    size: view?.size?.name ?? null,
    ...(view === null || view.title === title ? {} : { title: view.title }),
  });
  let view = first;
  let byLeaves = leaves?.first ?? false;
  let stands = place(view, byLeaves);
  const start = { actor: null, eventId: null, what: "on the board at the start" };
  const moves: TimedMove[] =
    stands.lane === null ? [] : [{ time: from, move: { at: isoOf(from), ...stands, ...start } }];
  const moments = [
    ...steps.map((step) => ({ at: step.at, step, leaf: null })),
    ...(leaves?.changes ?? []).map((leaf) => ({ at: leaf.at, step: null, leaf })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, step, leaf } of moments) {
    if (step !== null) view = step.after;
    else byLeaves = leaf.byLeaves;
    const next = place(view, byLeaves);
    const { lane, days, size } = stands;
    const isWeighedAnew = next.days !== days || next.size !== size;
    const isRenamed = next.title !== stands.title && (lane !== null || next.lane !== null);
    if (next.lane !== lane || isWeighedAnew || isRenamed) {
      const what = lane === null ? "opened" : next.lane === null ? offBoardText(view) : "changed";
      const why = step === null ? toldOfLeaves(leaf) : told(step);
      moves.push({ time: at, move: { at: isoOf(at), ...next, ...why, what: why.what ?? what } });
    }
    stands = next;
  }
  return moves;
}

/** What happened, in words, and the event behind it; `what` null: nothing that a sprint has a word for. */
interface Told {
  what: string | null;
  actor: string | null;
  eventId: number | null;
}

const toldOfLeaves = ({ byLeaves, eventId }: LeafChange): Told => ({
  what: byLeaves ? "counted by its sub-issues" : "counted by its own size",
  actor: null,
  eventId,
});

const titleAtEnd = (timeline: IssueTimeline, { first, steps }: IssueReplay): string =>
  (steps.at(-1)?.after ?? first)?.title ?? timeline.title;

/** The compact any-instant board: where each card stood at `from`, and each move after it. */
export function computeReplay(
  { replays, leaves }: SprintReplay,
  from: number,
  rules: BoardRules,
  lanes: string[],
  links: boolean,
): { replay: Replay; changes: Change[] } {
  const entries = [...replays];
  const found = new Map(
    entries.flatMap(([, { steps }]) => steps.map((step) => [step, changesOf(step, rules)])),
  );
  const told = (step: ViewChange): Told => {
    const main = found.get(step)?.[0];
    const cause = main ?? causeOf(step, (i) => i.attribute === "state" || rules.isMember(i));
    return { what: main?.what ?? null, actor: cause.actor, eventId: cause.eventId };
  };
  const moves = entries
    .flatMap(([timeline, replay]) => movesOf(timeline, replay, leaves.get(timeline.number), from, told))
    .sort((a, b) => a.time - b.time || a.move.number - b.move.number);
  const changes = [...found.values()].flat();
  changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.number - b.number));
  const cards = entries.map(([timeline, replay]) => ({
    number: timeline.number,
    title: titleAtEnd(timeline, replay),
    url: links ? timeline.url : "",
  }));
  return { changes, replay: { lanes, cards, moves: moves.map(({ move }) => move) } };
}

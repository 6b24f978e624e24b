import { counted } from "../model/counted.ts";
import { isoOf } from "../model/days.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import type { Change, Replay } from "../model/report.ts";
import { type IssueReplay, type IssueReplays, replayIssue, type ViewChange } from "./issue-replay.ts";
import { type BoardRules, droppedWhy, type IssueView } from "./issue-view.ts";
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

type Decides = (interval: Interval) => boolean;

/** The event to name for a change: the first that decides, by the first test that finds one; else any of that instant. */
function causeOf(step: ViewChange, ...tests: Decides[]): Cause {
  const told = step.causes.filter((cause) => eventOf(cause).eventId !== null);
  for (const decides of tests) {
    const found = told.find(({ interval }) => decides(interval));
    if (found !== undefined) return eventOf(found);
  }
  const [any] = step.causes;
  return any === undefined ? { actor: null, eventId: null } : eventOf(any);
}

const eventOf = ({ interval, began }: ViewChange["causes"][number]): Cause =>
  began
    ? { actor: interval.startActor, eventId: interval.startEvent }
    : { actor: interval.endActor, eventId: interval.endEvent };

const sizeText = (view: IssueView | null, { rules }: BoardRules): string => {
  if (view?.size == null) return "no size";
  const { days } = view.size;
  return rules.unit === "points" ? counted(days, "point") : `${days} d`;
};

/** What could have moved a card to another lane: its state, or what a lane asks for. */
const movesCard =
  ({ isFreezebox, lanes }: BoardRules): Decides =>
  (i) => {
    if (i.attribute === "label")
      return isFreezebox(i) || lanes.some(({ hasLabel }) => hasLabel?.(i) === true);
    if (i.attribute === "type") return lanes.some(({ isOfType }) => isOfType?.(i) === true);
    if (i.attribute === "assignee") return lanes.some(({ rule }) => rule.when.assigned !== undefined);
    return i.attribute === "state" || i.attribute === "status" || i.attribute === "discussion";
  };

/** Why a card went into the freezebox, as an event. */
function frozenText(view: IssueView): string {
  const reason = droppedWhy(view)?.reason ?? "dropped";
  return reason === "duplicate" ? "closed as duplicate" : reason;
}

const arePeopleSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** Tests whether an interval is this very one. */
const isThat =
  (one: Interval | null | undefined): Decides =>
  (i) =>
    i === one;

const isGoneMark: Decides = (i) => i.attribute === "gone";
const goneText = ({ value }: Interval): string =>
  value === "transferred" ? "transferred to another repository" : "deleted";

/** What a step meant for the sprint's card, in words and with the event behind it. Empty where nothing a board shows changed. */
export function changesOf(step: ViewChange, rules: BoardRules): Change[] {
  const { before, after } = step;
  if (after === null) return [];
  const found: Change[] = [];
  const add = (kind: Change["kind"], what: string, decides: Decides[], lanes = false) =>
    found.push({
      number: after.timeline.number,
      title: after.title,
      at: isoOf(step.at),
      what,
      kind,
      ...causeOf(step, ...decides),
      ...(lanes ? { from: before?.lane ?? null, to: after.lane } : {}),
    });
  const was = before?.member != null;
  const is = after.member !== null;
  const toLane = movesCard(rules);
  if (!was && is)
    add("entered", before === null ? "created in the sprint" : "entered the sprint", [rules.isMember], true);
  else if (was && !is && after.gone !== null) add("left", goneText(after.gone), [isGoneMark], true);
  else if (was && !is) add("left", "left the sprint", [rules.isMember], true);
  else if (is && before !== null && before.lane !== after.lane) {
    if (after.frozen) add("frozen", frozenText(after), [isThat(droppedWhy(after)?.since), toLane], true);
    else {
      const byState = (i: Interval) => i.attribute === "state" && before.state !== after.state;
      add("lane", `${before.lane ?? "—"} → ${after.lane ?? "—"}`, [byState, toLane], true);
    }
  }
  if ((was || is) && before !== null) {
    if (before.size?.days !== after.size?.days)
      add("estimate", `re-estimated ${sizeText(before, rules)} → ${sizeText(after, rules)}`, [
        isThat(after.size?.interval),
        (i) => rules.readSize(i) !== null,
      ]);
    if (before.title !== after.title)
      add("renamed", `renamed from “${before.title}”`, [(i) => i.attribute === "title"]);
    if (!arePeopleSame(before.assignees, after.assignees))
      add(
        "assigned",
        after.assignees.length === 0 ? "nobody assigned" : `assigned to ${after.assignees.join(", ")}`,
        [(i) => i.attribute === "assignee"],
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

import type { ServerMessage } from "../protocol.ts";
import { emptyFleet, type Fleet, newestAt, type Outcome, reduce } from "./fleet-state.ts";
import { createHistory, type HistorySpan } from "./history.ts";
import { createLink } from "./link.ts";
import { type Link, linkLimits } from "./link-state.ts";
import { createReplay, type Replay } from "./replay.ts";
import { PATIENCE_MS, type Status, type StatusInput, statusOf } from "./status.ts";

export interface FeedParts {
  url: URL;
  /** Of the recording; null where there is none. */
  recordingUrl: URL | null;
  span: HistorySpan;
  clock(): number;
  random(): number;
  isOnline(): boolean;
  fetchText(url: URL): Promise<string>;
  /** Something is new: readings, the status, or that a live server is there. */
  changed(): void;
}

/** What is to be seen now. Instants in epoch ms; while a recording plays, in the time of the recording. */
export interface Scene {
  status: Status;
  fleet: Fleet;
  /** The right edge of the charts. */
  until: number;
  /** How old the newest reading is, ms. */
  ageMs: number | null;
  /** A live server is there while the recording plays. */
  canGoLive: boolean;
  canReplay: boolean;
  isOver: boolean;
}

/** Tries live first; plays the recording where no server answers; lets the visitor go live when one does. */
export function createFeed(parts: FeedParts) {
  const { clock } = parts;
  const history = createHistory(parts.span);
  const replay = createReplay({ ...parts, begun: () => history.clear(), played: keep });
  const startedAt = clock();
  let live = nothingYet;

  const link = createLink({
    url: parts.url,
    clock,
    random: parts.random,
    limits: { ...linkLimits, maxDelayMs: 60_000 },
    position: () =>
      live.fleet.epoch === null ? null : { epoch: live.fleet.epoch, offset: live.fleet.offset },
    receive,
    changed: (state: Link) => {
      if (state.phase === "waiting" && !state.everOpen) considerReplay();
      // A recording that is still on its way comes too late.
      if (state.phase === "open" && replay.shown() === null) replay.stop();
      parts.changed();
    },
  });

  function receive(message: ServerMessage): void {
    const { outcome, after } = received(live, message, clock());
    live = after;
    if (outcome.kind === "gap") link.renew();
    if (replay.shown() === null) keep(outcome, live.fleet);
    parts.changed();
  }

  function keep(outcome: Outcome, from: Fleet): void {
    if (outcome.kind === "applied") history.addColumns(outcome.cols);
    else if (outcome.kind === "replaced") history.addFleet(from);
    else if (outcome.kind === "hello" && outcome.renewed) history.clear();
  }

  function considerReplay(): void {
    if (clock() - startedAt < PATIENCE_MS || link.state().everOpen) return;
    void replay.play();
  }

  function goLive(): void {
    replay.stop();
    history.clear();
    history.addFleet(live.fleet);
    parts.changed();
  }

  return {
    history,
    scene: () =>
      sceneOf(live, replay, { link: link.state(), isOnline: parts.isOnline(), startedAt }, clock()),
    start: () => link.start(),
    stop: () => link.stop(),
    /** Brings recording and patience up to now; to be called a few times a second. */
    tick(isPaused: boolean): void {
      considerReplay();
      replay.tick(isPaused);
    },
    /** Shows the whole recording at once, for visitors who asked for less motion. */
    playToEnd: () => replay.toEnd(),
    replay: () => replay.play(),
    restart: () => replay.restart(),
    goLive,
    counts: () => ({
      gaps: live.gaps,
      resyncs: live.resyncs,
      epoch: live.fleet.epoch,
      offset: live.fleet.offset,
    }),
  };
}

export type Feed = ReturnType<typeof createFeed>;

/** What the live server has said so far. */
interface LiveState {
  fleet: Fleet;
  /** The server's clock less ours, ms. */
  skew: number;
  /** When the last readings arrived, and the last conflated frame; epoch ms. */
  arrivedAt: number | null;
  conflatedAt: number | null;
  gaps: number;
  resyncs: number;
}

const nothingYet: LiveState = {
  fleet: emptyFleet,
  skew: 0,
  arrivedAt: null,
  conflatedAt: null,
  gaps: 0,
  resyncs: 0,
};

function received(
  before: LiveState,
  message: ServerMessage,
  now: number,
): { outcome: Outcome; after: LiveState } {
  const { fleet, outcome } = reduce(before.fleet, message);
  const after = { ...before, fleet };
  if (message.t === "hello" && message.now !== undefined) after.skew = message.now - now;
  if (outcome.kind === "gap") after.gaps += 1;
  if (outcome.kind === "replaced") after.resyncs += 1;
  if (outcome.kind === "replaced" || outcome.kind === "applied") after.arrivedAt = now;
  if (outcome.kind === "applied" && outcome.conflated) after.conflatedAt = now;
  return { outcome, after };
}

function sceneOf(
  { fleet, skew, arrivedAt, conflatedAt }: LiveState,
  replay: Replay,
  { link, isOnline, startedAt }: Pick<StatusInput, "link" | "isOnline" | "startedAt">,
  now: number,
): Scene {
  const played = replay.shown();
  const isReplaying = played !== null;
  const shown = played ?? { fleet, until: now + skew };
  const newest = newestAt(shown.fleet);
  const ageMs = newest === null ? null : Math.max(0, shown.until - newest);
  const input = { link, isReplaying, isOnline, startedAt, arrivedAt, conflatedAt, ageMs };
  const status = statusOf(input, now);
  // Nobody is told that there is nothing while the recording is on its way.
  const isComing = !isReplaying && !link.everOpen && replay.canPlay();
  return {
    ...shown,
    status: isComing && status === "offline" ? "connecting" : status,
    ageMs,
    canGoLive: isReplaying && link.phase === "open" && fleet.phase === "following",
    canReplay: !isReplaying && link.phase !== "open" && replay.canPlay(),
    isOver: replay.isOver(),
  };
}

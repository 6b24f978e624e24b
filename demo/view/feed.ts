import type { ServerMessage } from "../protocol.ts";
import { emptyFleet, type Fleet, newestAt, type Outcome, reduce } from "./fleet-state.ts";
import { createHistory, type HistorySpan } from "./history.ts";
import { createLink } from "./link.ts";
import { type Link, linkLimits } from "./link-state.ts";
import { parseRecording, type Recording } from "./recording/parse-recording.ts";
import { isOver, type Playback, playTo, startOfPlayback } from "./recording/playback.ts";
import { PATIENCE_MS, type Status, statusOf } from "./status.ts";

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
  const startedAt = clock();
  let fleet: Fleet = emptyFleet;
  let skew = 0;
  let arrivedAt: number | null = null;
  let conflatedAt: number | null = null;
  let gaps = 0;
  let resyncs = 0;
  let recording: Recording | null = null;
  let recordingFailed = false;
  let playback: Playback | null = null;
  let playFrom = 0;
  let generation = 0;

  const link = createLink({
    url: parts.url,
    clock,
    random: parts.random,
    limits: { ...linkLimits, maxDelayMs: 60_000 },
    position: () => (fleet.epoch === null ? null : { epoch: fleet.epoch, offset: fleet.offset }),
    receive,
    changed: (state: Link) => {
      if (state.phase === "waiting" && !state.everOpen) considerReplay();
      parts.changed();
    },
  });

  function receive(message: ServerMessage): void {
    const now = clock();
    if (message.t === "hello" && message.now !== undefined) skew = message.now - now;
    const step = reduce(fleet, message);
    fleet = step.fleet;
    if (step.outcome.kind === "gap") {
      gaps += 1;
      link.renew();
    }
    if (step.outcome.kind === "replaced") resyncs += 1;
    if (step.outcome.kind === "replaced" || step.outcome.kind === "applied") arrivedAt = now;
    if (step.outcome.kind === "applied" && step.outcome.conflated) conflatedAt = now;
    if (playback === null) keep(step.outcome, fleet);
    parts.changed();
  }

  function keep(outcome: Outcome, from: Fleet): void {
    if (outcome.kind === "applied") history.addColumns(outcome.cols);
    else if (outcome.kind === "replaced") history.addFleet(from);
    else if (outcome.kind === "hello" && outcome.renewed) history.clear();
  }

  function considerReplay(): void {
    if (clock() - startedAt < PATIENCE_MS || link.state().everOpen) return;
    void replay();
  }

  async function replay(): Promise<void> {
    if (playback !== null || recordingFailed || !parts.recordingUrl) return;
    generation += 1;
    const mine = generation;
    try {
      recording ??= parseRecording(await parts.fetchText(parts.recordingUrl));
    } catch {
      // Nothing to play: the page keeps its poster, and the status says that nobody is there.
      recordingFailed = true;
      parts.changed();
      return;
    }
    if (mine !== generation) return;
    restart();
  }

  function restart(): void {
    playback = startOfPlayback;
    playFrom = clock();
    history.clear();
    parts.changed();
  }

  function playOn(elapsedMs: number): void {
    if (!playback || !recording) return;
    const step = playTo(recording, playback, elapsedMs);
    playback = step.playback;
    for (const outcome of step.outcomes) keep(outcome, playback.fleet);
    if (step.outcomes.length > 0) parts.changed();
  }

  function goLive(): void {
    generation += 1;
    playback = null;
    history.clear();
    history.addFleet(fleet);
    parts.changed();
  }

  function scene(): Scene {
    const now = clock();
    const isReplaying = playback !== null;
    const shown = playback?.fleet ?? fleet;
    const until = playback ? (recording?.startedAt ?? 0) + playback.elapsedMs : now + skew;
    const newest = newestAt(shown);
    const ageMs = newest === null ? null : Math.max(0, until - newest);
    const state = link.state();
    const isOnline = parts.isOnline();
    const status = statusOf(
      { link: state, isReplaying, isOnline, startedAt, arrivedAt, conflatedAt, ageMs },
      now,
    );
    // Nobody is told that there is nothing while the recording is on its way.
    const isComing = !isReplaying && !state.everOpen && parts.recordingUrl !== null && !recordingFailed;
    return {
      status: isComing && status === "offline" ? "connecting" : status,
      fleet: shown,
      until,
      ageMs,
      canGoLive: isReplaying && state.phase === "open" && fleet.phase === "following",
      canReplay: !isReplaying && state.phase !== "open" && parts.recordingUrl !== null && !recordingFailed,
      isOver: playback !== null && recording !== null && isOver(recording, playback),
    };
  }

  return {
    history,
    scene,
    start: () => link.start(),
    stop: () => link.stop(),
    /** Brings recording and patience up to now; to be called a few times a second. */
    tick(isPaused: boolean): void {
      considerReplay();
      if (!playback || !recording) return;
      if (isPaused) playFrom = clock() - playback.elapsedMs;
      else playOn(Math.min(clock() - playFrom, recording.durationMs));
    },
    /** Shows the whole recording at once, for visitors who asked for less motion. */
    playToEnd(): void {
      if (recording) playOn(recording.durationMs);
    },
    replay,
    restart,
    goLive,
    counts: () => ({ gaps, resyncs, epoch: fleet.epoch, offset: fleet.offset }),
  };
}

export type Feed = ReturnType<typeof createFeed>;

import type { Fleet, Outcome } from "./fleet-state.ts";
import type { HistorySpan } from "./history.ts";
import { parseRecording, type Recording } from "./recording/parse-recording.ts";
import { isOver, type Playback, playTo, startOfPlayback } from "./recording/playback.ts";

export interface ReplayParts {
  /** Of the recording; null where there is none. */
  recordingUrl: URL | null;
  /** What a chart shows at least. */
  span: Pick<HistorySpan, "leastMs">;
  clock(): number;
  fetchText(url: URL): Promise<string>;
  /** The recording is about to play from its beginning. */
  begun(): void;
  /** A frame of the recording was played. */
  played(outcome: Outcome, fleet: Fleet): void;
  changed(): void;
}

/** Fetches the recording once and plays it, in the time of the recording. */
export function createReplay(parts: ReplayParts) {
  let recording: Recording | null = null;
  let fetching: Promise<void> | null = null;
  let hasFailed = false;
  let playback: Playback | null = null;
  let playFrom = 0;
  /** A recording that arrives is played, unless something else was wished for meanwhile. */
  let isWanted = false;

  async function play(): Promise<void> {
    if (playback !== null || hasFailed || !parts.recordingUrl) return;
    isWanted = true;
    fetching ??= fetchFrom(parts.recordingUrl);
    if (recording) restart();
    else await fetching;
  }

  async function fetchFrom(url: URL): Promise<void> {
    try {
      recording = parseRecording(await parts.fetchText(url));
    } catch {
      // Nothing to play: the page keeps its poster, and the status says that nobody is there.
      hasFailed = true;
      parts.changed();
      return;
    }
    if (isWanted) restart();
  }

  function restart(): void {
    if (!recording) return;
    playback = startOfPlayback;
    parts.begun();
    // Charts begin full: what they can show is played at once, of a short recording the first half.
    const lead = Math.min(parts.span.leastMs, recording.durationMs / 2);
    playFrom = parts.clock() - lead;
    playOn(lead);
    parts.changed();
  }

  function playOn(elapsedMs: number): void {
    if (!playback || !recording) return;
    const step = playTo(recording, playback, elapsedMs);
    playback = step.playback;
    for (const outcome of step.outcomes) parts.played(outcome, playback.fleet);
    if (step.outcomes.length > 0) parts.changed();
  }

  return {
    play,
    restart,
    stop(): void {
      isWanted = false;
      playback = null;
    },
    /** Plays on to the present, or stands still. Never back: its end may have been shown at once, or the clock been set. */
    tick(isPaused: boolean): void {
      if (!playback || !recording) return;
      const elapsedMs = parts.clock() - playFrom;
      if (isPaused || elapsedMs < playback.elapsedMs) playFrom = parts.clock() - playback.elapsedMs;
      else playOn(Math.min(elapsedMs, recording.durationMs));
    },
    toEnd: () => recording && playOn(recording.durationMs),
    /** What is shown while it plays, and the instant it stands at (epoch ms); null while it does not. */
    shown: () =>
      playback && { fleet: playback.fleet, until: (recording?.startedAt ?? 0) + playback.elapsedMs },
    isOver: () => playback !== null && recording !== null && isOver(recording, playback),
    /** There is a recording, as far as is known. */
    canPlay: () => parts.recordingUrl !== null && !hasFailed,
  };
}

export type Replay = ReturnType<typeof createReplay>;

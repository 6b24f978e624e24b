import { readFile } from "node:fs/promises";
import { clearScreenDown, cursorTo } from "node:readline";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { parseRecording, type Recording } from "../view/recording/parse-recording.ts";
import { isOver, type Playback, playTo, startOfPlayback } from "../view/recording/playback.ts";
import { renderScreen } from "./screen.ts";

export interface PlaySettings {
  file: string;
  /** 1 plays as fast as it was recorded. */
  speed: number;
  out: Writable & { isTTY?: boolean; rows?: number };
  clock(): number;
  stop?: AbortSignal;
}

const FRAME_MS = 250;

/**
 * Plays a recording in the terminal as a table that changes in place. Where the output is no terminal, only the last
 * state is printed, without colour.
 * @throws RecordingError for a file that holds none
 */
export async function play(settings: PlaySettings): Promise<void> {
  const recording = parseRecording(await readFile(settings.file, "utf8"));
  const { out } = settings;
  if (!out.isTTY) {
    const { playback } = playTo(recording, startOfPlayback, recording.durationMs);
    out.write(renderScreen(playback.fleet, { color: false, rows: Number.POSITIVE_INFINITY }));
    return;
  }
  await playInPlace(recording, settings);
}

async function playInPlace(recording: Recording, { out, speed, clock, stop }: PlaySettings): Promise<void> {
  const begun = clock();
  let playback: Playback = startOfPlayback;
  cursorTo(out, 0, 0);
  while (!isOver(recording, playback) && !stop?.aborted) {
    playback = playTo(recording, playback, (clock() - begun) * speed).playback;
    cursorTo(out, 0, 0);
    clearScreenDown(out);
    out.write(heading(recording, playback));
    out.write(renderScreen(playback.fleet, { color: true, rows: Math.max(5, (out.rows ?? 24) - 5) }));
    await sleep(FRAME_MS, undefined, { signal: stop }).catch(() => {});
  }
}

function heading({ startedAt, durationMs }: Recording, { elapsedMs }: Playback): string {
  const when = startedAt === null ? "" : ` of ${new Date(startedAt).toISOString().slice(0, 10)}`;
  const seconds = (ms: number) => Math.round(Math.min(ms, durationMs) / 1000);
  return `Recording${when}, ${seconds(elapsedMs)} of ${seconds(durationMs)} s\n\n`;
}

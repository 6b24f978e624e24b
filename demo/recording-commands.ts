import { defaultOptions, type OptionValues } from "./options.ts";
import { play } from "./recording/play.ts";
import { RecordError, record } from "./recording/record.ts";
import type { ExitCode, Surroundings } from "./surroundings.ts";
import { RecordingError } from "./view/recording/parse-recording.ts";

/** Records a live view into a file. */
export async function recordLive(
  out: string,
  given: Partial<OptionValues>,
  around: Surroundings,
): Promise<ExitCode> {
  const { liveUrl, seconds } = { ...defaultOptions(), ...given };
  try {
    const report = await record({ url: liveUrl, seconds, out, clock: Date.now, stop: stopOf(around) });
    const { frames, readings, ms } = report;
    around.stderr.write(`${out}: ${readings} readings in ${frames} frames over ${Math.round(ms / 1000)} s\n`);
    return 0;
  } catch (error) {
    if (isFileError(error)) {
      around.stderr.write(`error: ${out}: cannot be written (${error.message})\n`);
      return 2;
    }
    if (!(error instanceof RecordError)) throw error;
    around.stderr.write(`error: ${error.message}\n`);
    return 4;
  }
}

/** Plays a recording in the terminal. */
export async function playRecording(
  file: string,
  given: Partial<OptionValues>,
  around: Surroundings,
): Promise<ExitCode> {
  const { speed } = { ...defaultOptions(), ...given };
  try {
    await play({ file, speed, out: around.stdout, clock: Date.now, stop: stopOf(around) });
    return 0;
  } catch (error) {
    if (!(error instanceof RecordingError || isFileError(error))) throw error;
    const isMissing = isFileError(error) && error.code === "ENOENT";
    around.stderr.write(`error: ${file}: ${isMissing ? "no such file" : error.message}\n`);
    return 2;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function stopOf({ stopAsked }: Surroundings): AbortSignal {
  const stop = new AbortController();
  void stopAsked.then(() => stop.abort());
  return stop.signal;
}

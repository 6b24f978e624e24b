import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseRecording, type Recording } from "@sprintcast/demo/view/recording/parse-recording";
import { contentDir } from "./folders.ts";

export interface RecordingFile {
  /** File name without its ending: the sprint's two digits. */
  name: string;
  sprint: number;
  file: string;
}

/** A recorded run, ready to be shown. */
export interface RecordedRun extends RecordingFile {
  recording: Recording;
  /** UTC day on which it began (YYYY-MM-DD); null where no reading tells. */
  recordedOn: string | null;
  /** Size of the file. */
  bytes: number;
}

/** Recorded runs of the live demo under `content/recordings/`, by sprint. */
export async function recordings(): Promise<RecordingFile[]> {
  const dir = join(contentDir(), "recordings");
  const names = await readdir(dir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  return names
    .filter((name) => /^\d+\.ndjson$/.test(name))
    .map((name) => ({
      name: name.replace(/\.ndjson$/, ""),
      sprint: Number.parseInt(name, 10),
      file: join(dir, name),
    }))
    .sort((a, b) => a.sprint - b.sprint);
}

/**
 * The run recorded for a sprint; without a sprint, or where it has none, the newest before it.
 * @throws RecordingError on a file that is no recording
 */
export async function recordingFor(sprint: number | null): Promise<RecordedRun | null> {
  const all = await recordings();
  const found = all.findLast((one) => sprint === null || one.sprint <= sprint);
  if (!found) return null;
  const [text, { size }] = await Promise.all([readFile(found.file, "utf8"), stat(found.file)]);
  const recording = parseRecording(text);
  const { startedAt } = recording;
  const recordedOn = startedAt === null ? null : new Date(startedAt).toISOString().slice(0, 10);
  return { ...found, recording, recordedOn, bytes: size };
}

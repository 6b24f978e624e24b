import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseRecording } from "../../../demo/view/recording/parse-recording.ts";
import { contentDir } from "./folders.ts";

export interface Recording {
  /** File name without its ending: the sprint's two digits. */
  name: string;
  sprint: number;
  file: string;
}

/** Recorded runs of the live demo under `content/recordings/`, by sprint. */
export async function recordings(): Promise<Recording[]> {
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
 * The run recorded for a sprint; without a sprint, or where it has none, the newest before it. `recordedOn` is the UTC
 * day on which it began (YYYY-MM-DD). Throws RecordingError on a file that is no recording.
 */
export async function recordingFor(
  sprint: number | null,
): Promise<(Recording & { recordedOn?: string }) | null> {
  const all = await recordings();
  const found = all.findLast((one) => sprint === null || one.sprint <= sprint);
  if (!found) return null;
  const { startedAt } = parseRecording(await readFile(found.file, "utf8"));
  return startedAt === null
    ? found
    : { ...found, recordedOn: new Date(startedAt).toISOString().slice(0, 10) };
}

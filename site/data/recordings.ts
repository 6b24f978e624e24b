import { join } from "node:path";
import type { NamedSprint } from "../view-models/urls.ts";
import { contentDir } from "./folders.ts";
import { type RecordedRun, type RecordingFile, readRun, recordingsIn, runFor } from "./recorded-runs.ts";
import { loadSite } from "./site.ts";

/** Recorded runs of the live demo under `content/recordings/`, by sprint. */
export async function recordings(): Promise<RecordingFile[]> {
  const { teams } = await loadSite();
  return recordingsIn(join(contentDir(), "recordings"), teams);
}

/**
 * The run recorded for a sprint; without a sprint, or where it has none, the newest before it.
 * @throws ContentError `recording-invalid` on a file that is no recording
 */
export async function recordingFor(sprint: NamedSprint | null): Promise<RecordedRun | null> {
  const found = runFor(await recordings(), sprint, await loadSite());
  return found === undefined ? null : readRun(found);
}

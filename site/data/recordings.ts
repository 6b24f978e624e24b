import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { parseRecording, type Recording } from "@sprintcast/demo/view/recording/parse-recording";
import type { NamedSprint } from "../view-models/urls.ts";
import { contentDir } from "./folders.ts";
import { loadSite } from "./site.ts";

export interface RecordingFile {
  /** Path below recordings/ without its ending: the sprint's two digits, of a team in its folder. */
  name: string;
  /** Address of the team whose folder it is in; empty: of all. */
  team: string;
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
  const { teams } = await loadSite();
  const names = await readdir(dir, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const folders = new Set(["", ...teams.map(({ address }) => address)]);
  return names
    .map((path) => path.split(sep))
    .flatMap((path) => {
      const [folder = "", name = ""] = path.length === 1 ? ["", ...path] : path;
      if (path.length > 2 || !folders.has(folder) || !/^\d+\.ndjson$/.test(name)) return [];
      const bare = name.replace(/\.ndjson$/, "");
      return [
        {
          name: folder === "" ? bare : `${folder}/${bare}`,
          team: folder,
          sprint: Number.parseInt(name, 10),
          file: join(dir, ...path),
        },
      ];
    })
    .sort((a, b) => a.sprint - b.sprint);
}

/**
 * The run recorded for a sprint; without a sprint, or where it has none, the newest before it.
 * @throws RecordingError on a file that is no recording
 */
export async function recordingFor(sprint: NamedSprint | null): Promise<RecordedRun | null> {
  const all = await recordings();
  const { sprintPaths, teams } = await loadSite();
  const address = teams.find(({ name }) => name === sprint?.team)?.address;
  const before = (one: RecordingFile) => sprint === null || one.sprint <= sprint.number;
  const own = all.findLast((one) => address !== undefined && one.team === address && before(one));
  // Where each team counts its own sprints, the number of a run that is nobody's says nothing.
  const isOrdered = !sprintPaths.isShared || sprint?.team === undefined;
  const found = own ?? all.findLast((one) => one.team === "" && (!isOrdered || before(one)));
  if (!found) return null;
  const [text, { size }] = await Promise.all([readFile(found.file, "utf8"), stat(found.file)]);
  const recording = parseRecording(text);
  const { startedAt } = recording;
  const recordedOn = startedAt === null ? null : new Date(startedAt).toISOString().slice(0, 10);
  return { ...found, recording, recordedOn, bytes: size };
}

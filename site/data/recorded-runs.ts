import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import {
  parseRecording,
  type Recording,
  RecordingError,
} from "@sprintcast/demo/view/recording/parse-recording";
import { ContentError } from "sprintcast/errors";
import type { NamedSprint } from "../view-models/urls.ts";
import type { Site } from "./assemble.ts";

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

type Teams = readonly { name: string; address: string }[];

/** Recorded runs of the live demo in a folder, by sprint; none where the folder is not there. */
export async function recordingsIn(dir: string, teams: Teams): Promise<RecordingFile[]> {
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
 * The run to show for a sprint, of all in their order: its own, else the newest before it; without a sprint the newest.
 * A team's own go before those of all.
 */
export function runFor(
  all: readonly RecordingFile[],
  sprint: NamedSprint | null,
  { sprintPaths, teams }: { sprintPaths: Pick<Site["sprintPaths"], "isShared">; teams: Teams },
): RecordingFile | undefined {
  const address = teams.find(({ name }) => name === sprint?.team)?.address;
  const before = (one: RecordingFile) => sprint === null || one.sprint <= sprint.number;
  const own = all.findLast((one) => address !== undefined && one.team === address && before(one));
  // Where each team counts its own sprints, the number of a run that is nobody's says nothing.
  const isOrdered = !sprintPaths.isShared || sprint?.team === undefined;
  return own ?? all.findLast((one) => one.team === "" && (!isOrdered || before(one)));
}

/** @throws ContentError `recording-invalid` on a file that is no recording */
export async function readRun(found: RecordingFile): Promise<RecordedRun> {
  const [text, { size }] = await Promise.all([readFile(found.file, "utf8"), stat(found.file)]);
  const recording = recordingIn(text, `recordings/${found.name}.ndjson`);
  return { ...found, recording, recordedOn: dayIn(recording.startedAt), bytes: size };
}

function recordingIn(text: string, file: string): Recording {
  try {
    return parseRecording(text);
  } catch (cause) {
    if (!(cause instanceof RecordingError)) throw cause;
    throw new ContentError("recording-invalid", file, cause.message, { cause });
  }
}

/** A device whose clock counts something else than milliseconds tells no day. */
function dayIn(startedAt: number | null): string | null {
  const read = new Date(startedAt ?? Number.NaN);
  const year = read.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? read.toISOString().slice(0, 10) : null;
}

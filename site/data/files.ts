import { publicDir } from "virtual:sprintcast/config";
import type { PublishedFile } from "../prose/links.ts";
import { once } from "../view-models/once.ts";
import { loadSite } from "./site.ts";
import { publicFileIn, type TeamFile, teamFiles } from "./team-files.ts";

export type { TeamFile };

const readFiles = async (): Promise<Map<string, TeamFile>> => teamFiles((await loadSite()).linked);
const read = once(readFiles);

/** Files that the published texts show or link to, by their path under content/. */
export const loadFiles = (): Promise<Map<string, TeamFile>> => (import.meta.env.DEV ? readFiles() : read());

/** A file of the project's public folder, which Astro copies as it is. */
export const publicFileAt = (path: string): PublishedFile | undefined => publicFileIn(publicDir, path);

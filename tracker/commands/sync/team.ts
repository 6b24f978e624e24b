import { resolve } from "node:path";
import { readSettings } from "../../content/read.ts";
import { ContentError, UsageError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { parseRepository } from "../arguments.ts";

/** Whose history is synced. */
export interface Team {
  /** owner/name of all that the settings list, or of the one that was named; empty where a backup must tell. */
  listed: readonly string[];
  /** Those of them to read now. */
  wanted: readonly string[];
  /** All that the settings list, whatever is read; empty where there are none that can be read. */
  inSettings: readonly string[];
}

interface Options {
  repo?: string;
  content: string;
}

/**
 * Reads who is meant from `--repo` and the settings. Errors: UsageError `repo-form`, `repo-missing`; what is wrong with
 * the settings, unless something else tells who is meant.
 */
export async function teamOf(io: Io, { repo, content }: Options, hasBackup: boolean): Promise<Team> {
  if (repo !== undefined) parseRepository("--repo", repo);
  const isNeeded = repo === undefined && !hasBackup;
  const listed = await listedIn(resolve(io.cwd, content), isNeeded);
  return { ...namedIn(listed, repo, hasBackup), inSettings: listed };
}

function namedIn(listed: readonly string[], repo: string | undefined, hasBackup: boolean) {
  // A backup says itself whose it is: a single repository of the settings is not held against it.
  if (repo === undefined)
    return hasBackup && listed.length < 2 ? { listed: [], wanted: [] } : { listed, wanted: listed };
  const known = listed.find((name) => name.toLowerCase() === repo.toLowerCase());
  return known === undefined ? { listed: [repo], wanted: [repo] } : { listed, wanted: [known] };
}

async function listedIn(contentDir: string, isNeeded: boolean): Promise<string[]> {
  try {
    return (await readSettings(contentDir)).repositories;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    if (!isNeeded) return [];
    if (error.code !== "settings-missing") throw error;
    throw new UsageError("repo-missing", "no repository is named", {
      hint: "Name one with --repo owner/name, or set up content/settings.yml with `npx sprintcast init`.",
      cause: error,
    });
  }
}

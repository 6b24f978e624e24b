import { existsSync } from "node:fs";
import { keptReport } from "../content/kept-reports.ts";
import type { Content } from "../content/read.ts";
import { type SprintName, sprintName } from "../core/model/sprint.ts";
import { exitCodes, StoreError } from "../errors.ts";
import type { Io } from "../io.ts";
import { tornWords } from "../store/first-sync.ts";
import { type Archive, openArchive } from "./archive.ts";
import { isTornDatabase, type OpenHistory, openHistory, standingNotes } from "./open-history.ts";

/** What a team's repositories tell, and of each frozen sprint those that it was frozen over. */
export interface Archives<A extends Archive> {
  all: A;
  /** A repository that joined the list after a sprint was frozen changes nothing of it, nor does one that left. */
  of(sprint: SprintName): A;
  /** The same of all repositories. */
  ofTeam(sprint: SprintName): A;
  close(): void;
}

/** `make`: what is asked of an archive beside its boards. null: there is no history. Errors as `openReports`. */
export function openArchives<A extends Archive>(
  file: string,
  content: Content,
  shown: string,
  io: Io,
  make: (archive: Archive) => A,
): Archives<A> | null {
  const opened = openHistory(file, content.settings.repositories, shown);
  if (opened === null) return null;
  try {
    return archivesIn(opened, content, io, make);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function archivesIn<A extends Archive>(
  opened: OpenHistory,
  content: Content,
  io: Io,
  make: (archive: Archive) => A,
): Archives<A> {
  for (const note of standingNotes(opened.standings)) io.err(`note: ${note}\n`);
  const all = make(openArchive(opened, content, io.now()));
  const teamOf = (name: SprintName): string | null =>
    content.sprints.find(({ sprint }) => sprintName(sprint) === name)?.sprint.team ?? null;
  const narrowed = new Map<string, A>();
  const hasTeams = content.sprints.some(({ sprint }) => sprint.team !== undefined);
  const over = (names: readonly string[] | null, team: string | null): A => {
    const some = names === null ? null : opened.only(names);
    if (some === null && !hasTeams) return all;
    const source = some ?? opened;
    const key = JSON.stringify([source.repositories.names, team]);
    const archive =
      narrowed.get(key) ?? make(openArchive(source, content, io.now(), hasTeams ? team : undefined));
    narrowed.set(key, archive);
    return archive;
  };
  return {
    all,
    of(sprint) {
      const kept = keptReport(content, sprint);
      const names = kept?.frozen ? (kept.repositories?.map(({ name }) => name) ?? [kept.repository]) : null;
      return over(names, teamOf(sprint));
    },
    ofTeam: (sprint) => over(null, teamOf(sprint)),
    close: opened.close,
  };
}

/** Why there is nothing to compute from. */
export function noHistory(file: string, shown: string, listed: readonly string[]): StoreError {
  const isThere = existsSync(file);
  const isUnfinished = isThere && isTornDatabase(file, listed);
  const lacks = isUnfinished ? tornWords.lacks : "has no history yet";
  return new StoreError("store-missing", isThere ? `${shown} ${lacks}` : `there is no database ${shown}`, {
    hint: isUnfinished ? tornWords.hint : "Run npx sprintcast sync first, or give the right file with --db.",
    exitCode: exitCodes.usage,
  });
}

import { existsSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { setImmediate as lookUp } from "node:timers/promises";
import { Command } from "commander";
import { counted, nounFor } from "../../core/model/counted.ts";
import { keyAt } from "../../core/model/repositories.ts";
import { ContentError, InterruptedError, SprintcastError, UsageError } from "../../errors.ts";
import type { Io, Verb } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import { sampleRepository } from "../../sample/repository.ts";
import { discardBare } from "../../store/discard.ts";
import { type HistoryFile, openHistoryFile } from "../../store/open.ts";
import type { History, Store } from "../../store/store.ts";
import { goneNotices } from "./gone.ts";
import { joinedOf, syncBackups, syncFromGitHub } from "./parts.ts";
import { type Team, teamOf } from "./team.ts";
import { tellSync } from "./telling.ts";
import { unlistedNotices } from "./unlisted.ts";
import { unreadNotices } from "./unread.ts";

interface Options {
  db: string;
  content: string;
  repo?: string;
  backup?: string[];
  projects?: boolean;
  full?: boolean;
  json?: boolean;
}

export const syncVerb: Verb = (io) =>
  new Command("sync")
    .description(
      "Brings the history of issues into the database: from GitHub, or from a folder written by github-metadata-backup. " +
        "Only what is new is fetched; an interrupted sync continues where it stopped.",
    )
    .option("--repo <owner/name>", "only this repository (default: all in content/settings.yml)")
    .option(
      "--backup <dir>",
      "read this backup folder instead of asking GitHub; once for each of several repositories",
      (dir: string, before: string[] = []) => [...before, dir],
    )
    .option("--projects", "read Projects v2 too (default: if settings or sprints use them)")
    .option("--no-projects", "never read Projects v2")
    .option(
      "--full",
      "read everything again and replay it anew; a damaged database is set aside and made again",
    )
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .option("--json", "print what was fetched as JSON")
    .addHelpText(
      "after",
      "\nEnvironment:\n" +
        "  GITHUB_TOKEN    needed for private repositories; without it GitHub allows\n" +
        "                  60 requests an hour; Projects v2 need one with the scope\n" +
        "                  read:project\n" +
        "  GITHUB_PROJECTS_TOKEN\n" +
        "                  for Projects v2 alone, where GITHUB_TOKEN may not read them\n" +
        "  GITHUB_API_URL  another GitHub than that of the settings, e.g.\n" +
        "                  https://github.example.com/api/v3\n" +
        "  GITHUB_GRAPHQL_URL\n" +
        "                  its GraphQL, where that is not beside its REST API\n" +
        "  NODE_EXTRA_CA_CERTS\n" +
        "                  file (PEM) of an authority of your own that signed its\n" +
        "                  certificate\n" +
        "\nExamples:\n  $ sprintcast sync\n  $ GITHUB_TOKEN=… sprintcast sync --repo octocat/hello-world\n  $ sprintcast sync --backup ../backup\n" +
        "  $ sprintcast sync --backup ../api --backup ../web\n" +
        "  $ sprintcast sync --full",
    )
    .action((options: Options) => sync(io, options));

async function sync(io: Io, options: Options): Promise<void> {
  const backups = (options.backup ?? []).map((dir) => resolve(io.cwd, dir));
  if (backups.length > 0 && options.projects)
    throw new UsageError("projects-of-backup", "--projects cannot be combined with --backup", {
      hint: "A backup folder has no Projects v2 data; sync from GitHub instead.",
    });
  const team = await teamOf(io, options, backups.length > 0);
  const file = resolve(io.cwd, options.db);
  try {
    await syncOrRebuild(file, backups, team, io, options);
  } catch (error) {
    if (!(error instanceof SprintcastError) || error.code !== "store-other-repository") throw error;
    const aside = moveExampleDatabase(file);
    if (aside === null) throw error;
    try {
      await syncInto(file, backups, team, io, options);
    } finally {
      // A mistyped name leaves no trace.
      if (!existsSync(file) || isBare(file)) moveDatabase(aside, file);
      else io.err(`note: the bundled example's history is in ${relative(io.cwd, aside)} now\n`);
    }
  }
}

/** Holds no repository: nothing was read into it. What cannot be opened is left as it is. */
function isBare(file: string): boolean {
  try {
    const opened = openHistoryFile(file);
    try {
      return opened.stores().length === 0;
    } finally {
      opened.close();
    }
  } catch {
    return false;
  }
}

function moveDatabase(from: string, to: string): void {
  for (const part of ["", "-wal", "-shm"]) {
    rmSync(`${to}${part}`, { force: true });
    if (existsSync(`${from}${part}`)) renameSync(`${from}${part}`, `${to}${part}`);
  }
}

/** What a damaged file still knows may be wrong: it is kept, and nothing is taken from it. */
async function syncOrRebuild(...args: Parameters<typeof syncInto>): Promise<void> {
  const [file, , , io, options] = args;
  try {
    await syncInto(...args);
  } catch (error) {
    const isBroken =
      error instanceof SprintcastError && ["store-damaged", "store-not-a-database"].includes(error.code);
    if (!options.full || !isBroken) throw error;
    io.err(`note: ${error.message}; it is in ${relative(io.cwd, setAside(file))} now\n`);
    await syncInto(...args);
  }
}

/** Moves a database out of the way, to a name that is free. */
function setAside(file: string): string {
  let nth = 1;
  while (existsSync(`${file}.damaged-${nth}`)) nth += 1;
  const aside = `${file}.damaged-${nth}`;
  for (const part of ["", "-wal", "-shm"])
    if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
  return aside;
}

/** A sync that brought nothing leaves nothing: an empty database would look like an empty repository. */
async function syncInto(...args: Parameters<typeof syncOpened>): Promise<void> {
  const made = missingAt(args[0]);
  try {
    await syncOpened(...args);
  } catch (error) {
    removeBare(made);
    throw error;
  }
}

async function syncOpened(
  file: string,
  backups: readonly string[],
  team: Team,
  io: Io,
  options: Options,
): Promise<void> {
  const started = io.now();
  const opened = openHistoryFile(file, { check: options.full ?? false });
  try {
    if (options.full) for (const store of wantedOf(opened, team)) store.startOver();
    const parts =
      backups.length > 0
        ? await syncBackups(opened, backups, team, io)
        : await syncFromGitHub(opened, team, io, options);
    const { history, repositories } = joinedOf(parts, team);
    await replay(history, io);
    const spoken = new Set(
      parts.flatMap(({ place, sum }) => [...sum.spoken].map((number) => keyAt(place, number))),
    );
    const gone = parts.flatMap(({ place, sum }) =>
      sum.gone.map((one) => ({ ...one, issue: keyAt(place, one.issue) })),
    );
    const notices = [
      ...unlistedNotices(opened, parts, team.inSettings, options.content),
      ...goneNotices(history, gone, repositories),
      ...(await unreadNotices(history, resolve(io.cwd, options.content), spoken, repositories)),
    ];
    tellSync(
      io,
      { json: options.json ?? false, asked: backups.length === 0 },
      { parts, notices, repositories, milliseconds: io.now() - started },
    );
    for (const { backup, sum } of parts)
      if (backup !== undefined) requireWhole(backup, sum.skipped?.length ?? 0, sum.problems.length);
  } catch (error) {
    if (error instanceof SprintcastError || !io.signal.aborted) throw error;
    throw new InterruptedError("the sync was interrupted", {
      hint: "What was fetched is kept; run the same command to continue.",
      cause: error,
    });
  } finally {
    opened.close();
  }
}

/** What opening a database will make: its file, then the folders above it, the innermost first. Empty: it is there. */
function missingAt(file: string): string[] {
  const missing: string[] = [];
  // A path without any folder that is there has a root that is its own parent.
  for (let path = file; !existsSync(path) && dirname(path) !== path; path = dirname(path)) missing.push(path);
  return missing;
}

function removeBare([file, ...folders]: readonly string[]): void {
  if (file === undefined || !discardBare(file)) return;
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Somebody else has put something there.
  }
}

/** The stores of the repositories to read now; of a backup, which tells by itself whose it is, all. */
function wantedOf(opened: HistoryFile, { wanted }: Team): Store[] {
  if (wanted.length === 0) return opened.stores();
  const found = new Set(wanted.map((name) => opened.find(name)));
  return opened.stores().filter((store) => found.has(store));
}

async function replay(history: History, io: Io): Promise<void> {
  const progress = startProgress(io, "Replaying history");
  try {
    for (const folded of history.refreshSteps()) {
      progress.update(`Replaying history: ${counted(folded, "issue")}`);
      await lookUp();
      io.signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
}

/** Throws ContentError `backup-files-skipped` where something of the backup was left out. */
function requireWhole(backup: string, files: number, entries: number): void {
  const left = [
    ...(files > 0 ? [counted(files, "file")] : []),
    ...(entries > 0 ? [`${counted(entries, "entry", "entries")} of other files`] : []),
  ];
  if (left.length === 0) return;
  const verb = nounFor(files + entries, "was", "were");
  throw new ContentError("backup-files-skipped", backup, `${left.join(" and ")} ${verb} left out`, {
    hint: "Everything else is in the database. Fix the files named above or fetch them again, then run the same command.",
  });
}

/**
 * Moves a database that holds the bundled example's history to `example.db` beside it, so that a team's own can take
 * its place: who tries `npm start` first has one. Null, and nothing is touched, where it holds anything else.
 */
export function moveExampleDatabase(file: string): string | null {
  const opened = openHistoryFile(file, { mustExist: true });
  let held: (string | null)[];
  try {
    held = opened.stores().map((store) => store.repository());
  } finally {
    opened.close();
  }
  if (held.length !== 1 || held[0] !== sampleRepository) return null;
  const aside = join(dirname(file), "example.db");
  moveDatabase(file, aside);
  return aside;
}

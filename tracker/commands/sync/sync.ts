import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { setImmediate as lookUp } from "node:timers/promises";
import { Command } from "commander";
import { readSettings } from "../../content/read.ts";
import { counted, nounFor } from "../../core/model/counted.ts";
import { present } from "../../core/model/present.ts";
import { isRepositoryName } from "../../core/model/repository-name.ts";
import { ContentError, InterruptedError, SprintcastError, UsageError } from "../../errors.ts";
import type { Io, Verb } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import { safeText } from "../../render/text/terminal.ts";
import { sampleRepository } from "../../sample/repository.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { goneEntry } from "./gone.ts";
import { describeCame } from "./progress.ts";
import { projectRules } from "./project-rules.ts";
import type { SyncSummary } from "./summary.ts";
import { unreadNotices } from "./unread.ts";

interface Options {
  db: string;
  content: string;
  repo?: string;
  backup?: string;
  projects?: boolean;
  json?: boolean;
}

export const syncVerb: Verb = (io) =>
  new Command("sync")
    .description(
      "Brings the history of issues into the database: from GitHub, or from a folder written by github-metadata-backup. " +
        "Only what is new is fetched; an interrupted sync continues where it stopped.",
    )
    .option("--repo <owner/name>", "repository (default: the one in content/settings.yml)")
    .option("--backup <dir>", "read this backup folder instead of asking GitHub")
    .option("--projects", "read Projects v2 too (default: if settings or sprints use them)")
    .option("--no-projects", "never read Projects v2")
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
        "  GITHUB_API_URL  another GitHub, e.g. https://github.example.com/api/v3\n" +
        "  GITHUB_GRAPHQL_URL\n" +
        "                  its GraphQL, where that is not beside its REST API\n" +
        "  NODE_EXTRA_CA_CERTS\n" +
        "                  file (PEM) of an authority of your own that signed its\n" +
        "                  certificate\n" +
        "\nExamples:\n  $ sprintcast sync\n  $ GITHUB_TOKEN=… sprintcast sync --repo octocat/hello-world\n  $ sprintcast sync --backup ../backup",
    )
    .action((options: Options) => sync(io, options));

/** The repository that was named, or the one in the settings; null where a backup may tell. */
async function repositoryFor(io: Io, options: Options): Promise<string | null> {
  if (options.repo !== undefined) {
    if (isRepositoryName(options.repo)) return options.repo;
    throw new UsageError("repo-form", `--repo ${JSON.stringify(safeText(options.repo))} is no repository`, {
      hint: "Write owner/name, such as octocat/hello-world.",
    });
  }
  try {
    return (await readSettings(resolve(io.cwd, options.content))).repository;
  } catch (error) {
    if (options.backup !== undefined) return null;
    if (!(error instanceof ContentError) || error.code !== "settings-missing") throw error;
    throw new UsageError("repo-missing", "no repository is given", {
      hint: "Give one with --repo owner/name, or set up content/settings.yml with `npx sprintcast init`.",
      cause: error,
    });
  }
}

async function syncFromGitHub(
  store: Store,
  repository: string,
  io: Io,
  options: Options,
): Promise<SyncSummary> {
  const { syncGitHub } = await import("./github.ts");
  const rules = await projectRules(resolve(io.cwd, options.content));
  const sum = await syncGitHub(store, repository, io, { projects: options.projects ?? rules.needed });
  if (rules.choice !== undefined) store.chooseProject(rules.choice);
  return sum;
}

async function sync(io: Io, options: Options): Promise<void> {
  const backup = options.backup === undefined ? null : resolve(io.cwd, options.backup);
  if (backup !== null && options.projects)
    throw new UsageError("projects-of-backup", "--projects cannot be combined with --backup", {
      hint: "A backup folder has no Projects v2 data; sync from GitHub instead.",
    });
  // A backup says itself whose it is; the settings are not asked unless --repo insists.
  const repository = backup !== null && options.repo === undefined ? null : await repositoryFor(io, options);
  const file = resolve(io.cwd, options.db);
  try {
    await syncInto(file, backup, repository, io, options);
  } catch (error) {
    if (!(error instanceof SprintcastError) || error.code !== "store-other-repository") throw error;
    const aside = moveExampleDatabase(file);
    if (aside === null) throw error;
    io.err(`note: the bundled example's history is in ${relative(io.cwd, aside)} now\n`);
    await syncInto(file, backup, repository, io, options);
  }
}

async function syncInto(
  file: string,
  backup: string | null,
  repository: string | null,
  io: Io,
  options: Options,
): Promise<void> {
  const started = io.now();
  const store = openStore(file);
  try {
    let sum: SyncSummary & { skipped?: { file: string; problem: string }[] };
    if (backup !== null) {
      const { syncBackup } = await import("./backup.ts");
      sum = await syncBackup(store, backup, repository, io);
    } else sum = await syncFromGitHub(store, present(repository), io, options);
    const progress = startProgress(io, "Replaying history");
    try {
      for (const folded of store.refreshSteps()) {
        progress.update(`Replaying history: ${counted(folded, "issue")}`);
        await lookUp();
        io.signal.throwIfAborted();
      }
    } finally {
      progress.stop();
    }
    const skipped = sum.skipped ?? [];
    sum.notices.push(...(await unreadNotices(store, resolve(io.cwd, options.content), sum.spoken)));
    report(io, options, sum, skipped, store.repository(), io.now() - started);
    if (backup !== null) requireWhole(backup, skipped.length, sum.problems.length);
  } catch (error) {
    if (error instanceof SprintcastError || !io.signal.aborted) throw error;
    throw new InterruptedError("the sync was interrupted", {
      hint: "What was fetched is kept; run the same command to continue.",
      cause: error,
    });
  } finally {
    store.close();
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

function report(
  io: Io,
  options: Options,
  sum: SyncSummary,
  skipped: { file: string; problem: string }[],
  repository: string | null,
  milliseconds: number,
): void {
  for (const { file, problem } of skipped) io.err(`skipped ${safeText(file)}: ${safeText(problem)}\n`);
  for (const problem of sum.problems) io.err(`not read: ${safeText(problem)}\n`);
  for (const notice of sum.notices) io.err(`note: ${safeText(notice)}\n`);
  if (options.json) {
    const { issues, pulls, events, comments, requests, unchanged, problems, notices } = sum;
    const gone = sum.gone.map(goneEntry);
    const told = {
      schema: "sprintcast/sync@1",
      repository,
      issues,
      pulls,
      events,
      comments,
      requests,
      unchanged,
      gone,
      problems,
      notices,
      skipped,
      milliseconds,
    };
    io.out(`${JSON.stringify(told)}\n`);
    return;
  }
  const asked =
    options.backup === undefined ? ` ${counted(sum.requests, "request")}, ${sum.unchanged} unchanged.` : "";
  const news =
    sum.issues + sum.pulls + sum.events + sum.comments === 0 ? "nothing new" : `new: ${describeCame(sum)}`;
  io.out(`${safeText(repository ?? "")}: ${news}.${asked} ${(milliseconds / 1000).toFixed(1)} s\n`);
}

/**
 * Moves a database that holds the bundled example's history to `example.db` beside it, so that a team's own can take
 * its place: who tries `npm start` first has one. Null, and nothing is touched, where it holds anything else.
 */
export function moveExampleDatabase(file: string): string | null {
  const store = openStore(file, { mustExist: true });
  const held = store.repository();
  store.close();
  if (held !== sampleRepository) return null;
  const aside = join(dirname(file), "example.db");
  for (const part of ["", "-wal", "-shm"]) {
    rmSync(`${aside}${part}`, { force: true });
    if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
  }
  return aside;
}

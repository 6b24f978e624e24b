import { readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, normalize, relative, resolve } from "node:path";
import { parse } from "yaml";
import { CreateError } from "./errors.ts";
import { type Surroundings, surroundingsOf } from "./git.ts";
import type { SetUpOptions } from "./options.ts";
import { type Outcome, outcomeJson, outcomeText } from "./outcome.ts";
import { ignored, planProject } from "./plan.ts";
import { quoted } from "./safe-text.ts";
import { isRepositoryName, isTimeZone, type Team, teamOf } from "./team.ts";
import { writeFiles } from "./write.ts";

/** All of the outside that setting up touches beside the folder itself. */
export interface SetUpIo {
  out(text: string): void;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Epoch milliseconds. */
  now(): number;
  signal: AbortSignal;
  /** Asks a human on a terminal; absent or null where there is none. */
  ask?(question: string): Promise<string | null>;
}

/**
 * Makes a folder a team's own repository: writes what is not there yet, changes nothing that is, and prints both.
 * Throws CreateError before anything is written where an option cannot be used.
 */
export async function setUp(io: SetUpIo, folder: string, options: SetUpOptions): Promise<void> {
  const dir = resolve(io.cwd, folder);
  const content = contentPath(options.content);
  const [around, settings] = await Promise.all([surroundingsOf(dir), settingsThere(join(dir, content))]);
  const team = await chooseTeam(io, options, around, settings);
  const usesProjects = settings.usesProjects ?? false;
  const files = planProject({ team, content, branch: around.branch, usesProjects });
  const { made, kept } = await writeFiles(dir, files, io.signal);
  const outcome: Outcome = {
    folder: relative(io.cwd, dir).replaceAll("\\", "/") || ".",
    belowTop: around.top === null ? "" : relative(around.top, await realpath(dir)).replaceAll("\\", "/"),
    team,
    content,
    settingsRepository: settings.repository ?? null,
    made,
    kept,
    isInstalled: isInstalled(dir),
  };
  io.out(options.json ? outcomeJson(outcome) : outcomeText(outcome));
}

/** Whether npm has put the command line there, or where a folder above has its packages. */
function isInstalled(dir: string): boolean {
  try {
    createRequire(join(dir, "package.json")).resolve("sprintcast/package.json");
    return true;
  } catch {
    return false;
  }
}

/** The content folder as it stands in the files that are written. Throws CreateError `content-form`. */
function contentPath(text: string): string {
  const path = normalize(text).replaceAll("\\", "/").replace(/\/$/, "");
  const parts = path.split("/");
  const kept = ![".git", ...ignored.map((name) => name.slice(0, -1))].includes(parts[0] ?? "");
  // Letters, digits, blanks and ._@- alone: no script, workflow or shell reads more into them.
  const plain = /^[\p{L}\p{M}\p{N} ._@/-]+$/u.test(path) && path.trim() === path;
  if (kept && plain && parts.every((part) => !/^(-|\.{0,2}$)/.test(part))) return path;
  throw new CreateError(
    "content-form",
    `--content ${quoted(text)} is no folder that is kept in the repository`,
    "Write a relative path such as content or docs/reviews.",
  );
}

interface SettingsThere {
  repository?: string;
  timeZone?: string;
  usesProjects?: boolean;
}

/** Whether lanes, sprints or sizes rest on GitHub Projects, as far as the settings say it. */
function usesProjects({ project, membership, teams, ...all }: Record<string, unknown>): boolean {
  const owners = [all, ...listOf(teams)];
  const lanes = owners.flatMap((owner) => listOf((owner as { lanes?: unknown } | null)?.lanes));
  const fields = [all.estimate, all.actual] as ({ from?: unknown } | null | undefined)[];
  return (
    project !== undefined ||
    membership === "status" ||
    membership === "iteration" ||
    fields.some((field) => field?.from === "project-field") ||
    lanes.some((lane) => (lane as { when?: { status?: unknown } | null } | null)?.when?.status !== undefined)
  );
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What a team that is here already says of itself; nothing where its settings cannot be read. */
async function settingsThere(content: string): Promise<SettingsThere> {
  try {
    const text = await readFile(join(content, "settings.yml"), "utf8");
    const written = (text.length > 100_000 ? {} : parse(text)) as Record<string, unknown>;
    const { repositories, timeZone } = written;
    // Of several, the first stands for them.
    const repository = written.repository ?? (Array.isArray(repositories) ? repositories[0] : undefined);
    return {
      ...(typeof repository === "string" && isRepositoryName(repository) ? { repository } : {}),
      ...(typeof timeZone === "string" && isTimeZone(timeZone) ? { timeZone } : {}),
      usesProjects: usesProjects(written),
    };
  } catch {
    return {};
  }
}

async function chooseTeam(
  io: SetUpIo,
  options: SetUpOptions,
  { remote }: Surroundings,
  settings: SettingsThere,
): Promise<Team> {
  const zones = [options.zone, settings.timeZone, ...systemZones(io)];
  const zone = zones.find((one) => one !== undefined) ?? "UTC";
  const repository =
    options.repo ?? settings.repository ?? remote?.repository ?? (await askForRepository(io));
  // Another repository than git's may be at another GitHub, too.
  const isRemote = remote?.repository.toLowerCase() === repository.toLowerCase();
  const github = isRemote ? remote.github : null;
  return teamOf(repository, zone, { ...options, github }, io.now());
}

const systemZones = (io: SetUpIo): string[] =>
  [io.env.TZ, Intl.DateTimeFormat().resolvedOptions().timeZone].filter(
    (zone) => zone !== undefined && isTimeZone(zone),
  ) as string[];

async function askForRepository(io: SetUpIo): Promise<string> {
  const answer = (await io.ask?.("Repository on GitHub (owner/name): "))?.trim();
  if (answer) return answer;
  throw new CreateError(
    "repo-missing",
    "no repository is given, and git knows no remote to guess it from",
    "Name it: --repo owner/name",
  );
}

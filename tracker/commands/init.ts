import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { Temporal } from "temporal-polyfill";
import { dayOf, isTimeZone } from "../core/model/calendar.ts";
import { isRepositoryName } from "../core/model/repository-name.ts";
import { UsageError } from "../errors.ts";
import type { Io, Verb } from "../io.ts";
import { starterFiles, type Team } from "../render/draft/starter.ts";
import { safeText } from "../render/text/terminal.ts";
import { git, parseRemote } from "./git.ts";

interface Options {
  repo?: string;
  zone?: string;
  title?: string;
  milestone: string;
  firstDay?: string;
  days: string;
  content: string;
}

export const initVerb: Verb = (io) =>
  new Command("init")
    .description(
      "Writes content/ for a new team: settings, a first sprint and a first post. The repository is guessed from git's " +
        "remote and the time zone from the system. What is there already is never overwritten.",
    )
    .option("--repo <owner/name>", "repository on GitHub, instead of the one git's remote names")
    .option("--zone <zone>", "the team's IANA time zone, instead of the system's")
    .option("--title <title>", "name of the website")
    .option("--milestone <title>", "milestone that marks the first sprint", "Sprint 1")
    .option("--first-day <day>", "first day of the first sprint, YYYY-MM-DD, instead of this week's Monday")
    .option("--days <number>", "calendar days of the first sprint", "12")
    .option("--content <dir>", "content folder", "content")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast init\n  $ sprintcast init --repo octo-org/rocket --first-day 2026-01-05",
    )
    .action(async (options: Options) => {
      const team = await teamOf(io, options);
      const dir = resolve(io.cwd, options.content);
      io.out(`${team.repository}, ${team.timeZone}, sprint 1 from ${team.firstDay} to ${team.lastDay}\n`);
      const kept: string[] = [];
      for (const [path, text] of Object.entries(starterFiles(team))) {
        const written = await writeNew(dir, path, text);
        io.out(`${written ? "wrote" : "kept "} ${join(options.content, path)}\n`);
        if (!written) kept.push(path);
      }
      io.out(kept.includes("settings.yml") ? keptWords(options.content) : nextWords);
    });

const nextWords = `
Next:
  npx sprintcast sync       fetch the history (set GITHUB_TOKEN for a private repository)
  npx sprintcast doctor     see what does not fit together yet
  npx sprintcast board 1    look at the first sprint
`;

const keptWords = (content: string): string => `
${content}/settings.yml was there already and stays as it is. If it is the
bundled example's, move it out of the way and run this again:
  git mv ${content} example && npx sprintcast init
`;

async function teamOf(io: Io, options: Options): Promise<Team> {
  const repository = options.repo ?? (await guessRepository(io));
  if (!isRepositoryName(repository))
    throw new UsageError("repo-form", `${JSON.stringify(safeText(repository))} is no repository`, {
      hint: "Write owner/name, such as octo-org/rocket.",
    });
  const timeZone = options.zone ?? io.env.TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(timeZone))
    throw new UsageError("zone-unknown", `${JSON.stringify(safeText(timeZone))} is no IANA time zone`, {
      hint: "Write --zone Europe/Vienna, America/New_York, UTC, …",
    });
  if (options.milestone.trim() === "")
    throw new UsageError("milestone-form", "--milestone names no milestone", {
      hint: 'Write its title, such as --milestone "Sprint 1", or leave the option out.',
    });
  const { firstDay, lastDay } = firstSprint(io.now(), timeZone, options);
  const title = options.title ?? `${repository.split("/")[1]}: sprint reviews`;
  return { repository, timeZone, title, firstDay, lastDay, milestone: options.milestone };
}

async function guessRepository(io: Io): Promise<string> {
  const remote = await git(["remote", "get-url", "origin"], io.cwd);
  const guessed = remote === null ? null : parseRemote(remote);
  if (guessed !== null) return guessed;
  const answer = (await io.ask?.("Repository on GitHub (owner/name): "))?.trim();
  if (answer) return answer;
  throw new UsageError("repo-missing", "no repository is named, and git knows no remote to guess it from", {
    hint: "Name it: npx sprintcast init --repo owner/name",
  });
}

function firstSprint(now: number, timeZone: string, options: Options): { firstDay: string; lastDay: string } {
  const length = Number(options.days);
  if (!Number.isInteger(length) || length < 1 || length > 365)
    throw new UsageError("days-form", `--days ${safeText(options.days)} is no length of a sprint`, {
      hint: "Write a whole number of calendar days, such as 12.",
    });
  try {
    const today = Temporal.PlainDate.from(dayOf(now, timeZone));
    const first =
      options.firstDay === undefined
        ? today.subtract({ days: today.dayOfWeek - 1 })
        : Temporal.PlainDate.from(options.firstDay, { overflow: "reject" });
    return { firstDay: first.toString(), lastDay: first.add({ days: length - 1 }).toString() };
  } catch (cause) {
    throw new UsageError("day-form", `--first-day ${safeText(options.firstDay ?? "")} is no day`, {
      hint: "Write YYYY-MM-DD, such as 2026-01-05.",
      cause,
    });
  }
}

/** false: something is there already. A folder that holds sprints or posts gets no first one beside them. */
async function writeNew(dir: string, path: string, text: string): Promise<boolean> {
  const file = join(dir, path);
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  if (folder !== dir && (await readdir(folder)).some((name) => name.endsWith(".md"))) return false;
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

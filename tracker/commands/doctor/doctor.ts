import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { type Content, readContent, readSettings } from "../../content/read.ts";
import { contentWarnings, warningText } from "../../content/warnings.ts";
import { dayOf } from "../../core/model/calendar.ts";
import { ContentError, exitCodes, SprintcastError } from "../../errors.ts";
import type { Io, Verb } from "../../io.ts";
import { counted } from "../../render/format.ts";
import { createPaint, renderTable, safeText } from "../../render/text/terminal.ts";
import { isTornDatabase, openHistory } from "../../reports/open-history.ts";
import { parseRepository } from "../arguments.ts";
import { git } from "../git.ts";
import { jsonText } from "../reading-options.ts";
import { projectRules } from "../sync/project-rules.ts";
import { checkBudget } from "./budget.ts";
import { type Check, eachOnce } from "./check.ts";
import { checkDatabase, checkNames } from "./checks.ts";
import { checkEffort } from "./effort.ts";
import { checkArrived, checkGone } from "./gone.ts";
import { checkProjects } from "./projects.ts";
import { checkReasons } from "./reasons.ts";
import { checkWeb } from "./web.ts";

interface Options {
  json?: boolean;
  live?: string | true;
  db: string;
  content: string;
}

export const doctorVerb: Verb = (io) =>
  new Command("doctor")
    .description(
      "Checks for setup problems: the machine, the settings, the database, and whether the labels and milestones named " +
        "in the settings exist in the repository. Exits with 3 if something must be fixed.",
    )
    .option(
      "--live [owner/name]",
      "ask GitHub instead: one page of everything that a sync reads, checked, and some issues replayed against how " +
        "they are now; reads only, and keeps nothing (default: all in content/settings.yml)",
    )
    .option("--json", "print sprintcast/doctor@1")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast doctor\n  $ sprintcast doctor --live octocat/hello-world\n  $ sprintcast doctor --json",
    )
    .action(async (options: Options) => {
      const checks = eachOnce([...(await checkMachine(io)), ...(await checkChosen(io, options))]);
      const bad = checks.filter((check) => check.verdict === "mend").length;
      io.out(
        options.json
          ? jsonText({ schema: "sprintcast/doctor@1", fine: bad === 0, checks })
          : renderChecks(checks, io),
      );
      if (bad > 0)
        throw new SprintcastError(
          "doctor-found",
          exitCodes.content,
          `${bad} of ${counted(checks.length, "check")} failed`,
        );
    });

async function checkMachine(io: Io): Promise<Check[]> {
  const version = await git(["--version"], io.cwd);
  const token = io.env.GITHUB_TOKEN;
  return [
    { name: "node", verdict: "fine", found: process.version },
    version === null
      ? { name: "git", verdict: "look", found: "not found", hint: "init uses it to guess the repository." }
      : { name: "git", verdict: "fine", found: version.replace(/^git version /, "") },
    token
      ? { name: "token", verdict: "fine", found: "GITHUB_TOKEN is set" }
      : {
          name: "token",
          verdict: "look",
          found: "GITHUB_TOKEN is not set",
          hint: "Needed for private repositories, and for more than 60 requests an hour.",
        },
  ];
}

async function checkChosen(io: Io, options: Options): Promise<Check[]> {
  if (options.live === undefined) return checkTeam(io, options);
  const repositories =
    options.live === true
      ? (await readSettings(resolve(io.cwd, options.content))).repositories
      : [parseRepository("--live", options.live)];
  const { checkLive } = await import("./live.ts");
  const { web } = await projectRules(resolve(io.cwd, options.content));
  const checks: Check[] = [];
  for (const repository of repositories)
    for (const check of await checkLive(io, repository, web))
      checks.push(repositories.length === 1 ? check : { ...check, name: `${repository}: ${check.name}` });
  return checks;
}

async function checkTeam(io: Io, options: Options): Promise<Check[]> {
  let content: Content;
  try {
    content = await readContent(resolve(io.cwd, options.content));
  } catch (error) {
    if (!(error instanceof SprintcastError)) throw error;
    return [{ name: "content", verdict: "mend", found: error.message, hint: error.hint }];
  }
  const { settings, sprints, posts } = content;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const written: Check[] = [
    {
      name: "content",
      verdict: "fine",
      found: `${counted(sprints.length, "sprint")}, ${counted(posts.length, "post")}`,
    },
    {
      name: "zone",
      verdict: "fine",
      found: `the team's time zone is ${settings.timeZone} (this machine: ${here})`,
    },
    ...(sprints.length === 0
      ? [
          {
            name: "sprints",
            verdict: "mend",
            found: "there is none",
            hint: "Add one in content/sprints/01.md.",
          } as const,
        ]
      : []),
  ];
  const warned = contentWarnings(content, dayOf(io.now(), settings.timeZone)).map(
    (warning): Check => ({ name: "content", verdict: "look", found: warningText(warning) }),
  );
  return [...written, ...warned, ...(await checkBudget(content)), ...checkHistory(io, options, content)];
}

function checkHistory(io: Io, options: Options, content: Content): Check[] {
  const file = resolve(io.cwd, options.db);
  if (!existsSync(file))
    return [
      {
        name: "database",
        verdict: "mend",
        found: `there is no ${options.db}`,
        hint: "Run npx sprintcast sync.",
      },
    ];
  try {
    const opened = openHistory(file, content.settings.repositories, options.db);
    if (opened === null)
      return [
        {
          name: "database",
          verdict: "mend",
          found: isTornDatabase(file, content.settings.repositories)
            ? "its first sync did not end, so it counts for nothing yet"
            : "it is empty",
          hint: "Run npx sprintcast sync.",
        },
      ];
    try {
      const now = io.now();
      const database = checkDatabase(opened, content, now);
      const isUsable = database.some((check) => check.name === "database" && check.verdict !== "mend");
      if (!isUsable) return database;
      return [
        ...database,
        ...checkNames(opened, content, now),
        ...checkEffort(opened, content),
        ...checkWeb(opened, content.settings),
        ...checkGone(opened),
        ...checkArrived(opened),
        ...checkReasons(opened),
        ...checkProjects(opened.history, content, now),
      ];
    } finally {
      opened.close();
    }
  } catch (error) {
    if (!(error instanceof SprintcastError)) throw error;
    const found = error instanceof ContentError ? error.message.slice(error.file.length + 2) : error.message;
    return [{ name: "database", verdict: "mend", found, hint: error.hint }];
  }
}

const marks = {
  fine: { style: "green", sign: "✓" },
  look: { style: "yellow", sign: "•" },
  mend: { style: "red", sign: "✗" },
} as const;

/** As many as the faults of one file may take: what is cut off is not mended. */
const maxLines = 80;

/** What is wrong stands in lines, one for each fault; a cell is one text. */
const sentence = (parts: readonly string[]): string =>
  parts
    .map((part) =>
      part
        .trim()
        .split(/\s*\n\s*/)
        .join("; "),
    )
    .join(". ")
    .replace(/\.\. /, ". ");

function renderChecks(checks: Check[], io: Io): string {
  const paint = createPaint(io.isTerminal, io.env);
  const rows = checks.map(({ name, verdict, found, hint }) => [
    paint(marks[verdict].style, marks[verdict].sign),
    name,
    safeText(sentence(hint === undefined ? [found] : [found, hint])),
  ]);
  const columns = [{ title: "" }, { title: "" }, { title: "", flexible: true }];
  return `${renderTable(columns, rows, { width: Math.min(io.columns, 120), paint, maxLines })}\n`;
}

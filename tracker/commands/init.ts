import { Command } from "commander";
import { CreateError, type SetUpOptions, setUp, setUpOptions } from "create-sprintcast";
import { type ExitCode, SprintcastError } from "../errors.ts";
import type { Verb } from "../io.ts";

export const initVerb: Verb = (io) => {
  const command = new Command("init").description(
    "Sets up a team's own repository: package.json, the site, content with settings, a first sprint and a first " +
      "post, and the workflow that publishes it. The repository is guessed from git's remote and the time zone from " +
      "the system. Existing files are never changed; what they lack is listed.",
  );
  for (const [flags, description, fallback] of setUpOptions) command.option(flags, description, fallback);
  return command
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast init\n  $ sprintcast init --repo octo-org/rocket --first-day 2026-01-05",
    )
    .action(async (options: SetUpOptions) => {
      try {
        await setUp(io, ".", options);
      } catch (cause) {
        if (!(cause instanceof CreateError)) throw cause;
        const { code, exitCode, message, hint } = cause;
        throw new SprintcastError(code, exitCode as ExitCode, message, { hint, cause });
      }
    });
};

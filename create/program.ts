import { Command, CommanderError } from "commander";
import { CreateError, exitCodes } from "./errors.ts";
import { type SetUpOptions, setUpOptions } from "./options.ts";
import { safeText } from "./safe-text.ts";
import { type SetUpIo, setUp } from "./set-up.ts";
import { version } from "./versions.ts";
import { interrupted } from "./write.ts";

export interface ProgramIo extends SetUpIo {
  err(text: string): void;
}

const examples = `
Examples:
  $ npm create sprintcast@latest
  $ npm create sprintcast@latest reviews -- --repo octo-org/rocket
  $ npm create sprintcast@latest -- --first-day 2026-01-05 --days 12

Exit codes: 0 done, 1 internal fault, 2 wrong usage, 5 interrupted (run it
again to complete what is there).`;

export function buildProgram(io: ProgramIo): Command {
  const program = new Command("create-sprintcast")
    .description(
      "Sets up a repository for sprint reviews: package.json, site, content and the workflow that publishes them. The " +
        "repository is guessed from git's remote. Existing files are never changed.",
    )
    .argument("[folder]", "where; it is made if need be", ".")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print help, with examples")
    .addHelpText("after", examples)
    .showHelpAfterError("(create-sprintcast --help lists every option)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(`${text.trimEnd().split("\n").map(safeText).join("\n")}\n`),
    })
    .action((folder: string, options: SetUpOptions) => setUp(io, folder, options));
  for (const [flags, description, fallback] of setUpOptions) program.option(flags, description, fallback);
  return program;
}

/** Runs the command line with these arguments; resolves to the exit code. Errors end as a message on stderr. */
export async function run(args: readonly string[], io: ProgramIo): Promise<number> {
  try {
    await buildProgram(io).parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    const known = error instanceof CreateError ? error : io.signal.aborted ? interrupted() : null;
    if (known === null) {
      io.err(`create-sprintcast: internal fault: ${safeText(String(error))}\n  Please report it.\n`);
      return exitCodes.fault;
    }
    io.err(`create-sprintcast: ${known.message}\n  ${known.hint}\n`);
    return known.exitCode;
  }
}

import { DemoError } from "@sprintcast/demo/errors";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Io } from "sprintcast";
import { exitCodes, InterruptedError, SprintcastError } from "sprintcast/errors";
import { type StartOptions, start } from "./start.ts";

const exitCodeHelp = `
Exit codes: 0 ended by Ctrl-C, 1 internal fault or a build that failed, 2 wrong
usage, or a file or folder that cannot be used, 3 content or settings invalid.`;

/** Runs `sprintcast-site` with these arguments; resolves to the exit code. Errors end as a message on stderr. */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    await buildProgram(io, version).parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    // Ctrl-C is how it is meant to end.
    if (error instanceof InterruptedError || io.signal.aborted) return 0;
    const { message, stack } = error as Error;
    io.err(`sprintcast-site: ${io.env.SPRINTCAST_DEBUG ? stack : message}\n`);
    if (error instanceof SprintcastError && error.hint) io.err(`  ${error.hint}\n`);
    const isKnown = error instanceof SprintcastError || error instanceof DemoError;
    return isKnown ? error.exitCode : exitCodes.fault;
  }
}

/** The command line `sprintcast-site`. */
export function buildProgram(io: Io, version: string): Command {
  const program = new Command("sprintcast-site")
    .description("Builds and serves a team's sprint reviews, with the live demo where settings name one.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help, with examples")
    .helpCommand("help [command]", "print help for a command")
    .showHelpAfterError("(sprintcast-site start is the only command, and start --help lists its options)")
    .addHelpText("after", exitCodeHelp)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  program
    .command("start", { isDefault: true })
    .description("load what history there is, build the site and serve it until Ctrl-C")
    .addOption(
      new Option("--port <number>", "port; the next free one where it is taken")
        .env("PORT")
        .default(4321)
        .argParser(parsePort),
    )
    .addOption(new Option("--host <address>", "address to listen on").env("HOST").default("127.0.0.1"))
    .addOption(new Option("--content <dir>", "content folder").env("SPRINTCAST_CONTENT").default("content"))
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast-site start\n  $ sprintcast-site start --port 8080 --host 0.0.0.0",
    )
    .action((options: StartOptions) => start(io, options));
  return program;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError("expected a number from 0 to 65535");
}

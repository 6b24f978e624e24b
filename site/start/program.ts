import { Command, InvalidArgumentError, Option } from "commander";
import type { Io } from "sprintcast";
import { type StartOptions, start } from "./start.ts";

/** The command line `sprintcast-site`. */
export function buildProgram(io: Io, version: string): Command {
  const program = new Command("sprintcast-site")
    .description("Builds and serves a team's sprint reviews, with the live demo where settings name one.")
    .version(version);
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

import tab from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import { exitCodes, InterruptedError, SprintcastError, StorageError } from "./errors.ts";
import type { Io, Verb } from "./io.ts";
import { createPaint, safeLines, wrapCell } from "./render/text/terminal.ts";

const examples = `
Examples:
  $ sprintcast sync                   fetch the history of the team's repository
  $ sprintcast board 3 --at start     the board as it stood when sprint 3 began
  $ sprintcast report 3               what was planned and what came of it
  $ sprintcast explain 3 committed    the issues and events a figure rests on

Exit codes: 0 done, 1 internal fault, 2 wrong usage, 3 content or settings
invalid, 4 GitHub refused, 5 interrupted (what was fetched is kept).`;

/** The whole command line with every verb: for help, completion, and the test that holds it against the documentation. */
export async function buildProgram(io: Io, version: string): Promise<Command> {
  return assemble(io, version, await Promise.all(Object.values(verbs).map((load) => load())));
}

/** Runs the command line with these arguments; resolves to the exit code. Errors end as a message on stderr. */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const one = verbs[args.find((arg) => !arg.startsWith("-")) ?? ""];
    const program = one ? assemble(io, version, [await one()]) : await buildProgram(io, version);
    if (!one) tab(program);
    if (args.length === 0) {
      io.out(program.helpInformation());
      return 0;
    }
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    return reportFailure(error, io, args);
  }
}

function assemble(io: Io, version: string, chosen: Verb[]): Command {
  const paint = createPaint(io.isTerminal, io.env);
  const program = new Command("sprintcast")
    .description(
      "Sprint reviews that can be trusted: replays GitHub issue history into boards, figures and a website.",
    )
    .version(version, "--version", "print the version")
    .option("--debug", "show where an unexpected error came from (or set SPRINTCAST_DEBUG)")
    .helpOption("-h, --help", "print help, with examples")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples)
    .showHelpAfterError("(sprintcast --help lists every command and option)")
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ styleTitle: (title) => paint("bold", title) })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      getOutHelpWidth: () => Math.min(io.columns, 100),
      getErrHelpWidth: () => Math.min(io.columns, 100),
      getOutHasColors: () => true,
      outputError: (text, write) => write(safeLines(text)),
    });
  for (const verb of chosen) program.addCommand(verb(io).copyInheritedSettings(program));
  return program;
}

/** Lines as wide as the terminal; as long as they are where another program reads them. */
function fitted(text: string, io: Io): string {
  if (!io.showsProgress) return `${text}\n`;
  const indent = /^ */.exec(text)![0];
  const lines = text.split("\n").flatMap((line) => wrapCell(line.trimStart(), io.columns - indent.length));
  return `${lines.map((line) => indent + line).join("\n")}\n`;
}

function reportFailure(error: unknown, io: Io, args: readonly string[]): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const debug = args.includes("--debug") || Boolean(io.env.SPRINTCAST_DEBUG);
  if (error instanceof SprintcastError) {
    io.err(fitted(`sprintcast: ${safeLines(error.message)}`, io));
    if (error.hint) io.err(fitted(`  ${safeLines(error.hint)}`, io));
    if (debug) io.err(stackOf(error));
    return error.exitCode;
  }
  if (io.signal.aborted) return reportFailure(new InterruptedError("interrupted"), io, args);
  const system = explainFileFailure(error);
  if (system !== null) return reportFailure(system, io, args);
  io.err(
    `sprintcast: internal fault: ${safeLines(error instanceof Error ? error.message : String(error))}\n`,
  );
  io.err(
    debug ? stackOf(error) : "  Run it again with --debug to see where it came from, and please report it.\n",
  );
  return exitCodes.fault;
}

const fileFailures: Record<string, [says: string, hint: string]> = {
  EACCES: ["permission denied", "Give yourself the right to it, or name another place."],
  EPERM: ["not permitted", "Give yourself the right to it, or name another place."],
  EROFS: ["the disk is read-only", "Name a place that can be written."],
  ENOSPC: ["the disk is full", "Free some space and run the same command again."],
  EDQUOT: ["your quota is used up", "Free some space and run the same command again."],
  EEXIST: ["something else is there already", "Move it away, or name another place."],
  ENOTDIR: ["a part of the path is no folder", "Move it away, or name another place."],
  EISDIR: ["it is a folder, expected a file", "Move it away, or name another place."],
};

/** What the system refused to do with a file is nothing that we could mend; null where it is something else. */
function explainFileFailure(error: unknown): StorageError | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const known = fileFailures[code ?? ""];
  if (known === undefined) return null;
  const [says, hint] = known;
  return new StorageError(`${path ?? `cannot ${syscall ?? "use a file"}`}: ${says}`, { hint, cause: error });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = error.cause === undefined ? "" : `caused by: ${stackOf(error.cause) || String(error.cause)}`;
  return `${safeLines(`${error.name}: ${error.stack ?? error.message}`)}\n${cause}`;
}

/**
 * Every verb by name, in the order of the help: what a sprint needs first comes first. Loaded when asked for, so that
 * `board` does not wait for a GitHub client it never uses.
 */
export const verbs: Record<string, () => Promise<Verb>> = {
  init: async () => (await import("./commands/init.ts")).initVerb,
  sync: async () => (await import("./commands/sync/sync.ts")).syncVerb,
  board: async () => (await import("./commands/board.ts")).boardVerb,
  report: async () => (await import("./commands/report.ts")).reportVerb,
  explain: async () => (await import("./commands/explain.ts")).explainVerb,
  debt: async () => (await import("./commands/debt.ts")).debtVerb,
  kalm: async () => (await import("./commands/kalm.ts")).kalmVerb,
  draft: async () => (await import("./commands/draft.ts")).draftVerb,
  freeze: async () => (await import("./commands/freeze/freeze.ts")).freezeVerb,
  state: async () => (await import("./commands/state.ts")).stateVerb,
  doctor: async () => (await import("./commands/doctor/doctor.ts")).doctorVerb,
};

import { Command, CommanderError, type HelpConfiguration } from "commander";
import { exitCodes, InterruptedError, SprintcastError, StorageError } from "./errors.ts";
import type { Io, Verb } from "./io.ts";
import { safeLines } from "./render/safe-text.ts";

const examples = `
Examples:
  $ sprintcast sync                   fetch the history of the team's repository
  $ sprintcast board 3 --at start     the board as it stood when sprint 3 began
  $ sprintcast report 3               what was planned and what came of it
  $ sprintcast explain 3 committed    the issues and events a figure rests on

Exit codes: 0 done, 1 internal fault, 2 wrong usage, 3 content or settings
invalid, 4 GitHub refused, 5 interrupted (what was fetched is kept).`;

/** The whole command line with every verb loaded: for completion, and the test that holds it against the documentation. */
export function buildProgram(io: Io, version: string): Promise<Command> {
  return assemble(io, version, Object.keys(verbs));
}

/** Runs the command line with these arguments; resolves to the exit code. Errors end as a message on stderr. */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const [first = "", second = ""] = args.filter((arg) => !arg.startsWith("-"));
    const asked = first === "help" ? second : first;
    const program = await (asked === "complete" ? completing(io, version) : assemble(io, version, [asked]));
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

/** The command line with the `asked` verbs loaded; the others are listed in the help, no more. */
async function assemble(io: Io, version: string, asked: readonly string[]): Promise<Command> {
  const program = new Command("sprintcast")
    .description(
      "Sprint reviews you can trust: replays the history of GitHub issues into boards, figures and a website.",
    )
    .version(version, "--version", "print the version")
    .option("--debug", "show where an unexpected error came from (or set SPRINTCAST_DEBUG)")
    .helpOption("-h, --help", "print help, with examples")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples)
    .showHelpAfterError("(sprintcast --help lists every command and option)")
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp(await helpStyle(io))
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      getOutHelpWidth: () => Math.min(io.columns, 100),
      getErrHelpWidth: () => Math.min(io.columns, 100),
      getOutHasColors: () => true,
      outputError: (text, write) => write(safeLines(text)),
    });
  for (const [name, { takes, summary, load }] of Object.entries(verbs)) {
    const command = asked.includes(name) ? (await load())(io) : listed(name, takes);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
  }
  return program;
}

/** The whole command line, able to complete its words in a shell. */
async function completing(io: Io, version: string): Promise<Command> {
  const [{ default: tab }, program] = await Promise.all([
    import("@bomb.sh/tab/commander"),
    buildProgram(io, version),
  ]);
  tab(program);
  return program;
}

/** A verb as the root help lists it: its arguments, and that it has options, as all of them do. */
const listed = (name: string, takes: readonly string[]): Command =>
  takes.reduce((command, one) => command.argument(one), new Command(name).option("--any"));

/** Bold titles. Where there is no colour, nothing is loaded for it. */
async function helpStyle(io: Io): Promise<HelpConfiguration> {
  if (!io.isTerminal && !io.env.FORCE_COLOR) return {};
  const { createPaint } = await import("./render/text/terminal.ts");
  const paint = createPaint(io.isTerminal, io.env);
  return { styleTitle: (title) => paint("bold", title) };
}

/** Lines as wide as the terminal; as long as they are where another program reads them. */
async function fitted(text: string, io: Io): Promise<string> {
  if (!io.showsProgress) return `${text}\n`;
  const { wrapCell } = await import("./render/text/terminal.ts");
  const unindented = text.trimStart();
  const indent = text.slice(0, text.length - unindented.length);
  const lines = text.split("\n").flatMap((line) => wrapCell(line.trimStart(), io.columns - indent.length));
  return `${lines.map((line) => indent + line).join("\n")}\n`;
}

async function reportFailure(error: unknown, io: Io, args: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const debug = args.includes("--debug") || Boolean(io.env.SPRINTCAST_DEBUG);
  if (error instanceof SprintcastError) {
    io.err(await fitted(`sprintcast: ${safeLines(error.message)}`, io));
    if (error.hint) io.err(await fitted(`  ${safeLines(error.hint)}`, io));
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
  EACCES: ["permission denied", "Get permission for it, or use another location."],
  EPERM: ["not permitted", "Get permission for it, or use another location."],
  EROFS: ["the disk is read-only", "Use a location that can be written to."],
  ENOSPC: ["the disk is full", "Free some space and run the same command again."],
  EDQUOT: ["your quota is used up", "Free some space and run the same command again."],
  EEXIST: ["something else is already there", "Move it away, or use another location."],
  ENOTDIR: ["a part of the path is not a folder", "Move it away, or use another location."],
  EISDIR: ["it is a folder, expected a file", "Move it away, or use another location."],
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

/** A verb as the root help shows it: what it takes, and what it is for. Its module is loaded when it is asked for. */
interface ListedVerb {
  takes: readonly string[];
  summary: string;
  load(): Promise<Verb>;
}

/** Every verb by name, in the order of the help: what a sprint needs first comes first. */
export const verbs: Record<string, ListedVerb> = {
  init: {
    takes: [],
    summary: "set up a new team's repository in this folder",
    load: async () => (await import("./commands/init.ts")).initVerb,
  },
  sync: {
    takes: [],
    summary: "fetch what is new from GitHub, or read a backup",
    load: async () => (await import("./commands/sync/sync.ts")).syncVerb,
  },
  listen: {
    takes: [],
    summary: "take GitHub's webhooks, for changes that it keeps no history of",
    load: async () => (await import("./commands/listen/listen.ts")).listenVerb,
  },
  board: {
    takes: ["<sprint>"],
    summary: "a sprint's board at its start, its end or any other time",
    load: async () => (await import("./commands/board.ts")).boardVerb,
  },
  report: {
    takes: ["<sprint>"],
    summary: "a sprint's commitment, outcome and effort",
    load: async () => (await import("./commands/report.ts")).reportVerb,
  },
  explain: {
    takes: ["<sprint>", "<figure>"],
    summary: "the issues, values and events behind a figure",
    load: async () => (await import("./commands/explain.ts")).explainVerb,
  },
  forecast: {
    takes: [],
    summary: "how many tasks by a day, and when so many are done",
    load: async () => (await import("./commands/forecast.ts")).forecastVerb,
  },
  issue: {
    takes: ["<number>"],
    summary: "one issue's life: sprints, lanes, sizes, effort, and what it counted as",
    load: async () => (await import("./commands/issue.ts")).issueVerb,
  },
  debt: {
    takes: [],
    summary: "technical debt opened, resolved and remaining, by sprint",
    load: async () => (await import("./commands/debt.ts")).debtVerb,
  },
  flow: {
    takes: ["[sprint]"],
    summary: "cycle times, throughput, ageing work and cumulative flow",
    load: async () => (await import("./commands/flow.ts")).flowVerb,
  },
  kalm: {
    takes: [],
    summary: "promises across sprints: kept, not kept or open",
    load: async () => (await import("./commands/kalm.ts")).kalmVerb,
  },
  draft: {
    takes: ["<sprint>"],
    summary: "draft a review, or a planning checklist, for you to finish",
    load: async () => (await import("./commands/draft.ts")).draftVerb,
  },
  notes: {
    takes: ["<sprint>"],
    summary: "what a sprint shipped, as Markdown for a release",
    load: async () => (await import("./commands/notes.ts")).notesVerb,
  },
  freeze: {
    takes: ["[sprint]"],
    summary: "freeze the report of a sprint that has ended",
    load: async () => (await import("./commands/freeze/freeze.ts")).freezeVerb,
  },
  state: {
    takes: [],
    summary: "every issue as it was at a given time",
    load: async () => (await import("./commands/state.ts")).stateVerb,
  },
  mcp: {
    takes: [],
    summary: "serve the reading commands to an assistant, read-only",
    load: async () => (await import("./commands/mcp/mcp.ts")).mcpVerb,
  },
  doctor: {
    takes: [],
    summary: "check for setup problems",
    load: async () => (await import("./commands/doctor/doctor.ts")).doctorVerb,
  },
};

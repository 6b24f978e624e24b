import { createRequire } from "node:module";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { DemoError, type ExitCode } from "../errors.ts";
import {
  envOf,
  flagOf,
  OptionError,
  type OptionKey,
  type OptionValues,
  options,
  parseOption,
} from "../options/options.ts";
import type { Program } from "../options/spec.ts";
import { feed, playRecording, recordLive, serve } from "./commands.ts";
import { cost } from "./cost-command.ts";
import { examples } from "./help-examples.ts";
import type { ProcessIo } from "./process.ts";
import { backup, token } from "./store-commands.ts";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

/** Runs `sprintcast-demo` with these arguments; resolves to the exit code when it has ended. */
export async function run(args: readonly string[], io: ProcessIo): Promise<ExitCode> {
  let code: ExitCode = 0;
  const root = buildProgram(io, (exit) => {
    code = exit;
  });
  try {
    await root.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // A fault of ours is shown whole, by whoever called.
    if (!(error instanceof DemoError) || error.exitCode === 1) throw error;
    io.stderr.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
}

/** The command line as commander sees it: for `run`, and for the test that holds it against the documentation. */
export function buildProgram(io: ProcessIo, done: (code: ExitCode) => void): Command {
  const root = new Command("sprintcast-demo")
    .description("The live demo: an IoT fleet's readings, from the device to the screen.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help, with examples")
    .helpCommand("help [command]", "print help for a command")
    .showHelpAfterError("(sprintcast-demo --help lists every command, and with a command every option)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  const server = (name: Program, help: string, parts: Parameters<typeof serve>[1]) =>
    withOptions(root.command(name).description(help), name).action(async (values: OptionValues) => {
      done(await serve(values, parts, io));
    });

  root.addHelpText("after", examples.root);
  withOptions(
    root.command("feeder").description("feed a simulated fleet, or a file, to an eater"),
    "feeder",
  ).action(async (values: OptionValues) => {
    done(await feed(values, io));
  });
  const eater = server("eater", "take readings over HTTP", { feeder: false, eater: true, live: false });
  server("live", "show readings over websocket", { feeder: false, eater: false, live: true });
  server("all", "feeder, eater and live view in one process", { feeder: true, eater: true, live: true });
  const onFile = (name: "record" | "play", usage: string, help: string, act: typeof recordLive) =>
    withOptions(root.command(usage).description(help), name).action(
      async (file: string, values: Partial<OptionValues>) => {
        done(await act(file, values, io));
      },
    );
  onFile("record", "record <out>", "record a live view into a file", recordLive);
  withOptions(
    root.command("cost").description("tell what a load takes of a machine, and what that costs"),
    "cost",
  )
    .option("--json", "print it as JSON (sprintcast-demo/cost@1)")
    .action(async (values: Partial<OptionValues> & { json?: boolean }) => {
      done(await cost(values, io));
    });
  onFile("play", "play <file>", "play a recording in the terminal", playRecording);

  eater
    .command("backup <file>")
    .description("copy the database, also while an eater works in it")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", examples.backup)
    .action(async (file: string, _: unknown, command: Command) => {
      done(await backup(file, command.optsWithGlobals<OptionValues>(), io));
    });
  const tokens = eater
    .command("token")
    .description("manage the tokens that feeders need, in the database of the eater's --db or --store")
    .addHelpText("after", examples.token);
  const manage = (verb: "add" | "remove" | "list", usage: string, help: string) =>
    tokens
      .command(usage)
      .description(help)
      .action(async (...args: unknown[]) => {
        const command = args.at(-1) as Command;
        done(await token(verb, command.args[0] ?? "", command.optsWithGlobals<OptionValues>(), io));
      });
  manage("add", "add <name>", "make a token and print it, this once");
  manage("remove", "remove <name>", "make a token invalid");
  manage("list", "list", "print the names of all tokens");
  return root;
}

function withOptions(command: Command, program: Program): Command {
  command.addHelpText("after", examples[program]);
  for (const key of Object.keys(options) as OptionKey[]) {
    if ((options[key].programs as readonly Program[]).includes(program)) command.addOption(optionOf(key));
  }
  return command;
}

function optionOf(key: OptionKey): Option {
  const spec = options[key];
  const option = new Option(`${flagOf(key)} <${spec.kind === "text" ? "text" : "number"}>`, spec.help);
  if (spec.default !== null) option.default(spec.default);
  return option.env(envOf(key)).argParser((text: string) => {
    try {
      return parseOption(key, text);
    } catch (error) {
      if (error instanceof OptionError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  });
}

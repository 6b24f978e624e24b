import { LogController } from "fastify";
import pino from "pino";
import { createDemoApp, type DemoPluginOptions } from "./app.ts";
import { type Db, openDatabase } from "./eater/database.ts";
import { addToken, listTokens, removeToken, TokenError } from "./eater/tokens.ts";
import { SourceError } from "./feeder/file-source.ts";
import { JournalError } from "./feeder/journal-step.ts";
import { runFeeder } from "./feeder/run-feeder.ts";
import { FeederError } from "./feeder/sender.ts";
import { defaultOptions, OptionError, type OptionValues } from "./options.ts";
import { PlaceError, usePlace } from "./place.ts";
import type { ExitCode, Surroundings } from "./surroundings.ts";

/** What only another command line, or another file, can mend. */
const MISTAKES = [OptionError, SourceError, JournalError, PlaceError];

/** Feeds until the source ends or the process is asked to stop, then drains. */
export async function feed(given: Partial<OptionValues>, around: Surroundings): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const log = pino({ level: values.logLevel, name: "feeder" }, around.stderr);
  if (values.token === null) return wrong(around, "no token: set SPRINTCAST_DEMO_TOKEN, or give --token");
  try {
    const { url, token } = values;
    const feeder = await runFeeder({ values, url, token, stdin: around.stdin, clock: Date.now, log });
    void around.stopAsked.then(() => feeder.stop());
    log.info({ url }, "the feeder has begun");
    const report = await feeder.done;
    log.info(report, "the feeder has ended");
    return report.left > 0 ? 5 : 0;
  } catch (error) {
    if (error instanceof FeederError) return refused(around, error.message);
    if (MISTAKES.some((kind) => error instanceof kind)) return wrong(around, (error as Error).message);
    throw error;
  }
}

/** Serves the named parts until the process is asked to stop. */
export async function serve(
  given: Partial<OptionValues>,
  parts: DemoPluginOptions["parts"],
  around: Surroundings,
): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  try {
    const app = await createDemoApp(
      { values, parts },
      {
        logger: { level: values.logLevel, stream: around.stderr },
        logController: new LogController({ disableRequestLogging: true }),
      },
    );
    await app.listen({ host: values.host, port: values.port });
    await around.stopAsked;
    await app.close();
    return 0;
  } catch (error) {
    if (error instanceof OptionError || error instanceof PlaceError) return wrong(around, error.message);
    const hint = listenHint(error, values);
    if (hint === null) throw error;
    return wrong(around, hint);
  }
}

/** Adds, removes or lists tokens in the eater's database. A running eater sees the change at once. */
export async function token(
  verb: "add" | "remove" | "list",
  name: string,
  given: Partial<OptionValues>,
  around: Surroundings,
): Promise<ExitCode> {
  const { db: file } = { ...defaultOptions(), ...given };
  let db: Db | null = null;
  try {
    db = usePlace(file, "--db", () => openDatabase(file));
    if (verb === "add") around.stdout.write(`${addToken(db, name, Date.now())}\n`);
    else if (verb === "remove") removeToken(db, name);
    else for (const known of listTokens(db)) around.stdout.write(`${known.name}\n`);
    return 0;
  } catch (error) {
    if (error instanceof TokenError || error instanceof PlaceError) return wrong(around, error.message);
    throw error;
  } finally {
    db?.close();
  }
}

function listenHint(error: unknown, { host, port }: OptionValues): string | null {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return null;
  if (error.code === "EADDRINUSE") return `port ${port} is taken; choose another with --port`;
  if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") return null;
  return `cannot listen on ${host}, port ${port} (${error.code}); choose others with --host and --port`;
}

function wrong(around: Surroundings, message: string): ExitCode {
  around.stderr.write(`error: ${message}\n`);
  return 2;
}

function refused(around: Surroundings, message: string): ExitCode {
  around.stderr.write(`error: ${message}\n`);
  return 4;
}

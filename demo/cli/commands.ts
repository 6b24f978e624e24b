import { LogController } from "fastify";
import pino from "pino";
import { createDemoApp, type DemoPluginOptions } from "../app/app.ts";
import { runFeeder } from "../app/run-feeder.ts";
import { type Db, openDatabase } from "../eater/database.ts";
import { addToken, listTokens, removeToken, TokenError } from "../eater/tokens.ts";
import { SourceError } from "../feeder/file-source.ts";
import { JournalError } from "../feeder/journal-state.ts";
import { FeederError } from "../feeder/sender.ts";
import { FileLockError, useFile } from "../file-lock.ts";
import { defaultOptions, OptionError, type OptionValues } from "../options/options.ts";
import { play } from "../recording/play.ts";
import { RecordError, record } from "../recording/record.ts";
import { RecordingError } from "../view/recording/parse-recording.ts";
import type { ExitCode, ProcessIo } from "./process.ts";

/** What only another command line, or another file, can mend. */
const MISTAKES = [OptionError, SourceError, JournalError, FileLockError];

/** Feeds until the source ends or the process is asked to stop, then drains. */
export async function feed(given: Partial<OptionValues>, io: ProcessIo): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const log = pino({ level: values.logLevel, name: "feeder" }, io.stderr);
  if (values.token === null) return wrong(io, "no token: set SPRINTCAST_DEMO_TOKEN, or give --token");
  try {
    const { url, token } = values;
    const feeder = await runFeeder({ values, url, token, stdin: io.stdin, clock: Date.now, log });
    void io.stopAsked.then(() => feeder.stop());
    log.info({ url }, "the feeder has begun");
    const report = await feeder.done;
    log.info(report, "the feeder has ended");
    return report.left > 0 ? 5 : 0;
  } catch (error) {
    if (error instanceof FeederError) return refused(io, error.message);
    if (MISTAKES.some((kind) => error instanceof kind)) return wrong(io, (error as Error).message);
    throw error;
  }
}

/** Serves the named parts until the process is asked to stop. */
export async function serve(
  given: Partial<OptionValues>,
  parts: DemoPluginOptions["parts"],
  io: ProcessIo,
): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  try {
    const app = await createDemoApp(
      { values, parts },
      {
        logger: { level: values.logLevel, stream: io.stderr },
        logController: new LogController({ disableRequestLogging: true }),
      },
    );
    await app.listen({ host: values.host, port: values.port });
    await io.stopAsked;
    await app.close();
    return 0;
  } catch (error) {
    if (error instanceof OptionError || error instanceof FileLockError) return wrong(io, error.message);
    const hint = listenHint(error, values);
    if (hint === null) throw error;
    return wrong(io, hint);
  }
}

/** Adds, removes or lists tokens in the eater's database. A running eater sees the change at once. */
export async function token(
  verb: "add" | "remove" | "list",
  name: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const { db: file } = { ...defaultOptions(), ...given };
  let db: Db | null = null;
  try {
    db = useFile(file, "--db", () => openDatabase(file));
    if (verb === "add") io.stdout.write(`${addToken(db, name, Date.now())}\n`);
    else if (verb === "remove") removeToken(db, name);
    else for (const known of listTokens(db)) io.stdout.write(`${known.name}\n`);
    return 0;
  } catch (error) {
    if (error instanceof TokenError || error instanceof FileLockError) return wrong(io, error.message);
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

function wrong(io: ProcessIo, message: string): ExitCode {
  io.stderr.write(`error: ${message}\n`);
  return 2;
}

function refused(io: ProcessIo, message: string): ExitCode {
  io.stderr.write(`error: ${message}\n`);
  return 4;
}

/** Records a live view into a file. */
export async function recordLive(
  out: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const { liveUrl, seconds } = { ...defaultOptions(), ...given };
  try {
    const report = await record({ url: liveUrl, seconds, out, clock: Date.now, stop: stopOf(io) });
    const { frames, readings, ms } = report;
    io.stderr.write(`${out}: ${readings} readings in ${frames} frames over ${Math.round(ms / 1000)} s\n`);
    return 0;
  } catch (error) {
    if (isFileError(error)) {
      io.stderr.write(`error: ${out}: cannot be written (${error.message})\n`);
      return 2;
    }
    if (!(error instanceof RecordError)) throw error;
    io.stderr.write(`error: ${error.message}\n`);
    return 4;
  }
}

/** Plays a recording in the terminal. */
export async function playRecording(
  file: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const { speed } = { ...defaultOptions(), ...given };
  try {
    await play({ file, speed, out: io.stdout, clock: Date.now, stop: stopOf(io) });
    return 0;
  } catch (error) {
    if (!(error instanceof RecordingError || isFileError(error))) throw error;
    const isMissing = isFileError(error) && error.code === "ENOENT";
    io.stderr.write(`error: ${file}: ${isMissing ? "no such file" : error.message}\n`);
    return 2;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function stopOf({ stopAsked }: ProcessIo): AbortSignal {
  const stop = new AbortController();
  void stopAsked.then(() => stop.abort());
  return stop.signal;
}

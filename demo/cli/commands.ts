import { LogController } from "fastify";
import pino from "pino";
import { createDemoApp, type DemoPluginOptions } from "../app/app.ts";
import { frontRoutes } from "../app/front-routes.ts";
import { runFeeder } from "../app/run-feeder.ts";
import type { ExitCode } from "../errors.ts";
import { FileLockError, isDiskFull } from "../file-lock.ts";
import { defaultOptions, OptionError, type OptionValues } from "../options/options.ts";
import { play } from "../recording/play.ts";
import { record } from "../recording/record.ts";
import { RecordingError } from "../view/recording/parse-recording.ts";
import { counted } from "../view/units.ts";
import type { ProcessIo } from "./process.ts";

/** Feeds until the source ends or the process is asked to stop, then drains. @throws DemoError */
export async function feed(given: Partial<OptionValues>, io: ProcessIo): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const { url, token } = values;
  if (token === null)
    throw new OptionError(
      "no token: set SPRINTCAST_DEMO_TOKEN, or give --token; at the eater, sprintcast-demo eater token add NAME makes one",
    );
  const log = pino({ level: values.logLevel, name: "feeder" }, io.stderr);
  const feeder = await runFeeder({ values, url, token, stdin: io.stdin, clock: Date.now, log });
  void io.stopAsked.then(() => feeder.stop());
  log.info({ url }, "the feeder has begun");
  const report = await feeder.done;
  log.info(report, "the feeder has ended");
  return report.left > 0 ? 5 : 0;
}

/** Serves the named parts until the process is asked to stop. @throws DemoError */
export async function serve(
  given: Partial<OptionValues>,
  parts: DemoPluginOptions["parts"],
  io: ProcessIo,
): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const app = await createDemoApp(
    { values, parts },
    {
      logger: { level: values.logLevel, stream: io.stderr },
      logController: new LogController({ disableRequestLogging: true }),
    },
  );
  frontRoutes(app, parts);
  if (values.bus === "memory:" && parts?.live && !parts.eater) {
    app.log.warn(
      "--bus memory: reaches no eater from here: this live view can show nothing; name one with nats://",
    );
  }
  if (values.bus === "memory:" && values.store !== null && parts?.eater) {
    app.log.warn(
      "--bus memory: reaches no other process: while another eater on this database leads, viewers here see nothing; name one with nats://",
    );
  }
  try {
    await app.listen({ host: values.host, port: values.port }).catch((error) => {
      throw listenError(error, values);
    });
    await io.stopAsked;
  } finally {
    await app.close();
  }
  return 0;
}

/** What is wrong with `--host` or `--port`; every other error as it is. */
function listenError(error: unknown, { host, port }: OptionValues): unknown {
  if (!isSystemError(error)) return error;
  const cause = { cause: error };
  if (error.code === "EADDRINUSE") {
    return new OptionError(`port ${port} is taken; choose another with --port`, cause);
  }
  if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") return error;
  const message = `cannot listen on ${host}, port ${port} (${error.code}); choose others with --host and --port`;
  return new OptionError(message, cause);
}

/** Records a live view into a file. @throws DemoError */
export async function recordLive(
  out: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const { liveUrl, seconds } = { ...defaultOptions(), ...given };
  const settings = { url: liveUrl, seconds, out, clock: () => performance.now(), stop: stopOf(io) };
  const { frames, readings, ms } = await record(settings).catch((error) => {
    throw fileError(error, `${out}: cannot be written (${error.message})`);
  });
  io.stderr.write(
    `${out}: ${counted(readings, "reading")} in ${counted(frames, "frame")} over ${Math.round(ms / 1000)} s\n`,
  );
  return 0;
}

/** Plays a recording in the terminal. @throws DemoError */
export async function playRecording(
  file: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const { speed } = { ...defaultOptions(), ...given };
  await play({ file, speed, out: io.stdout, clock: Date.now, stop: stopOf(io) }).catch((error) => {
    throw fileError(error, `${file}: ${error.code === "ENOENT" ? "no such file" : error.message}`);
  });
  return 0;
}

/** A failure of the file system, or of what stands in the file, with `message`; every other error as it is. */
function fileError(error: unknown, message: string): unknown {
  if (!isSystemError(error) && !(error instanceof RecordingError)) return error;
  return new FileLockError(isDiskFull(error) ? "DISK_FULL" : "FILE_UNUSABLE", message, { cause: error });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function stopOf({ stopAsked }: ProcessIo): AbortSignal {
  const stop = new AbortController();
  void stopAsked.then(() => stop.abort());
  return stop.signal;
}

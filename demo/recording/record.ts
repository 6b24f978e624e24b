import { createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { WebSocket } from "ws";
import { DemoError } from "../errors.ts";
import { FileLockError, makeFolder } from "../file-lock.ts";
import { OptionError } from "../options/options.ts";
import { encodeMessage, parseServerMessage, type ServerMessage, SUBPROTOCOL } from "../protocol.ts";

export interface RecordSettings {
  /** Of the live server's websocket: ws://host:port/live */
  url: string;
  seconds: number;
  /** The NDJSON file to write; it appears once it is whole. */
  out: string;
  /** Ms since any instant. */
  clock(): number;
  /** Ends the recording early, with what there is. */
  stop?: AbortSignal;
}

export interface RecordReport {
  frames: number;
  readings: number;
  ms: number;
}

/** Nothing was recorded; no file was written. */
export class RecordError extends DemoError<"unreachable" | "nothing-came" | "broken-off"> {
  override name = "RecordError";
}

/**
 * Watches a live server for a while and writes what it says, a line `[dtMs, frame]` each, hello first. The time
 * counts from the snapshot, so that a server without readings is waited for.
 * @throws RecordError, OptionError for a url that cannot be watched
 */
export async function record(settings: RecordSettings): Promise<RecordReport> {
  const { out } = settings;
  const shown = shownOf(settings.url);
  // Before the watching and not behind it.
  if (out === "" || statSync(out, { throwIfNoEntry: false })?.isDirectory()) {
    throw new FileLockError("FILE_UNUSABLE", `"${out}" is no file; name one to record into`);
  }
  makeFolder(dirname(out));
  const part = `${out}.part`;
  const file = createWriteStream(part);
  // A file that takes no more ends the watching; why is told by `finished`.
  const broken = new AbortController();
  file.on("error", () => broken.abort());
  const stop = AbortSignal.any([broken.signal, ...(settings.stop ? [settings.stop] : [])]);
  try {
    const report = await watch({ ...settings, stop, shown }, (line) => file.write(line));
    file.end();
    await finished(file);
    if (report.readings === 0) {
      throw new RecordError("nothing-came", `${shown} sent no readings in ${settings.seconds} s`);
    }
    await rename(part, out);
    return report;
  } catch (error) {
    file.destroy();
    // Why nothing was recorded is told, not why its beginning stays.
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

/** What is worth keeping: heartbeats say nothing about the fleet, and a bye is about this viewer alone. */
function isKept({ t }: ServerMessage): boolean {
  return t === "hello" || t === "snapshot" || t === "delta";
}

/** The address without user, password and query, which may hold secrets. @throws OptionError */
function shownOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address && /^(ws|http)s?:$/.test(address.protocol) && address.hash === "") {
    return `${address.protocol}//${address.host}${address.pathname}`;
  }
  const not = /[@?]/.test(url) ? "" : `, not "${url}"`;
  throw new OptionError(`--live-url takes ws://host:port/live or wss://host/live${not}`);
}

type Watching = RecordSettings & { shown: string };

function watch(settings: Watching, write: (line: string) => void): Promise<RecordReport> {
  const { url, shown, seconds, clock, stop } = settings;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, SUBPROTOCOL, { handshakeTimeout: 5000 });
    const report: RecordReport = { frames: 0, readings: 0, ms: 0 };
    let begun: number | null = null;
    let dt = 0;
    let timer: NodeJS.Timeout | null = setTimeout(end, seconds * 1000 + 10_000);

    function end(): void {
      if (timer) clearTimeout(timer);
      timer = null;
      report.ms = begun === null ? 0 : clock() - begun;
      socket.terminate();
      resolve(report);
    }

    function take(text: string): void {
      const message = parseServerMessage(text);
      if (message.t === "ping") socket.send(encodeMessage({ t: "pong" }));
      if (message.t === "delta") socket.send(encodeMessage({ t: "ack", offset: message.to }));
      if (!isKept(message) || timer === null) return;
      if (message.t === "snapshot" && begun === null) {
        begun = clock();
        clearTimeout(timer);
        timer = setTimeout(end, seconds * 1000);
      }
      // Never back, by whatever clock: a recording whose times fall is none.
      dt = Math.max(dt, begun === null ? 0 : Math.round(clock() - begun));
      write(`${JSON.stringify([dt, message])}\n`);
      report.frames += 1;
      if (message.t === "delta") report.readings += message.cols.source.length;
    }

    socket.on("open", () => socket.send(encodeMessage({ t: "resume", epoch: "", offset: 0 })));
    socket.on("message", (data) => {
      try {
        take(data.toString());
      } catch (error) {
        fail(new RecordError("broken-off", `${shown} sent what is no message`, { cause: error }));
      }
    });
    socket.on("error", (cause) =>
      fail(
        new RecordError(
          "unreachable",
          `${shown} cannot be watched: ${cause.message}; is a live view running there, or at another --live-url?`,
          { cause },
        ),
      ),
    );
    socket.on("close", (code) => {
      if (timer)
        fail(new RecordError("broken-off", `${shown} closed the connection (${code}) before the end`));
    });
    if (stop?.aborted) end();
    stop?.addEventListener("abort", end, { once: true });

    function fail(error: RecordError): void {
      if (timer) clearTimeout(timer);
      timer = null;
      socket.terminate();
      reject(error);
    }
  });
}

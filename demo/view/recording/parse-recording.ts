import { DemoError } from "../../errors.ts";
import { checkServerMessage, ProtocolError, type ServerMessage } from "../../protocol.ts";

/** One frame, `dt` ms after the recording began. */
export interface RecordedFrame {
  dt: number;
  message: ServerMessage;
}

/** A recorded run of the live demo; the first frame is the hello. */
export interface Recording {
  frames: readonly RecordedFrame[];
  durationMs: number;
  /** When the run began, epoch ms: by the server's clock, else the newest instant of what came first. Null where nothing was read. */
  startedAt: number | null;
}

/** A text is no recording. `line` counts from 1. */
export class RecordingError extends DemoError<"bad-line" | "empty"> {
  override name = "RecordingError";
  readonly line: number;

  constructor(code: "bad-line" | "empty", line: number, message: string, options?: ErrorOptions) {
    super(code, `line ${line}: ${message}`, options);
    this.line = line;
  }
}

/**
 * Reads NDJSON lines `[dtMs, frame]`. A last line that was cut off, as by a recorder that was killed, is left out.
 * @throws RecordingError
 */
export function parseRecording(text: string): Recording {
  const lines = text.split("\n");
  const isWhole = lines.at(-1)?.trim() === "";
  const frames: RecordedFrame[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const isLast = index === lines.length - 1;
    try {
      frames.push(parseLine(line, index + 1, frames.at(-1)?.dt ?? 0));
    } catch (error) {
      if (!(isLast && !isWhole && frames.length > 0)) throw error;
    }
  }
  if (frames[0]?.message.t !== "hello") {
    throw new RecordingError("empty", 1, 'expected the hello frame first: [0,{"t":"hello",…}]');
  }
  return { frames, durationMs: frames.at(-1)?.dt ?? 0, startedAt: startOf(frames) };
}

function parseLine(line: string, number: number, before: number): RecordedFrame {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new RecordingError("bad-line", number, "no JSON; expected [dtMs, frame]", { cause });
  }
  if (!Array.isArray(value) || value.length !== 2) {
    throw new RecordingError("bad-line", number, "expected a list of two: [dtMs, frame]");
  }
  const [dt, frame] = value as [unknown, unknown];
  if (typeof dt !== "number" || !Number.isFinite(dt) || dt < before) {
    throw new RecordingError("bad-line", number, `expected milliseconds from ${before} on, not ${dt}`);
  }
  try {
    return { dt, message: checkServerMessage(frame) };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new RecordingError("bad-line", number, cause.message, { cause });
  }
}

/** No date lies further from 1970: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_INSTANT = 8.64e15;

function startOf(frames: readonly RecordedFrame[]): number | null {
  for (const { message } of frames) {
    const instants = instantsIn(message).filter((at) => Math.abs(at) <= LAST_INSTANT);
    if (instants.length > 0) return instants.reduce((newest, at) => Math.max(newest, at));
  }
  return null;
}

function instantsIn(message: ServerMessage): number[] {
  if (message.t === "hello") return message.now === undefined ? [] : [message.now];
  if (message.t === "delta") return message.cols.at;
  if (message.t !== "snapshot") return [];
  return Object.values(message.state).flatMap((metrics) => Object.values(metrics).map(([at]) => at));
}

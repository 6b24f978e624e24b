import { parentPort } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { createReadingCheck } from "../reading.ts";
import { toColumns, transferables, type WorkerColumns } from "./columns.ts";
import { type ParsedBody, type ParseLimits, parseBytes } from "./parse-body.ts";

export interface ParseTask extends ParseLimits {
  body: Uint8Array<ArrayBuffer>;
  isGzip: boolean;
  maxBodyBytes: number;
}

interface Parsed extends Pick<ParsedBody, "rejected" | "isStopped"> {
  done: "parsed";
  columns: WorkerColumns;
  lines: Uint32Array<ArrayBuffer>;
}

/** One for each task, in order. */
export type ParseAnswer =
  | Parsed
  | { done: "no-gzip"; message: string }
  | { done: "too-large"; message: string };

if (!parentPort) throw new TypeError("parse-worker.ts runs as a worker thread alone");
const port = parentPort;
const check = createReadingCheck();

function answer({ body, isGzip, maxBodyBytes, ...limits }: ParseTask): ParseAnswer {
  let bytes: Uint8Array;
  try {
    bytes = isGzip ? unpacked(body, maxBodyBytes) : body;
  } catch (cause) {
    const isTooLarge = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    const message = String(cause);
    return isTooLarge ? { done: "too-large", message } : { done: "no-gzip", message };
  }
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { readings, lines, ...rest } = parseBytes(whole, limits, check);
  return { done: "parsed", columns: toColumns([readings]), lines: Uint32Array.from(lines), ...rest };
}

/** @throws what zlib throws, and where more follows than zlib has read */
function unpacked(body: Uint8Array, maxOutputLength: number): Uint8Array {
  const { buffer, engine } = gunzipSync(body, { maxOutputLength, info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  // It stops at the zeros that pad a tape; readings behind them would be lost without a word.
  if (body.subarray(engine.bytesWritten).some((byte) => byte !== 0)) {
    throw new TypeError("something that is no gzip follows");
  }
  return buffer;
}

port.on("message", (task: ParseTask) => {
  const answered = answer(task);
  const moved = answered.done === "parsed" ? [...transferables(answered.columns), answered.lines.buffer] : [];
  port.postMessage(answered, moved);
});

import { Worker } from "node:worker_threads";
import { createReadingCheck } from "../reading.ts";
import { fromColumns } from "./columns.ts";
import { Overloaded } from "./group-commit.ts";
import { type ParsedBody, type ParseLimits, parseBody } from "./parse-body.ts";
import type { ParseAnswer, ParseTask } from "./parse-worker.ts";
import { WriterError } from "./writer.ts";

/** Up to here a body costs the loop less than handing it over would. */
const INLINE_BYTES = 16_384;
/** Bodies of the largest size that may wait for the thread before further ones are turned away. */
const WAITING_BODIES = 32;

/** The body was not what its header says, or more than is taken once unpacked. */
export class BodyError extends Error {
  override name = "BodyError";
  readonly statusCode: 400 | 413;
  readonly code: "BAD_GZIP" | "BODY_TOO_LARGE";

  constructor(code: "BAD_GZIP" | "BODY_TOO_LARGE", options: ErrorOptions) {
    super(code === "BAD_GZIP" ? "not gzip" : "the body unpacks to more than is taken", options);
    this.code = code;
    this.statusCode = code === "BAD_GZIP" ? 400 : 413;
  }
}

export interface Body {
  bytes: Buffer;
  isGzip: boolean;
}

interface Waiting {
  bytes: number;
  resolve(answer: ParseAnswer): void;
  reject(error: Error): void;
}

/**
 * Parses bodies, all but the small ones in a thread of its own: a megabyte of lines must not keep viewers of the same
 * process from their frames. The thread begins with the first body that needs it.
 */
export function createParser({ maxBodyBytes }: { maxBodyBytes: number }) {
  const check = createReadingCheck();
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let worker: Worker | null = null;

  function begin(): Worker {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const begun = new Worker(new URL(`./parse-worker.${extension}`, import.meta.url));
    begun.unref();
    const end = (cause?: unknown) => {
      if (worker !== begun) return;
      worker = null;
      const lost = waiting;
      waiting = [];
      waitingBytes = 0;
      // The next body begins another.
      for (const { reject } of lost) reject(new WriterError("the parsing thread has ended", { cause }));
    };
    begun.on("error", end);
    begun.on("exit", () => end());
    begun.on("message", (answer: ParseAnswer) => {
      const first = waiting.shift();
      waitingBytes -= first?.bytes ?? 0;
      if (waiting.length === 0) begun.unref();
      first?.resolve(answer);
    });
    return begun;
  }

  function hand(task: ParseTask): Promise<ParseAnswer> {
    const bytes = task.body.length;
    if (waitingBytes > 0 && waitingBytes + bytes > WAITING_BODIES * maxBodyBytes) {
      return Promise.reject(new Overloaded("too many bodies wait to be read; try again later"));
    }
    worker ??= begin();
    worker.ref();
    waitingBytes += bytes;
    worker.postMessage(task, [task.body.buffer]);
    return new Promise((resolve, reject) => waiting.push({ bytes, resolve, reject }));
  }

  return {
    /** @throws BodyError, Overloaded, WriterError */
    async parse({ bytes, isGzip }: Body, limits: ParseLimits): Promise<ParsedBody> {
      if (!isGzip && bytes.length <= INLINE_BYTES) return parseBody(bytes.toString("utf8"), limits, check);
      // A copy: the bytes may lie in a pool that is shared, which could not be handed over.
      const body = new Uint8Array(bytes);
      const answer = await hand({ ...limits, body, isGzip, maxBodyBytes });
      if (answer.done === "too-large") throw new BodyError("BODY_TOO_LARGE", { cause: answer.message });
      if (answer.done === "no-gzip") throw new BodyError("BAD_GZIP", { cause: answer.message });
      const { columns, lines, rejected, isStopped } = answer;
      return { readings: fromColumns(columns), lines: [...lines], rejected, isStopped };
    },
    async close(): Promise<void> {
      await worker?.terminate();
    },
  };
}

export type Parser = ReturnType<typeof createParser>;

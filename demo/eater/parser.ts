import { createReadingCheck } from "../reading.ts";
import { fromColumns } from "./columns.ts";
import { Overloaded } from "./group-commit.ts";
import { type ParsedBody, type ParseLimits, parseBytes } from "./parse-body.ts";
import type { ParseAnswer, ParseTask } from "./parse-worker.ts";
import { createThread } from "./thread.ts";

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

/**
 * Parses bodies, all but the small ones in a thread of its own: a megabyte of lines must not keep viewers of the same
 * process from their frames. The thread begins with the first body that needs it.
 */
export function createParser({ maxBodyBytes }: { maxBodyBytes: number }) {
  const check = createReadingCheck();
  const thread = createThread<ParseTask, ParseAnswer>("parse-worker");
  let waitingBytes = 0;

  async function hand(task: ParseTask): Promise<ParseAnswer> {
    const bytes = task.body.length;
    if (waitingBytes > 0 && waitingBytes + bytes > WAITING_BODIES * maxBodyBytes) {
      throw new Overloaded("too many bodies wait to be read; try again later");
    }
    waitingBytes += bytes;
    try {
      return await thread.ask(task, [task.body.buffer]);
    } finally {
      waitingBytes -= bytes;
    }
  }

  return {
    /** @throws BodyError, Overloaded, WriterError */
    async parse({ bytes, isGzip }: Body, limits: ParseLimits): Promise<ParsedBody> {
      if (!isGzip && bytes.length <= INLINE_BYTES) return parseBytes(bytes, limits, check);
      // A copy: the bytes may lie in a pool that is shared, which could not be handed over.
      const body = new Uint8Array(bytes);
      const answer = await hand({ ...limits, body, isGzip, maxBodyBytes });
      if (answer.done === "too-large") throw new BodyError("BODY_TOO_LARGE", { cause: answer.message });
      if (answer.done === "no-gzip") throw new BodyError("BAD_GZIP", { cause: answer.message });
      const { columns, lines, rejected, isStopped } = answer;
      return { readings: fromColumns(columns), lines: [...lines], rejected, isStopped };
    },
    close: thread.close,
  };
}

export type Parser = ReturnType<typeof createParser>;

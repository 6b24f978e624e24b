import type { Readable, Writable } from "node:stream";

/** What the program may touch of its process. */
export interface ProcessIo {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Resolves when the process is asked to end. */
  stopAsked: Promise<unknown>;
}

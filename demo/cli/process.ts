import type { Readable, Writable } from "node:stream";

/** What the program may touch of its process. */
export interface ProcessIo {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Resolves when the process is asked to end. */
  stopAsked: Promise<unknown>;
}

/** 0 done; 1 internal fault; 2 wrong usage; 4 the other side refused; 5 stopped with readings unsent. */
export type ExitCode = 0 | 1 | 2 | 4 | 5;

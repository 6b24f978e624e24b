import type { Command } from "commander";

/** All that a command may touch of the outside, so that tests can stand in for a terminal, a clock and an environment. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Bytes to stdout. Absent: it takes text alone. */
  outBytes?(bytes: Uint8Array): void;
  /** Resolves once stdout can take more, and other things had their turn. Absent: it takes everything at once. */
  drained?(): Promise<void>;
  /** stdout is a terminal: colour and width may be used. */
  isTerminal: boolean;
  /** stderr is a terminal: progress may be drawn. */
  showsProgress: boolean;
  columns: number;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Now, epoch milliseconds. */
  now(): number;
  /** Milliseconds that a second takes, of waits and pace that GitHub asks for. Absent: a second's own. */
  second?: number;
  /** Aborted by Ctrl-C or SIGTERM; long work stops at the next safe point and throws InterruptedError. */
  signal: AbortSignal;
  /** Asks a human on a terminal; absent or null where there is none. */
  ask?(question: string): Promise<string | null>;
}

/** Every verb's file exports one of these; cli.ts adds them all to the program. */
export type Verb = (io: Io) => Command;

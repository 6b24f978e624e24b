import type { Io } from "../io.ts";

/** Surroundings without a terminal, an environment or a clock that moves; what is printed is gathered. */
export interface QuietIo extends Io {
  /** All that was written to stdout and stderr so far. */
  printed: { out: string; err: string };
  /** Bytes that were written to stdout. */
  printedBytes: Uint8Array[];
}

/** Waits and pace of GitHub's client stay in force, only shorter. */
export const quick = { second: 0.1 };

export function quietIo(given: { cwd: string; now: number; env?: Io["env"]; columns?: number }): QuietIo {
  const printed = { out: "", err: "" };
  const printedBytes: Uint8Array[] = [];
  return {
    printed,
    printedBytes,
    outBytes: (bytes) => void printedBytes.push(bytes),
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    isTerminal: false,
    showsProgress: false,
    columns: given.columns ?? 80,
    env: given.env ?? {},
    cwd: given.cwd,
    now: () => given.now,
    ...quick,
    signal: new AbortController().signal,
  };
}

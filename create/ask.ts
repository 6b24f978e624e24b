import { createInterface } from "node:readline/promises";

/**
 * Asks on a terminal; null where there is none, or where the person ends the input instead of answering.
 * Ctrl-C aborts `stop`, as it does where nothing is asked.
 */
export async function askOnTerminal(question: string, stop: AbortController): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once("SIGINT", () => stop.abort());
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  try {
    return await Promise.race([lines.question(question, { signal: stop.signal }), ended]);
  } finally {
    lines.close();
  }
}

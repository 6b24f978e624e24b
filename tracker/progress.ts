import ora from "ora";
import type { Io } from "./io.ts";

/** A line of progress on stderr, drawn only on a terminal. */
export interface Progress {
  update(text: string): void;
  stop(): void;
}

export function startProgress(io: Io, text: string): Progress {
  if (!io.showsProgress) return { update: () => {}, stop: () => {} };
  const spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  return {
    update: (next) => {
      spinner.text = next;
    },
    stop: () => void spinner.stop(),
  };
}

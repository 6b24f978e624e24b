import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleContent } from "../testing/example-content.ts";

/** One command's time from start to end. Milliseconds of this machine, the median of all rounds. */
export interface StartUpRow {
  what: string;
  value: number;
  /** Against a Node that does nothing, in the same rounds. */
  ratio: number;
  note: string;
}

export interface StartUpBenchOptions {
  rounds: number;
}

export const startUpBenchDefaults: StartUpBenchOptions = { rounds: 15 };

const bin = join(import.meta.dirname, "../bin.mjs");
const sample = join(import.meta.dirname, "../sample");

/** Every command once a round, so that a busy machine slows all of them alike. */
export function benchStartUp({ rounds }: StartUpBenchOptions): StartUpRow[] {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-start-up-"));
  const db = join(folder, "sample.db");
  const reading = ["--db", db, "--content", exampleContent()];
  const commands: [what: string, args: string[], note: string][] = [
    ["node -e 0", ["-e", "0"], "the yardstick"],
    ["--version", [bin, "--version"], "aim: ratio ≤ 4"],
    ["--help", [bin, "--help"], "aim: ratio ≤ 4"],
    ...[["report", "2"], ["board", "2"], ["explain", "2", "committed"], ["debt"], ["kalm"]].map(
      (verb): [string, string[], string] => [verb.join(" "), [bin, ...verb, ...reading], "aim ≤ 600 ms"],
    ),
    ["state", [bin, "state", "--db", db], "aim ≤ 600 ms"],
  ];
  try {
    run([bin, "sync", "--backup", sample, "--db", db]);
    // The first round fills Node's cache of compiled code, as a user's first command does.
    for (const [, args] of commands) run(args);
    const times = commands.map((): number[] => []);
    for (let round = 0; round < rounds; round++)
      for (const [index, [, args]] of commands.entries()) times[index]?.push(run(args));
    const medians = times.map(medianOf);
    const yardstick = medians[0] ?? Number.NaN;
    return commands.map(([what, , note], index) => {
      const value = medians[index] ?? Number.NaN;
      return { what, value, ratio: value / yardstick, note };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from start to end. Throws where the command fails: its time would say nothing. */
function run(args: string[]): number {
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const took = performance.now() - before;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return took;
}

const medianOf = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

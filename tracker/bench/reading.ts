import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../store/open.ts";
import { exampleContent } from "../testing/example-content.ts";
import { writeSyntheticContent } from "./synthetic-content.ts";
import { type SyntheticSize, syntheticPages, syntheticSprint } from "./synthetic-repository.ts";

/** What one reading command takes as a whole process: medians of all rounds. */
export interface ReadingRow {
  what: string;
  value: number;
  unit: "s CPU" | "MB";
  /** Against the same command on the bundled example, in the same rounds: 1 is what starting alone takes. */
  ratio: number;
  note: string;
}

export interface ReadingBenchOptions extends SyntheticSize {
  rounds: number;
}

export const readingBenchDefaults: ReadingBenchOptions = {
  issues: 100_000,
  eventsPerIssue: 10,
  sprints: 100,
  seed: 1,
  rounds: 5,
};

const bin = join(import.meta.dirname, "../bin.mjs");
const sample = join(import.meta.dirname, "../sample");

/** Writes on the fourth stream, as the process ends, what it took. */
const tellsUsage = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 }));
  });
`)}`;

interface Usage {
  /** Seconds of CPU, user and system. */
  cpu: number;
  /** Most memory held at once, MiB. */
  peak: number;
}

/** One question, to the synthetic repository and to the bundled example; null: nothing is promised. */
interface Command {
  what: string;
  big: string[];
  small: string[];
  aims: Record<keyof Usage, number | null>;
}

/**
 * Imports a seeded synthetic repository, then reads it as a user does: one process a question, every question once a
 * round, each beside the same question to the bundled example.
 */
export function benchReading({ rounds, ...size }: ReadingBenchOptions): ReadingRow[] {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-reading-"));
  const db = join(folder, "history.db");
  const small = join(folder, "sample.db");
  const sprint = `${Math.ceil(size.sprints / 2)}`;
  const at = ["--at", new Date(syntheticSprint(size.sprints - 1).end).toISOString()];
  const team = ["--db", db, "--content", join(folder, "content")];
  const example = ["--db", small, "--content", exampleContent()];
  const about = (verb: string, ...rest: string[]): Command => ({
    what: [verb, sprint, ...rest].join(" "),
    big: [verb, sprint, ...rest, ...team],
    small: [verb, "2", ...rest, ...example],
    aims: { cpu: 1, peak: null },
  });
  const state = (...form: string[]): Command => ({
    what: ["state", ...form].join(" "),
    big: ["state", ...form, ...at, "--db", db],
    small: ["state", ...form, ...at, "--db", small],
    aims: { cpu: 2, peak: 150 },
  });
  const commands = [
    about("report"),
    about("board", "--at", "end"),
    about("explain", "committed"),
    state("--json"),
    state(),
  ];
  try {
    importSynthetic(db, size);
    writeSyntheticContent(folder, size.sprints);
    measure(["sync", "--backup", sample, "--db", small]);
    // The first round fills Node's cache of compiled code and the system's cache of the file.
    for (const one of commands) for (const args of [one.big, one.small]) measure(args);
    const measured = commands.map((command) => ({ command, big: [] as Usage[], small: [] as Usage[] }));
    for (let round = 0; round < rounds; round++)
      for (const { command, big, small } of measured) {
        big.push(measure(command.big));
        small.push(measure(command.small));
      }
    return measured.flatMap(rowsOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf({ command, big, small }: { command: Command; big: Usage[]; small: Usage[] }): ReadingRow[] {
  return (["cpu", "peak"] as const).map((kind) => {
    const value = medianOf(big.map((usage) => usage[kind]));
    const aim = command.aims[kind] === null ? "" : `aim ≤ ${command.aims[kind]}; `;
    return {
      what: kind === "cpu" ? command.what : `${command.what}, peak memory`,
      value,
      unit: kind === "cpu" ? "s CPU" : "MB",
      ratio: value / medianOf(small.map((usage) => usage[kind])),
      note: `${aim}ratio to the bundled example`,
    };
  });
}

function importSynthetic(file: string, size: SyntheticSize): void {
  const store = openStore(file);
  try {
    store.setRepository("team/product");
    for (const page of syntheticPages(size)) store.append(page);
    store.refresh();
  } finally {
    store.close();
  }
}

/** What one run of the command took. Throws where it fails: its usage would say nothing. */
function measure(args: string[]): Usage {
  const { status, output } = spawnSync(process.execPath, ["--import", tellsUsage, bin, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const [, , errors, usage] = output;
  if (status !== 0 || !usage) throw new Error(`sprintcast ${args.join(" ")} ended with ${status}: ${errors}`);
  return JSON.parse(usage) as Usage;
}

const medianOf = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

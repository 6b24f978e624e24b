import { type ChildProcess, fork } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { renderTable } from "../tracker/render/text/terminal.ts";
import { type Asked, benchmarks, type Measured } from "./benchmarks.ts";

const names = Object.keys(benchmarks);
/** Runs for minutes: only where it is asked for. */
const LONG = ["soak"];

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= 1440) return minutes;
  throw new InvalidArgumentError("expected minutes, more than 0 and at most 1440, such as 2 or 0.5");
}

const wholeNumbers =
  (most: number) =>
  (text: string, former: number[] = []): number[] => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return [...former, value];
    throw new InvalidArgumentError(`expected whole numbers from 1 to ${most}, such as 10 100`);
  };

const { only, quick, minutes, sprints, rates, json } = new Command("npm run bench --")
  .description("Measures the program on this machine and prints one table. Ratios are within one run.")
  .addOption(
    new Option("--only <name...>", `only these benchmarks; without it all but ${LONG.join(" and ")}`).choices(
      names,
    ),
  )
  .option("--quick", "small sizes: to see that it runs, not to quote")
  .option("--minutes <number>", "how long the soak runs on each store, instead of 10", minutesOf)
  .option(
    "--sprints <number...>",
    "sprints of each site that the benchmark of the build makes, instead of 10, 100 and 1000",
    wholeNumbers(10_000),
  )
  .option(
    "--rates <number...>",
    "readings a second of fanout-rates, instead of 1, 10, 100, 1000, 10000 and 50000",
    wholeNumbers(100_000),
  )
  .option("--json", "print the rows as JSON")
  .parse()
  .opts<{
    only?: string[];
    quick?: boolean;
    minutes?: number;
    sprints?: number[];
    rates?: number[];
    json?: boolean;
  }>();

const chosen = only ?? names.filter((name) => !LONG.includes(name));
if (minutes !== undefined && !chosen.includes("soak"))
  refuse("--minutes is how long the soak runs: add --only soak");
if (sprints !== undefined && !chosen.includes("build"))
  refuse("--sprints is how large the built sites are: add --only build");
if (rates !== undefined && !chosen.includes("fanout-rates"))
  refuse("--rates is how many readings a second are fanned out: add --only fanout-rates");
const asked: Asked = {
  quick: quick === true,
  minutes: minutes ?? null,
  sprints: sprints ?? null,
  rates: rates ?? null,
};
const rows: (Measured & { bench: string })[] = [];
let failed = false;
let running: ChildProcess | null = null;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    if (running?.pid !== undefined) process.kill(-running.pid, "SIGKILL");
    process.exit(5);
  });
}
for (const bench of chosen) {
  process.stderr.write(`${bench} …\n`);
  const measured = await measure(bench);
  if (measured === null) failed = true;
  else rows.push(...measured.map((row) => ({ bench, ...row })));
}
process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
process.exitCode = failed ? 1 : 0;

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

/** null: it failed, and has said why on stderr. Whatever ends this process ends it and all that it has started. */
function measure(bench: string): Promise<Measured[] | null> {
  const child = fork(join(import.meta.dirname, "bench-one.ts"), [bench, JSON.stringify(asked)], {
    detached: true,
  });
  running = child;
  return new Promise((resolve) => {
    let measured: Measured[] | null = null;
    child.on("message", (message) => {
      measured = message as Measured[];
    });
    child.on("error", () => resolve(null));
    child.on("close", (code) => {
      running = null;
      resolve(code === 0 ? measured : null);
    });
  });
}

function table(measured: (Measured & { bench: string })[]): string {
  const columns = [
    { title: "Bench" },
    { title: "What", flexible: true, min: 24 },
    { title: "Value", align: "right" as const },
    { title: "Unit" },
    { title: "Ratio", align: "right" as const },
    { title: "Note", flexible: true, min: 12 },
  ];
  const cells = measured.map((row) => [
    row.bench,
    row.what,
    row.value.toLocaleString("en", { maximumFractionDigits: row.value < 100 ? 2 : 0 }),
    row.unit,
    row.ratio === null ? "" : row.ratio.toFixed(2),
    row.note,
  ]);
  const machine = `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`;
  return `${renderTable(columns, cells, { width: Math.max(80, process.stdout.columns ?? 100) })}\n\n${machine}\n`;
}

import { fork } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { renderTable } from "../tracker/render/text/terminal.ts";
import { benchmarks, type Measured } from "./benchmarks.ts";

const names = Object.keys(benchmarks);
const { only, quick, json } = new Command("npm run bench --")
  .description("Measures the program on this machine and prints one table. Ratios are within one run.")
  .addOption(new Option("--only <name...>", "only these benchmarks").choices(names))
  .option("--quick", "small sizes: to see that it runs, not to quote")
  .option("--json", "print the rows as JSON")
  .parse()
  .opts<{ only?: string[]; quick?: boolean; json?: boolean }>();

const rows: (Measured & { bench: string })[] = [];
let failed = false;
for (const bench of only ?? names) {
  process.stderr.write(`${bench} …\n`);
  const measured = await measure(bench, quick === true);
  if (measured === null) failed = true;
  else rows.push(...measured.map((row) => ({ bench, ...row })));
}
process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
process.exitCode = failed ? 1 : 0;

/** null: it failed, and has said why on stderr. */
function measure(bench: string, small: boolean): Promise<Measured[] | null> {
  const child = fork(join(import.meta.dirname, "bench-one.ts"), [bench, small ? "quick" : "full"]);
  return new Promise((resolve) => {
    let measured: Measured[] | null = null;
    child.on("message", (message) => {
      measured = message as Measured[];
    });
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code === 0 ? measured : null));
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

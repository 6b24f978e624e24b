import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../io.ts";
import { openReports } from "../reports/open-reports.ts";
import { spareMemory } from "../spare-memory.ts";
import { randomOf } from "../testing/random.ts";
import { type BenchRow, row } from "./rows.ts";
import { writeSyntheticContent } from "./synthetic-content.ts";
import { type SyntheticSize, syntheticSprint } from "./synthetic-repository.ts";

export interface HistoryBenchOptions extends Partial<SyntheticSize> {
  /** Random instants asked for boards. */
  boards?: number;
  onProgress?: (text: string) => void;
}

/**
 * Imports a seeded synthetic repository into a database of its own and asks it for boards and reports.
 * Wall-clock figures of this machine, but for the CPU of the import; memory is the peak of a whole process.
 */
export async function benchHistory(options: HistoryBenchOptions = {}): Promise<BenchRow[]> {
  const { issues = 100_000, eventsPerIssue = 10, sprints = 100, seed = 1, boards = 500 } = options;
  // As the command line does, in whose place this process stands.
  spareMemory();
  const size: SyntheticSize = { issues, eventsPerIssue, sprints, seed };
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-bench-"));
  const progress = options.onProgress ?? (() => {});
  try {
    const file = join(folder, "history.db");
    progress(`importing ${issues} issues`);
    const imported = importSynthetic(file, size);
    writeSyntheticContent(folder, sprints);
    progress(`asking for ${boards} boards and ${sprints} reports`);
    const asked = await askBoardsAndReports(folder, file, size, boards);
    const bytes = statSync(file).size;
    return [
      ...imported,
      ...asked,
      row("database", bytes / 1e6, "MB"),
      row("peak memory of asking", process.resourceUsage().maxRSS / 1024, "MB", "≤ 300"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, so that its memory is what an import takes. */
function importSynthetic(file: string, size: SyntheticSize): BenchRow[] {
  const script = join(import.meta.dirname, "import-synthetic.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, JSON.stringify(size)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the import failed: ${stderr}`);
  return JSON.parse(stdout) as BenchRow[];
}

async function askBoardsAndReports(
  folder: string,
  file: string,
  size: SyntheticSize,
  boards: number,
): Promise<BenchRow[]> {
  const random = randomOf(size.seed + 1);
  const source = await openReports(benchIo(folder, size), { db: file, content: join(folder, "content") });
  try {
    const times: number[] = [];
    for (let asked = 0; asked < boards; asked++) {
      const index = Math.floor(random() * size.sprints);
      const { start, end } = syntheticSprint(index);
      const at = start + Math.floor(random() * (end - start));
      const before = performance.now();
      source.boardAt(index + 1, at);
      times.push(performance.now() - before);
    }
    const before = performance.now();
    let committed = 0;
    for (const name of source.names) committed += source.reportOf(name).effort.counts.committed;
    const seconds = (performance.now() - before) / 1000;
    return [
      row("board at any instant, p50", quantile(times, 0.5), "ms"),
      row("board at any instant, p99", quantile(times, 0.99), "ms", "≤ 20"),
      row(`${source.names.length} full reports`, seconds, "s", "≤ 5"),
      row("issues committed per sprint, mean", committed / source.names.length, ""),
    ];
  } finally {
    source.close();
  }
}

/** A command's surroundings in this folder, after the last sprint. */
export function benchIo(cwd: string, size: Pick<SyntheticSize, "sprints">): Io {
  const now = syntheticSprint(size.sprints).end;
  return {
    out: () => {},
    err: () => {},
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    env: {},
    cwd,
    now: () => now,
    signal: new AbortController().signal,
  };
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../io.ts";
import { openReports } from "../reports/open-reports.ts";
import { spareMemory } from "../spare-memory.ts";
import { openStore } from "../store/open.ts";
import { randomOf } from "../testing/random.ts";
import { writeSyntheticContent } from "./synthetic-content.ts";
import { type SyntheticSize, syntheticPages, syntheticSprint } from "./synthetic-repository.ts";

/** One measured figure. `aim` is what the product promises, in words. */
export interface BenchRow {
  what: string;
  value: number;
  unit: string;
  aim: string | null;
}

export interface HistoryBenchOptions extends Partial<SyntheticSize> {
  /** Random instants asked for boards. */
  boards?: number;
  onProgress?: (text: string) => void;
}

/**
 * Imports a seeded synthetic repository into a database of its own and asks it for boards and reports.
 * Wall-clock figures of this machine; memory is the peak of the whole process.
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
    const importPeak = process.resourceUsage().maxRSS / 1024;
    progress(`asking for ${boards} boards and ${sprints} reports`);
    const asked = await askBoardsAndReports(folder, file, size, boards);
    const bytes = statSync(file).size;
    return [
      ...imported,
      ...asked,
      row("database", bytes / 1e6, "MB"),
      row("peak memory after the import", importPeak, "MB", "≤ 250"),
      row("peak memory of the process", process.resourceUsage().maxRSS / 1024, "MB", "≤ 300"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importSynthetic(file: string, size: SyntheticSize): BenchRow[] {
  const store = openStore(file);
  try {
    store.setRepository("team/product");
    let generating = 0;
    let events = 0;
    const start = performance.now();
    const pages = syntheticPages(size);
    for (;;) {
      const before = performance.now();
      const page = pages.next();
      generating += performance.now() - before;
      if (page.done) break;
      events += store.append(page.value).events;
    }
    const appended = performance.now();
    store.refresh();
    const seconds = (performance.now() - start - generating) / 1000;
    return [
      row("issues", store.counts().issues, ""),
      row("events", events, ""),
      row("import with intervals", events / seconds, "events/s", "≥ 150,000"),
      row("of it: appending", (appended - start - generating) / 1000, "s"),
      row("of it: folding into intervals", seconds - (appended - start - generating) / 1000, "s"),
    ];
  } finally {
    store.close();
  }
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
    for (const number of source.numbers) committed += source.reportOf(number).effort.counts.committed;
    const seconds = (performance.now() - before) / 1000;
    return [
      row("board at any instant, p50", quantile(times, 0.5), "ms"),
      row("board at any instant, p99", quantile(times, 0.99), "ms", "≤ 20"),
      row(`${source.numbers.length} full reports`, seconds, "s", "≤ 5"),
      row("issues committed per sprint, mean", committed / source.numbers.length, ""),
    ];
  } finally {
    source.close();
  }
}

function benchIo(cwd: string, size: SyntheticSize): Io {
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

function row(what: string, value: number, unit: string, aim: string | null = null): BenchRow {
  return { what, value: Math.round(value * 100) / 100, unit, aim };
}

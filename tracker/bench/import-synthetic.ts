import { spareMemory } from "../spare-memory.ts";
import { openStore } from "../store/open.ts";
import { type BenchRow, row } from "./rows.ts";
import { type SyntheticSize, syntheticPages } from "./synthetic-repository.ts";

/** Seconds on the wall and of CPU (user and system). */
interface Spent {
  wall: number;
  cpu: number;
}

const now = (): Spent => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
};
const since = (start: Spent, end = now()): Spent => ({
  wall: end.wall - start.wall,
  cpu: end.cpu - start.cpu,
});

/** Imports a seeded synthetic repository into a new database; making it up does not count. */
function importSynthetic(file: string, size: SyntheticSize): BenchRow[] {
  const store = openStore(file);
  try {
    store.setRepository("team/product");
    const appending: Spent = { wall: 0, cpu: 0 };
    let events = 0;
    for (const page of syntheticPages(size)) {
      const start = now();
      events += store.append(page).events;
      const took = since(start);
      appending.wall += took.wall;
      appending.cpu += took.cpu;
    }
    const start = now();
    store.refresh();
    const folding = since(start);
    const rate = (of: keyof Spent) => events / (appending[of] + folding[of]);
    return [
      row("issues", store.counts().issues, ""),
      row("events", events, ""),
      row("import with intervals", rate("wall"), "events/s", "≥ 150,000"),
      row("the same, by CPU", rate("cpu"), "events/s"),
      row("of it: appending", appending.wall, "s"),
      row("of it: folding into intervals", folding.wall, "s"),
      row("peak memory of the import", process.resourceUsage().maxRSS / 1024, "MB", "≤ 250"),
    ];
  } finally {
    store.close();
  }
}

// As the command line does, in whose place this process stands.
spareMemory();
const [, , file = "", size = ""] = process.argv;
process.stdout.write(JSON.stringify(importSynthetic(file, JSON.parse(size) as SyntheticSize)));

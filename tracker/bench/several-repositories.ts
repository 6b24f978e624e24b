import { join } from "node:path";
import { openReports } from "../reports/open-reports.ts";
import { spareMemory } from "../spare-memory.ts";
import { openHistoryFile } from "../store/open.ts";
import { randomOf } from "../testing/random.ts";
import { benchIo } from "./history-bench.ts";
import type { WayTaken } from "./repositories.ts";
import { writeSyntheticContent } from "./synthetic-content.ts";
import { type SyntheticSize, syntheticPages, syntheticSprint } from "./synthetic-repository.ts";

type Dealt = SyntheticSize & { count: number };

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds of CPU that some work takes. */
async function timed(work: () => void | Promise<void>): Promise<number> {
  const start = cpu();
  await work();
  return cpu() - start;
}

/** Deals the issues to the repositories, of which the first have one more where it does not come out even. */
async function importAll(file: string, names: readonly string[], size: Dealt): Promise<number> {
  const history = openHistoryFile(file);
  let taken = 0;
  try {
    for (const [index, name] of names.entries()) {
      const issues = Math.floor(size.issues / size.count) + (index < size.issues % size.count ? 1 : 0);
      const store = history.storeFor(name);
      store.setRepository(name);
      // Making the pages up does not count.
      for (const page of syntheticPages({ ...size, issues, seed: size.seed + index }))
        taken += await timed(() => void store.append(page));
      taken += await timed(() => store.refresh());
    }
    return taken;
  } finally {
    history.close();
  }
}

async function takeWay(folder: string, size: Dealt): Promise<WayTaken> {
  const names = Array.from({ length: size.count }, (_, index) => `team/part-${index + 1}`);
  const file = join(folder, "history.db");
  const importing = await importAll(file, names, size);
  writeSyntheticContent(folder, size.sprints, names);
  const source = await openReports(benchIo(folder, size), { db: file, content: join(folder, "content") });
  try {
    let committed = 0;
    const reports = await timed(() => {
      for (const name of source.names) committed += source.reportOf(name).effort.counts.committed;
    });
    const random = randomOf(size.seed);
    const boards = await timed(() => {
      for (let asked = 0; asked < 200; asked += 1) {
        const index = Math.floor(random() * size.sprints);
        const { start, end } = syntheticSprint(index);
        source.boardAt(index + 1, start + Math.floor(random() * (end - start)));
      }
    });
    const peak = process.resourceUsage().maxRSS / 1024;
    return { import: importing, reports, boards, peak, committed };
  } finally {
    source.close();
  }
}

// As the command line does, in whose place this process stands.
spareMemory();
const [, , folder = "", size = ""] = process.argv;
process.stdout.write(JSON.stringify(await takeWay(folder, JSON.parse(size) as Dealt)));

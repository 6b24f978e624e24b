import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "d3-array";
import { present } from "../core/model/present.ts";
import type { SyntheticSize } from "./synthetic-repository.ts";

/** What a team's work costs where it lies in so many repositories: medians of all rounds. */
export interface RepositoriesRow {
  what: string;
  value: number;
  unit: "s CPU" | "MB";
  /** Against one repository of the same size, in the same rounds. */
  ratio: number;
  note: string;
}

export interface RepositoriesBenchOptions extends SyntheticSize {
  /** How many repositories `issues` are dealt to; the first is what the others are held against. */
  counts: readonly number[];
  rounds: number;
}

export const repositoriesBenchDefaults: RepositoriesBenchOptions = {
  issues: 60_000,
  eventsPerIssue: 10,
  sprints: 60,
  seed: 1,
  counts: [1, 3, 10],
  rounds: 3,
};

/** What one process took for its share of the way: seconds of CPU, and at most so many MB at once. */
export interface WayTaken {
  import: number;
  reports: number;
  boards: number;
  peak: number;
  /** Issues that the reports hold as committed: the same work, however it is dealt out. */
  committed: number;
}

const steps = [
  ["import", "appending and folding", "s CPU"],
  ["reports", "the reports of all sprints", "s CPU"],
  ["boards", "200 boards at any instant", "s CPU"],
  ["peak", "most memory held", "MB"],
] as const;

/** The way from what GitHub answered to reports, for each number of repositories in a process of its own. */
export function benchRepositories(options: RepositoriesBenchOptions): RepositoriesRow[] {
  const taken = new Map<number, WayTaken[]>(options.counts.map((count) => [count, []]));
  // Round by round, so that what else the machine does falls on all alike.
  for (let round = 0; round < options.rounds; round += 1)
    for (const [count, list] of taken) list.push(takeWay(count, options));
  const first = present(taken.get(present(options.counts[0])));
  return [...taken].flatMap(([count, list]) =>
    steps.map(([key, what, unit]): RepositoriesRow => {
      const of = (some: readonly WayTaken[]) => present(median(some.map((one) => one[key])));
      const committed = Math.round(present(median(list.map((one) => one.committed))));
      return {
        what: `${what}: ${options.issues.toLocaleString("en")} issues in ${count} ${count === 1 ? "repository" : "repositories"}`,
        value: of(list),
        unit,
        ratio: of(list) / of(first),
        note:
          key === "reports"
            ? `${committed.toLocaleString("en")} tasks committed in ${options.sprints} sprints`
            : "",
      };
    }),
  );
}

function takeWay(count: number, options: RepositoriesBenchOptions): WayTaken {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-bench-"));
  try {
    const script = join(import.meta.dirname, "several-repositories.ts");
    const size = JSON.stringify({ ...options, count });
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, size], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${count} repositories: ${stderr}`);
    return JSON.parse(stdout) as WayTaken;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { readFileSync } from "node:fs";

/** What something took, in seconds. */
export interface Took {
  wall: number;
  /** Processor time, user and system, of all child processes and of theirs; null where the system does not tell. */
  processor: number | null;
}

/** Times `run`, which works in child processes that nothing else starts meanwhile. */
export async function timeOf(run: () => Promise<unknown>): Promise<Took> {
  const [start, before] = [performance.now(), childrenTime()];
  await run();
  const after = childrenTime();
  return {
    wall: (performance.now() - start) / 1000,
    processor: before === null || after === null ? null : after - before,
  };
}

/** The least of some runs of the same thing: what else the machine did only ever adds. */
export function leastOf(runs: readonly Took[]): Took {
  const processor = runs.flatMap((run) => run.processor ?? []);
  return {
    wall: Math.min(...runs.map(({ wall }) => wall)),
    processor: processor.length === 0 ? null : Math.min(...processor),
  };
}

/** Of the children that have ended, as Linux adds it up, in ticks of a hundredth. Node tells its own process's alone. */
function childrenTime(): number | null {
  try {
    const [, fields = ""] = readFileSync("/proc/self/stat", "utf8").split(/\) /);
    const [user = 0, system = 0] = fields.split(" ").slice(13, 15).map(Number);
    return (user + system) / 100;
  } catch {
    return null;
  }
}

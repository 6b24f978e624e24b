import { readdirSync, readFileSync } from "node:fs";

/**
 * Processor time that a process has used, user and system, of all its threads: seconds, read from outside. To the
 * nanosecond where the kernel tells it so finely, else in ticks of a hundredth.
 */
export function cpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const times = threads.map((thread) =>
      Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]),
    );
    return times.reduce((sum, ns) => sum + ns, 0) / 1e9;
  } catch {
    const [, fields = ""] = read(`/proc/${pid}/stat`).split(/\) /);
    const [user = 0, system = 0] = fields.split(" ").slice(11, 13).map(Number);
    return (user + system) / 100;
  }
}

/** Resident memory of a process, bytes. */
export function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN) * 1024;
}

const read = (file: string) => readFileSync(file, "utf8");

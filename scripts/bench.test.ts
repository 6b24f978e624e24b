import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const isLinux = existsSync("/proc/self/task");
if (!isLinux) console.warn("SKIPPED: how a benchmark ends, which is read from /proc.");

const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
};
/** A zombie has ended, whoever has yet to hear of it. */
const runs = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

it.runIf(isLinux).each([
  ["SIGTERM", 5],
  ["SIGINT", 5],
  ["SIGKILL", null],
] as const)("a benchmark that is ended by %s leaves none of its servers behind", async (signal, code) => {
  const args = ["--only", "fanout-rates", "--quick", "--rates", "10"];
  const bench = spawn(process.execPath, [join(import.meta.dirname, "bench.ts"), ...args], {
    stdio: "ignore",
  });
  const ended = once(bench, "exit");
  const started = () => childrenOf(bench.pid ?? 0).flatMap((one) => childrenOf(one).concat(one));
  // The process of the benchmark, a server, and the viewers'.
  await expect.poll(() => started().length).toBeGreaterThanOrEqual(3);
  const pids = started();
  bench.kill(signal);
  expect((await ended)[0]).toBe(code);
  await expect.poll(() => pids.filter(runs)).toEqual([]);
});

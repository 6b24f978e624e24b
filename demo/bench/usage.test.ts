import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { cpuOf, memoryOf } from "./usage.ts";

/** A process that sleeps until its input ends. @returns what ends it, too */
async function startIdle() {
  const child = spawn(process.execPath, ["-e", 'process.stdin.resume(); console.log("ready")']);
  await once(child.stdout, "data");
  const end = async () => {
    const ended = once(child, "exit");
    child.stdin.end();
    await ended;
  };
  return { pid: child.pid ?? 0, end };
}

describe("what a process has used", () => {
  it("of the processor is what the process itself says, and grows with its work", () => {
    const before = { seen: cpuOf(process.pid), own: process.cpuUsage() };
    let sum = 0;
    while (process.cpuUsage(before.own).user < 200_000) for (let n = 0; n < 1e5; n += 1) sum += Math.sqrt(n);
    const { user, system } = process.cpuUsage(before.own);
    const seen = cpuOf(process.pid) - before.seen;
    expect(sum).toBeGreaterThan(0);
    // Threads that ended meanwhile are not seen; the kernel counts in ticks where it counts no finer.
    expect(Math.abs(seen - (user + system) / 1e6)).toBeLessThan(0.1);
  });

  it("of memory is what the process itself says", () => {
    const { rss } = process.memoryUsage();
    expect(Math.abs(memoryOf(process.pid) / rss - 1)).toBeLessThan(0.2);
  });

  it("is another's own, and hardly grows while it sleeps", async () => {
    const idle = await startIdle();
    const before = cpuOf(idle.pid);
    expect(before).toBeGreaterThan(0);
    expect(memoryOf(idle.pid)).toBeGreaterThan(1e6);
    expect(cpuOf(idle.pid) - before).toBeLessThan(0.5);
    await idle.end();
    // What is gone is an error, and no process without any need.
    expect(() => cpuOf(idle.pid)).toThrow(/ENOENT|ESRCH/);
    expect(() => memoryOf(idle.pid)).toThrow(/ENOENT|ESRCH/);
  });
});

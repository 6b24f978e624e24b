import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { present } from "../demo/testing/present.ts";

const root = join(import.meta.dirname, "..");
const bin = join(root, "demo/bin.mjs");
const cli = join(root, "demo/cli/cli.ts");

let folder: string;
let leader: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-end-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { start: `node ${cli} all` } }));
});
// Each server takes seconds to start where the machine is busy, and there is one for each process of a chain.
vi.setConfig({ testTimeout: 300_000 });
afterEach(() => {
  // Whatever a failed test left behind.
  if (leader?.pid && chainOf(leader.pid).length > 0) process.kill(-leader.pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const bash = ["/bin/bash", "/usr/bin/bash"].find(existsSync);

interface Way {
  how: string;
  command: [program: string, ...args: string[]];
  cwd?: string;
  /** A shell waits between npm and the program, and keeps a SIGINT that is sent to npm or to it alone. */
  hasShell?: boolean;
}

/** A chain of one process, of two, and of npm's three; bash leaves none of its own between npm and the program. */
const ways: Way[] = [
  { how: "the bin", command: [process.execPath, bin, "all"] },
  {
    how: "the bin, under a Node that reads no TypeScript",
    command: [process.execPath, "--no-experimental-strip-types", bin, "all"],
  },
  { how: "npx", command: ["npx", "--script-shell=sh", "sprintcast-demo", "all"], cwd: root, hasShell: true },
  ...(bash ? [{ how: "npm start", command: ["npm", "start", `--script-shell=${bash}`] } as Way] : []),
];

interface Process {
  pid: number;
  ppid: number;
  name: string;
}

/** The processes of a group, each behind its parent. */
function chainOf(group: number): Process[] {
  const all = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,comm="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , pgid, stat]) => Number(pgid) === group && !stat?.startsWith("Z"))
    .map(([pid, ppid, , , name = ""]) => ({ pid: Number(pid), ppid: Number(ppid), name }));
  const depth = ({ ppid }: Process): number => {
    const parent = all.find((other) => other.pid === ppid);
    return parent ? 1 + depth(parent) : 0;
  };
  return all.toSorted((a, b) => depth(a) - depth(b));
}

/** Starts a server in a process group of its own, as a terminal or a service does; resolves once it listens. */
async function start({ command, cwd = folder }: Way) {
  const port = await getPort({ host: "127.0.0.1" });
  const db = join(folder, "demo.db");
  const [program, ...args] = command;
  leader = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      SPRINTCAST_DEMO_DB: db,
      SPRINTCAST_DEMO_PORT: `${port}`,
      npm_config_offline: "true",
    },
  });
  let log = "";
  leader.stderr?.on("data", (text) => {
    log += text;
  });
  await expect.poll(() => log, { interval: 50 }).toContain("Server listening");
  return { group: present(leader.pid), port, db };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Nobody of the group is left, the port is free, and the database was closed in order, not by a crash. */
async function expectDrained({ group, port, db }: Awaited<ReturnType<typeof start>>): Promise<void> {
  await expect.poll(() => chainOf(group), { interval: 100 }).toEqual([]);
  // A process of many threads may be gone a moment before its last thread, and the port, are.
  await expect.poll(() => answers(port), { interval: 100 }).toBe(false);
  expect(existsSync(db)).toBe(true);
  expect(existsSync(`${db}-wal`)).toBe(false);
}

describe.each(ways)("a server started by $how", (way) => {
  // A chain is as long as npm, its shell and the launcher make it.
  test.each([
    ["SIGTERM", 0],
    ["SIGINT", way.hasShell ? 2 : 0],
  ] as const)("drains on %s, whoever of its chain is sent it, from number %i on", async (signal, first) => {
    for (let index: number = first, length = index + 1; index < length; index += 1) {
      const server = await start(way);
      const chain = chainOf(server.group);
      length = chain.length;
      process.kill(present(chain[index]).pid, signal);
      await expectDrained(server);
    }
  });

  test("drains on Ctrl-C, which a terminal sends to all of the chain", async () => {
    const server = await start(way);
    process.kill(-server.group, "SIGINT");
    await expectDrained(server);
  });
});

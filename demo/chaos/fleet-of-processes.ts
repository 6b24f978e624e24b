import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import type { Batch } from "../protocol.ts";
import type { StartedServer } from "../testing/start-process.ts";
import { startNats } from "../testing/start-process.ts";
import { startBalancer } from "./balancer.ts";
import { openChaosStore } from "./chaos-store.ts";
import type { Victim } from "./plan.ts";

export interface ChaosSettings {
  seed: number;
  /** Kills of each victim. */
  times: number;
  /** Readings a second. */
  rate: number;
  devices: number;
  viewers: number;
  natsServer: string;
  /** The folder of PostgreSQL's programs, for two eaters on one server; null for one eater on SQLite. */
  postgres: string | null;
  /** More options of the programs, as the environment names them. */
  env?: Record<string, string>;
}

export interface Processes {
  state: string;
  natsUrl: string;
  liveUrl: string;
  /** Waits until the victim runs, ends it with SIGKILL, and starts it again after `deadMs`. */
  kill(victim: Victim, deadMs: number): Promise<void>;
  /** Asks the feeder to drain and end; resolves to its exit code. */
  drainFeeder(): Promise<number | null>;
  /** What is stored behind `offset`. */
  batchAfter(offset: number, limit: number): Promise<Batch | null>;
  /** What the database takes on the disk, bytes. */
  storeSize(): Promise<number>;
  /** Process ids by program, of those that run. */
  pids(): [program: string, pid: number][];
  close(): Promise<void>;
}

type Program = Exclude<Victim, "nats-server" | "postgres">;

const CLI = fileURLToPath(new URL("../cli/cli.ts", import.meta.url));

/** Starts nats-server, eaters, live process, feeder and where wanted PostgreSQL, each a process of its own, on free ports. */
export async function startProcesses(settings: ChaosSettings): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), "chaos-"));
  const state = join(folder, "feeder.ndjson");
  const nats = await startNats(settings.natsServer);
  const natsUrl = `nats://127.0.0.1:${nats.port}`;
  const store = await openChaosStore(folder, settings.postgres);
  const ports = await freePorts();
  const eaters: ("eater" | "second eater")[] =
    settings.postgres === null ? ["eater"] : ["eater", "second eater"];
  const balancer = startBalancer(
    ports.front,
    eaters.map((eater) => ports[eater]),
  );
  const args = argsOf(settings, { natsUrl, state, ports });
  const programs: Program[] = [...eaters, "feeder", ...(settings.viewers > 0 ? ["live" as const] : [])];
  const children = createChildren(args, { ...process.env, ...store.env, ...settings.env }, ports);
  programs.forEach(children.begin);
  await Promise.all(programs.map(children.up));
  const servers: Partial<Record<Victim, Pick<StartedServer, "kill" | "start">>> = {
    "nats-server": nats,
    ...(store.server ? { postgres: store.server } : {}),
  };

  return {
    state,
    natsUrl,
    liveUrl: `ws://127.0.0.1:${ports.live}/live`,
    async kill(victim, deadMs) {
      const server = servers[victim];
      if (server) {
        await server.kill();
        await sleep(deadMs);
        await server.start();
      } else await children.kill(victim as Program, deadMs);
    },
    drainFeeder: () => children.drain("feeder"),
    batchAfter: store.batchAfter,
    storeSize: store.size,
    pids: children.pids,
    async close() {
      await children.close();
      balancer.close();
      await nats.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Ports = Record<"front" | "eater" | "second eater" | "live", number>;

async function freePorts(): Promise<Ports> {
  const free = () => getPort({ host: "127.0.0.1" });
  return { front: await free(), eater: await free(), "second eater": await free(), live: await free() };
}

/** Processes of the demo, which are begun again when they end of themselves, as whoever runs them would. */
function createChildren(args: Record<Program, string[]>, env: NodeJS.ProcessEnv, ports: Ports) {
  const children = new Map<Program, ChildProcess>();
  const wanted = new Set<Program>();
  let feederBegan: Promise<unknown> = Promise.resolve();

  function begin(program: Program): void {
    const stdio = program === "feeder" ? "pipe" : "inherit";
    const child = spawn(process.execPath, [CLI, ...args[program]], {
      env,
      stdio: ["ignore", "ignore", stdio],
    });
    children.set(program, child);
    wanted.add(program);
    child.once("exit", () => {
      if (wanted.has(program) && children.get(program) === child) begin(program);
    });
    // The first line a feeder logs says that it has begun, and that it would heed a signal.
    if (child.stderr) feederBegan = new Promise((resolve) => child.stderr?.on("data", resolve));
  }

  async function end(program: Program, signal: NodeJS.Signals): Promise<number | null> {
    wanted.delete(program);
    const child = children.get(program);
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  const up = (program: Program): Promise<unknown> =>
    program === "feeder" ? feederBegan : answers(`http://127.0.0.1:${ports[program]}/healthz`);
  return {
    begin,
    up,
    pids: (): [program: string, pid: number][] =>
      [...children].flatMap(([program, { pid }]) => (pid === undefined ? [] : [[program, pid]])),
    async kill(program: Program, deadMs: number): Promise<void> {
      await up(program);
      await end(program, "SIGKILL");
      await sleep(deadMs);
      begin(program);
    },
    async drain(program: Program): Promise<number | null> {
      await up(program);
      return end(program, "SIGTERM");
    },
    async close(): Promise<void> {
      await Promise.all([...children.keys()].map((program) => end(program, "SIGKILL")));
    },
  };
}

/** The command line of each program. */
function argsOf(
  settings: ChaosSettings,
  at: { natsUrl: string; state: string; ports: Ports },
): Record<Program, string[]> {
  // That a commit fails while PostgreSQL is away is what is meant to happen.
  const quiet = ["--log-level", settings.postgres === null ? "error" : "fatal"];
  const bus = ["--bus", at.natsUrl, "--service-timeout-ms", "1000"];
  const eater = (port: number) => ["eater", ...quiet, ...bus, "--port", `${port}`, "--replay", "100000"];
  return {
    eater: eater(at.ports.eater),
    "second eater": eater(at.ports["second eater"]),
    live: ["live", ...quiet, ...bus, "--port", `${at.ports.live}`, "--replay", "100000"],
    feeder: [
      ...["feeder", "--url", `http://127.0.0.1:${at.ports.front}`, "--state", at.state],
      ...["--rate", `${settings.rate}`, "--devices", `${settings.devices}`, "--seed", `${settings.seed}`],
      // Late readings would make the order per source impossible to check; duplicates only help.
      ...["--late", "0", "--duplicates", "0.02", "--flush-ms", "50"],
      // Only a bound: what a busy machine has yet to send is sent, and nothing waits longer than that takes.
      ...["--backoff-first-ms", "20", "--backoff-max-ms", "300", "--drain-ms", "600000"],
    ],
  };
}

/** Resolves once the address answers with 200. */
async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
  throw new Error(`${url} does not answer after 20 s`);
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { openDatabase } from "../eater/database.ts";
import { addToken } from "../eater/tokens.ts";
import { startNats } from "../testing/start-process.ts";
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
}

export interface Processes {
  folder: string;
  db: string;
  state: string;
  natsUrl: string;
  liveUrl: string;
  /** Waits until the victim runs, ends it with SIGKILL, and starts it again after `deadMs`. */
  kill(victim: Victim, deadMs: number): Promise<void>;
  /** Asks the feeder to drain and end; resolves to its exit code. */
  drainFeeder(): Promise<number | null>;
  close(): Promise<void>;
}

type Program = Exclude<Victim, "nats-server">;

const CLI = fileURLToPath(new URL("../cli/cli.ts", import.meta.url));
/** Starts nats-server, eater, live process and feeder, each a process of its own, on free ports. */
export async function startProcesses(settings: ChaosSettings): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), "chaos-"));
  const [db, state] = [join(folder, "eater.db"), join(folder, "feeder.ndjson")];
  const nats = await startNats(settings.natsServer);
  const natsUrl = `nats://127.0.0.1:${nats.port}`;
  const ports = { eater: await getPort({ host: "127.0.0.1" }), live: await getPort({ host: "127.0.0.1" }) };
  const tokenDb = openDatabase(db);
  const token = addToken(tokenDb, "chaos", Date.now());
  tokenDb.close();

  const args = argsOf(settings, { natsUrl, db, state, ...ports });
  const children = new Map<Program, ChildProcess>();
  let feederBegan: Promise<unknown> = Promise.resolve();
  const begin = (program: Program): void => {
    const child = spawn(process.execPath, [CLI, ...args[program]], {
      env: { ...process.env, SPRINTCAST_DEMO_TOKEN: token },
      stdio: ["ignore", "ignore", program === "feeder" ? "pipe" : "inherit"],
    });
    children.set(program, child);
    // The first line a feeder logs says that it has begun, and that it would heed a signal.
    if (child.stderr) feederBegan = new Promise((resolve) => child.stderr?.on("data", resolve));
  };
  const up: Record<Program, () => Promise<unknown>> = {
    eater: () => answers(`http://127.0.0.1:${ports.eater}/healthz`),
    live: () => answers(`http://127.0.0.1:${ports.live}/healthz`),
    feeder: () => feederBegan,
  };
  const programs: Program[] = settings.viewers > 0 ? ["eater", "live", "feeder"] : ["eater", "feeder"];
  programs.forEach(begin);
  await Promise.all(programs.map((program) => up[program]()));

  return {
    folder,
    db,
    state,
    natsUrl,
    liveUrl: `ws://127.0.0.1:${ports.live}/live`,
    async kill(victim, deadMs) {
      if (victim === "nats-server") {
        await nats.kill();
        await sleep(deadMs);
        await nats.start();
        return;
      }
      await up[victim]();
      await end(children.get(victim), "SIGKILL");
      await sleep(deadMs);
      begin(victim);
    },
    drainFeeder: async () => {
      await up.feeder();
      return end(children.get("feeder"), "SIGTERM");
    },
    async close() {
      await Promise.all([...children.values()].map((child) => end(child, "SIGKILL")));
      await nats.close();
    },
  };
}

/** The command line of each program. */
function argsOf(
  settings: ChaosSettings,
  at: { natsUrl: string; db: string; state: string; eater: number; live: number },
): Record<Program, string[]> {
  const quiet = ["--log-level", "error"];
  const bus = ["--bus", at.natsUrl, "--service-timeout-ms", "1000"];
  return {
    eater: ["eater", ...quiet, ...bus, "--port", `${at.eater}`, "--db", at.db, "--replay", "100000"],
    live: ["live", ...quiet, ...bus, "--port", `${at.live}`, "--replay", "100000"],
    feeder: [
      ...["feeder", "--url", `http://127.0.0.1:${at.eater}`, "--state", at.state],
      ...["--rate", `${settings.rate}`, "--devices", `${settings.devices}`, "--seed", `${settings.seed}`],
      // Late readings would make the order per source impossible to check; duplicates only help.
      ...["--late", "0", "--duplicates", "0.02", "--flush-ms", "50"],
      ...["--backoff-first-ms", "20", "--backoff-max-ms", "300", "--drain-ms", "30000"],
    ],
  };
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  child.kill(signal);
  return ended;
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

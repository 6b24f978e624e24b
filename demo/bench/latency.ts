import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { quantile } from "d3-array";
import { createDemoApp } from "../app/app.ts";
import { openDatabase } from "../eater/database.ts";
import { addToken } from "../eater/tokens.ts";
import type { SteadyLoad } from "./latency-load.ts";
import { startViewers } from "./viewers/start-viewers.ts";

export interface LatencyBenchSettings {
  viewers: number;
  stalled: number;
  sampled: number;
  /** Readings per second, posted to the eater every `everyMs`. */
  rate: number;
  everyMs: number;
  seconds: number;
}

export const latencyBenchDefaults: LatencyBenchSettings = {
  viewers: 500,
  stalled: 0,
  sampled: 20,
  rate: 2000,
  everyMs: 10,
  seconds: 15,
};

export interface LatencyRow {
  name: string;
  p50: number;
  p99: number;
  /** Growth of the server's resident memory over the run, MiB, shared among the stalled viewers; null without any. */
  mibPerStalled: number | null;
  note: string;
}

/**
 * Measures from a reading's making to its arrival at a viewer, through everything between: the POST, check, commit
 * to disk, bus, flush wait, websocket. Milliseconds; of `sampled` viewers among all.
 */
export async function benchLatency(changes: Partial<LatencyBenchSettings> = {}): Promise<LatencyRow> {
  const settings = { ...latencyBenchDefaults, ...changes };
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const db = join(folder, "eater.db");
  const tokens = openDatabase(db);
  const token = addToken(tokens, "bench", 0);
  tokens.close();
  const app = await createDemoApp({
    values: { db, maxRequests: 1_000_000 },
    parts: { eater: true, feeder: false, live: true },
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const { rate, everyMs, viewers, stalled, sampled, seconds } = settings;
  const load = steadyLoad({ url: `http://127.0.0.1:${port}`, token, rate, everyMs });
  await wait(1);
  const before = process.memoryUsage().rss;
  const clients = await startViewers({ dialect: "live", port, viewers, stalled, sampled });
  await wait(3);
  await clients.mark();
  await wait(seconds);
  const latencies = (await clients.latencies()).sort((a, b) => a - b);
  const grown = process.memoryUsage().rss - before;
  await load.terminate();
  await clients.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
  const round = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10;
  return {
    name: `feed to screen, ${viewers} viewers${stalled ? `, ${stalled} of them stalled` : ""}, ${rate} readings/s`,
    p50: round(quantile(latencies, 0.5)),
    p99: round(quantile(latencies, 0.99)),
    mibPerStalled: stalled > 0 ? round(grown / stalled / 2 ** 20) : null,
    note: `${latencies.length} arrivals at ${sampled} viewers over ${seconds} s`,
  };
}

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function steadyLoad(work: SteadyLoad): Worker {
  return new Worker(fileURLToPath(new URL("./latency-load.ts", import.meta.url)), { workerData: work });
}

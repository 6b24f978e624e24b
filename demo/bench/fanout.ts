import { median } from "d3-array";
import { METRICS } from "../feeder/fleet.ts";
import type { Batch } from "../protocol.ts";
import type { ClientsOrder } from "./fanout-clients.ts";
import { type FanOut, naive, ours, rawTcp, shared, socketIo } from "./fanout-servers.ts";
import type { BenchRow } from "./ingest.ts";
import { startViewers } from "./viewers-process.ts";

export interface FanOutBenchSettings {
  viewers: number;
  /** Readings per frame: 40 is 20 ms of 2,000 readings a second. */
  batch: number;
  frames: number;
  /** Frames on their way at most, so that no side builds up a queue. */
  inFlight: number;
  rounds: number;
}

export const fanOutBenchDefaults: FanOutBenchSettings = {
  viewers: 500,
  batch: 40,
  frames: 300,
  inFlight: 20,
  rounds: 5,
};

const WAYS: [name: string, kind: ClientsOrder["kind"], make: (batch: number) => Promise<FanOut>][] = [
  ["raw TCP, the same bytes", "tcp", rawTcp],
  ["sprintcast live", "live", ours],
  ["ws, one buffer for all", "websocket", shared],
  ["ws, JSON.stringify per client", "websocket", naive],
  ["socket.io", "socket.io", socketIo],
];

/** What one run took: its time, ms, and the server's processor, seconds. */
interface Took {
  ms: number;
  cpu: number;
}

/** Frames a second, and the server's processor for a million of them, seconds. */
interface FanOutRow extends BenchRow {
  cpuPerMillion: number;
}

/**
 * Measures in turns, in one run, how many frames a second reach the viewers: written by the server and taken off the
 * sockets by viewers in another process. `ratio` is against raw TCP.
 */
export async function benchFanOut(settings: FanOutBenchSettings = fanOutBenchDefaults): Promise<FanOutRow[]> {
  const rounds: Took[][] = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    const took: Took[] = [];
    for (const [, kind, make] of WAYS) took.push(await run(kind, make, settings));
    rounds.push(took);
  }
  const { viewers, batch, frames } = settings;
  return WAYS.map(([name], index) => {
    const ms = median(rounds, (took) => took[index]?.ms) ?? Number.NaN;
    const cpu = median(rounds, (took) => took[index]?.cpu) ?? Number.NaN;
    // Round by round, since the machine's own pace may drift from one to the next.
    const ratio = median(rounds, (took) => (took[0]?.ms ?? Number.NaN) / (took[index]?.ms ?? Number.NaN));
    return {
      name: `fan-out of ${batch}: ${name}`,
      cpuPerMillion: (cpu / (frames * viewers)) * 1e6,
      perSecond: Math.round(((frames * viewers) / ms) * 1000),
      ratio: Math.round((ratio ?? Number.NaN) * 100) / 100,
      note: `frames of ${batch} readings a second to ${viewers} viewers, median of ${settings.rounds}`,
    };
  });
}

async function run(
  kind: ClientsOrder["kind"],
  make: (batch: number) => Promise<FanOut>,
  settings: FanOutBenchSettings,
): Promise<Took> {
  const server = await make(settings.batch);
  const { viewers, inFlight } = settings;
  await server.send(batchOf(1, settings.batch));
  const clients = await startViewers({ kind, port: server.port, viewers, stalled: 0, sampled: 0 });
  let next = 2;
  await warmUp();
  await clients.mark();
  const begun = performance.now();
  const before = process.cpuUsage();
  let expected = 0;
  for (let frame = 0; frame < settings.frames; frame += 1) {
    const batch = batchOf(next++, settings.batch);
    expected += server.bytesOf(batch) * viewers;
    await server.send(batch);
    if (frame % inFlight === inFlight - 1) await clients.received(expected);
  }
  await clients.received(expected);
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  await clients.close();
  await server.close();
  return { ms, cpu: (user + system) / 1e6 };

  /** Until the greetings are over and the code is hot. */
  async function warmUp(): Promise<void> {
    for (let frame = 0; frame < 20; frame += 1) await server.send(batchOf(next++, settings.batch));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function batchOf(number: number, size: number): Batch {
  const from = (number - 1) * size + 1;
  const readings = Array.from({ length: size }, (_, index) => ({
    source: `device-${String((from + index) % 500).padStart(4, "0")}`,
    seq: Math.floor((from + index) / 500),
    at: 1_790_000_000_000 + from + index,
    metric: METRICS[(from + index) % METRICS.length] ?? METRICS[0],
    value: Math.round(Math.sin(from + index) * 10_000) / 100,
  }));
  return { epoch: "bench", from, to: from + size - 1, readings };
}

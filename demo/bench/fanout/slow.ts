import { setTimeout as sleep } from "node:timers/promises";
import { mean, sum } from "d3-array";
import { cpuOf, memoryOf } from "../usage.ts";
import { startViewers } from "../viewers/start-viewers.ts";
import { openFeed } from "./feed.ts";
import { type Way, waysHere } from "./ways.ts";

export interface SlowSettings {
  viewers: number;
  /** Of them. */
  slow: number;
  /** What a slow one reads. */
  bytesPerSecond: number;
  /** Readings a second, in messages of 20 ms. */
  rate: number;
  seconds: number;
}

export const slowDefaults: SlowSettings = {
  viewers: 100,
  slow: 20,
  bytesPerSecond: 100_000,
  rate: 10_000,
  seconds: 20,
};

export interface SlowRow {
  name: string;
  /** Share of the readings that those who keep up were shown, of the one that was shown least and on average. */
  fastLeast: number;
  fastMean: number;
  /** Share that the slow were shown in full, and as latest values only; and how far they are behind at the end on average, s. */
  slowMean: number;
  slowConflated: number;
  slowBehind: number;
  /** How often they were cut; they came back a second later. */
  slowCuts: number;
  cpuPerMillion: number;
  /** Growth of the server's memory over the run, bytes. */
  grown: number;
}

/** Measures what becomes of those who keep up, and of those who do not, and of the server, while some are slow. */
export async function benchSlow(settings: SlowSettings = slowDefaults): Promise<SlowRow[]> {
  const rows: SlowRow[] = [];
  for (const way of waysHere()) rows.push(await run(way, settings));
  return rows;
}

async function run(way: Way, settings: SlowSettings): Promise<SlowRow> {
  const { viewers, slow, bytesPerSecond, rate, seconds } = settings;
  const server = await way.start(0);
  const feed = await openFeed(way, server);
  feed.send(1, 1);
  const crowd = await startViewers({
    dialect: way.dialect,
    port: server.port,
    viewers,
    slow: { viewers: slow, bytesPerSecond },
  });
  const running = feed.run({ rate, isBatched: true });
  await sleep(1000);
  await crowd.mark();
  const head = feed.head();
  const before = { cpu: cpuOf(server.pid), memory: memoryOf(server.pid) };
  await sleep(seconds * 1000);
  running.stop();
  const end = feed.head();
  const grown = memoryOf(server.pid) - before.memory;
  await sleep(500);
  const cpu = cpuOf(server.pid) - before.cpu;
  const tallies = await crowd.tallies();
  await crowd.close();
  feed.close();
  await server.close();
  const made = end - head;
  const [slows, fasts] = [tallies.slice(0, slow), tallies.slice(slow)];
  const all = sum(tallies, ({ readings }) => readings);
  const share = (readings: number | undefined) => Math.min(1, (readings ?? Number.NaN) / made);
  return {
    name: way.name,
    fastLeast: share(Math.min(...fasts.map(({ readings }) => readings))),
    fastMean: share(mean(fasts, ({ readings }) => readings)),
    slowMean: share(mean(slows, ({ readings }) => readings)),
    slowConflated: share(mean(slows, ({ conflated }) => conflated)),
    slowBehind: (end - (mean(slows, ({ last }) => last) ?? Number.NaN)) / rate,
    slowCuts: sum(slows, ({ cuts }) => cuts),
    cpuPerMillion: (cpu / all) * 1e6,
    grown,
  };
}

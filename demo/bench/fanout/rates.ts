import { setTimeout as sleep } from "node:timers/promises";
import { sum } from "d3-array";
import { cpuOf } from "../usage.ts";
import { startViewers } from "../viewers/start-viewers.ts";
import { openFeed } from "./feed.ts";
import { type Way, waysHere } from "./ways.ts";

export interface RatesSettings {
  /** Readings a second. */
  rates: number[];
  viewers: number;
  /** Readings a second to all viewers together, past which there are fewer, so that they keep up: batched, and one a message. */
  mostBatched: number;
  mostSingle: number;
  seconds: number;
}

export const ratesDefaults: RatesSettings = {
  rates: [1, 10, 100, 1000, 10_000, 50_000],
  viewers: 500,
  mostBatched: 2_500_000,
  mostSingle: 200_000,
  seconds: 5,
};

export interface RateRow {
  name: string;
  rate: number;
  viewers: number;
  isBatched: boolean;
  /** Server's processor for a million readings delivered, seconds; NaN where none were. */
  cpuPerMillion: number;
  /** Readings delivered a second. */
  perSecond: number;
  /** Of those published, in full, by the end and a second more. */
  share: number;
}

/** Fewer would share what a reading costs before it is sent among too few. */
const LEAST_VIEWERS = 20;

/**
 * Measures every server at every rate, as the readings come: in messages of 20 ms, and each in a message of its own.
 * @param begins told of each measurement before it, and of "" behind the last
 */
export async function benchRates(
  settings: RatesSettings,
  begins: (what: string) => void = () => {},
): Promise<RateRow[]> {
  const rows: RateRow[] = [];
  const ways = waysHere();
  for (const rate of settings.rates) {
    for (const isBatched of [true, false]) {
      for (const way of ways) {
        begins(`${rate}/s, ${isBatched ? "in messages of 20 ms" : "one a message"}: ${way.name}`);
        rows.push(await run(way, rate, isBatched, settings));
      }
    }
  }
  begins("");
  return rows;
}

async function run(way: Way, rate: number, isBatched: boolean, settings: RatesSettings): Promise<RateRow> {
  const most = isBatched ? settings.mostBatched : settings.mostSingle;
  const viewers = Math.min(settings.viewers, Math.max(LEAST_VIEWERS, Math.floor(most / rate)));
  const server = await way.start(0);
  const feed = await openFeed(way, server);
  feed.send(1, 1);
  const crowd = await startViewers({ dialect: way.dialect, port: server.port, viewers });
  const running = feed.run({ rate, isBatched });
  await sleep(1500);
  await crowd.mark();
  const head = feed.head();
  const begun = performance.now();
  const before = cpuOf(server.pid);
  await sleep(settings.seconds * 1000);
  running.stop();
  const made = (feed.head() - head) * viewers;
  await Promise.race([crowd.shown(made), sleep(1000)]);
  const cpu = cpuOf(server.pid) - before;
  const seconds = (performance.now() - begun) / 1000;
  const shown = sum(await crowd.tallies(), ({ readings }) => readings);
  await crowd.close();
  feed.close();
  await server.close();
  return {
    name: way.name,
    rate,
    viewers,
    isBatched,
    cpuPerMillion: (cpu / shown) * 1e6,
    perSecond: shown / seconds,
    share: Math.min(1, shown / made),
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { sum } from "d3-array";
import { cpuOf } from "../usage.ts";
import { startViewers } from "../viewers/start-viewers.ts";
import { openFeed } from "./feed.ts";
import { type Way, waysHere } from "./ways.ts";

export interface StormSettings {
  viewers: number;
  /** Readings a second, in messages of 20 ms. */
  rate: number;
  /** How long the viewers stay away. */
  awaySeconds: number;
  /** How long it may take until all have caught up, before it is called off. */
  patienceSeconds: number;
}

export const stormDefaults: StormSettings = { viewers: 500, rate: 2000, awaySeconds: 1, patienceSeconds: 20 };

export interface StormRow {
  name: string;
  /** From the return until what was published came to all again without delay; null where it never did. */
  caughtUpSeconds: number | null;
  /** Share of the readings published from the cut until all had caught up that a viewer was shown, on average. */
  share: number;
  /** Viewers that missed a reading. */
  withGaps: number;
  /** Processor of the server in that time, seconds. */
  cpu: number;
}

/** What is published comes to all without delay when it takes no longer than this, ms. */
const DELAY_MS = 500;

/** Measures what it takes to have all viewers back that were cut at once and come back at once. */
export async function benchStorm(settings: StormSettings = stormDefaults): Promise<StormRow[]> {
  const rows: StormRow[] = [];
  for (const way of waysHere()) rows.push(await run(way, settings));
  return rows;
}

async function run(way: Way, settings: StormSettings): Promise<StormRow> {
  const { viewers, rate, awaySeconds, patienceSeconds } = settings;
  const server = await way.start(0);
  const feed = await openFeed(way, server);
  feed.send(1, 1);
  const crowd = await startViewers({ dialect: way.dialect, port: server.port, viewers, resumes: true });
  const running = feed.run({ rate, isBatched: true });
  await sleep(3000);
  await crowd.mark();
  const before = cpuOf(server.pid);
  const patienceMs = patienceSeconds * 1000;
  const cutAt = performance.now();
  await crowd.storm({ awayMs: awaySeconds * 1000, patienceMs });
  const caughtUpSeconds = await untilCaughtUp();
  const cpu = cpuOf(server.pid) - before;
  running.stop();
  await crowd.allAt(feed.head(), 2000);
  const tallies = await crowd.tallies();
  await crowd.close();
  feed.close();
  await server.close();
  const shown = sum(tallies, ({ readings }) => readings);
  const missed = sum(tallies, (tally) => tally.missed + Math.max(0, feed.head() - tally.last));
  return {
    name: way.name,
    caughtUpSeconds,
    share: shown / (shown + missed),
    withGaps: tallies.filter((tally) => tally.missed > 0).length,
    cpu,
  };

  /** Seconds since the viewers' return. */
  async function untilCaughtUp(): Promise<number | null> {
    const returned = cutAt + awaySeconds * 1000;
    const left = () => returned + patienceMs - performance.now();
    while (left() > 0) {
      const asked = performance.now();
      const behind = await crowd.allAt(feed.head(), left());
      const now = performance.now();
      if (behind === 0 && now - asked <= DELAY_MS) return (asked - returned) / 1000;
    }
    return null;
  }
}

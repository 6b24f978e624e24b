import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { median } from "d3-array";
import { cpuOf } from "../usage.ts";
import { startViewers } from "../viewers/start-viewers.ts";
import { openFeed } from "./feed.ts";
import { type Way, waysHere } from "./ways.ts";

export interface FramesSettings {
  viewers: number;
  /** Readings per frame: 40 is 20 ms of 2,000 readings a second. */
  batch: number;
  frames: number;
  /** Frames on their way at most, so that no side builds up a queue. */
  inFlight: number;
  rounds: number;
}

export const framesDefaults: FramesSettings = {
  viewers: 500,
  batch: 40,
  frames: 300,
  inFlight: 20,
  rounds: 5,
};

/** What one run took: its time, ms, and the server's processor, seconds. */
interface Took {
  ms: number;
  cpu: number;
}

/** Frames a second, and the server's processor for a million of them, seconds. Ratios are against ours. */
export interface FramesRow {
  name: string;
  perSecond: number;
  cpuPerMillion: number;
  cpuRatio: number;
}

/**
 * Measures in turns, in one run, what it takes to bring every frame to every viewer, one frame a message: the server in
 * a process of its own, its processor time read from outside, the viewers in another.
 */
export async function benchFrames(settings: FramesSettings = framesDefaults): Promise<FramesRow[]> {
  const ways = waysHere();
  const rounds: Took[][] = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    const took: Took[] = [];
    for (const way of ways) took.push(await run(way, settings));
    rounds.push(took);
  }
  const all = settings.frames * settings.viewers;
  const of = (pick: (took: Took[]) => number) => median(rounds, pick) ?? Number.NaN;
  return ways.map(({ name }, index) => {
    const mine = (took: Took[]) => took[index] ?? { ms: Number.NaN, cpu: Number.NaN };
    return {
      name,
      perSecond: (all / of((took) => mine(took).ms)) * 1000,
      cpuPerMillion: (of((took) => mine(took).cpu) / all) * 1e6,
      // Round by round, since the machine's own pace may drift from one to the next.
      cpuRatio: of((took) => mine(took).cpu / (took[0]?.cpu ?? Number.NaN)),
    };
  });
}

async function run(way: Way, { viewers, batch, frames, inFlight }: FramesSettings): Promise<Took> {
  const server = await way.start(batch);
  const feed = await openFeed(way, server);
  feed.send(1, batch);
  const crowd = await startViewers({ dialect: way.dialect, port: server.port, viewers });
  // Until the greetings are over and the code is hot.
  for (let warm = 0; warm < 5; warm += 1) {
    feed.send(inFlight, batch);
    await sleep(200);
  }
  await sleep(500);
  await crowd.mark();
  const begun = performance.now();
  const before = cpuOf(server.pid);
  for (let sent = 1; sent <= frames; sent += 1) {
    feed.send(1, batch);
    // Each in a turn of its own: frames that come in one piece could leave in one.
    await turn();
    if (sent % inFlight === 0 || sent === frames) await crowd.shown(sent * batch * viewers);
  }
  const took = { ms: performance.now() - begun, cpu: cpuOf(server.pid) - before };
  await crowd.close();
  feed.close();
  await server.close();
  return took;
}

import { setTimeout as sleep } from "node:timers/promises";
import { median } from "d3-array";
import { cpuOf } from "../usage.ts";
import { startViewers, type ViewersProcess } from "../viewers/start-viewers.ts";
import { type Feed, openFeed } from "./feed.ts";
import { type Way, waysHere } from "./ways.ts";

export interface FramesSettings {
  viewers: number;
  /** Readings per frame: 40 is 20 ms of 2,000 readings a second. */
  batch: number;
  frames: number;
  rounds: number;
}

export const framesDefaults: FramesSettings = {
  viewers: 500,
  batch: 40,
  frames: 200,
  rounds: 5,
};

/** What one run took: its time, ms, and the server's processor, seconds. */
interface Took {
  ms: number;
  cpu: number;
}

/** Frames a second, and the server's processor for a million of them, seconds, of the rounds in which none was left out. Ratios are against ours. */
export interface FramesRow {
  name: string;
  perSecond: number;
  cpuPerMillion: number;
  cpuRatio: number;
}

/**
 * Measures in turns, in one run, what it takes to bring every frame to every viewer, one frame a message: the server in
 * a process of its own, its processor time read from outside, the viewers in another.
 * @param begins told of each measurement before it, and of "" behind the last
 */
export async function benchFrames(
  settings: FramesSettings,
  begins: (what: string) => void = () => {},
): Promise<FramesRow[]> {
  const ways = waysHere();
  const rounds: Took[][] = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    const took: Took[] = [];
    for (const way of ways) {
      begins(`round ${round + 1} of ${settings.rounds}, frames of ${settings.batch}: ${way.name}`);
      took.push(await run(way, settings).catch(leftOut));
    }
    rounds.push(took);
  }
  begins("");
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

/** That a server drops a frame is said, and the others are measured all the same. */
function leftOut(error: unknown): Took {
  if (!(error instanceof FrameMissed)) throw error;
  process.stderr.write(`${error.message}\n`);
  return { ms: Number.NaN, cpu: Number.NaN };
}

class FrameMissed extends Error {
  override name = "FrameMissed";
}

/** Frames until the code is hot. */
const WARM_UP = 60;

async function run(way: Way, { viewers, batch, frames }: FramesSettings): Promise<Took> {
  const server = await way.start(batch);
  const feed = await openFeed(way, server);
  feed.send(1, batch);
  const crowd = await startViewers({ dialect: way.dialect, port: server.port, viewers });
  try {
    await allGreeted(way.name, feed, crowd, batch);
    await sendAll(WARM_UP);
    const begun = performance.now();
    const before = cpuOf(server.pid);
    await sendAll(frames);
    return { ms: performance.now() - begun, cpu: cpuOf(server.pid) - before };
  } finally {
    await crowd.close();
    feed.close();
    await server.close();
  }

  /** Each once the one before has come to all: frames that wait together could leave in one piece. */
  async function sendAll(count: number): Promise<void> {
    await crowd.mark();
    for (let sent = 1; sent <= count; sent += 1) {
      feed.send(1, batch);
      await allShown(way.name, crowd, sent * batch * viewers);
    }
  }
}

/** Sends a frame now and then until one has come to every viewer. */
async function allGreeted(name: string, feed: Feed, crowd: ViewersProcess, batch: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    feed.send(1, batch);
    await sleep(100);
    const tallies = await crowd.tallies();
    if (tallies.every(({ last }) => last === feed.head())) return;
  }
  throw new FrameMissed(`${name}: after 30 s some viewers are still not shown what is published`);
}

/** A frame that is left out would be waited for without end. */
async function allShown(name: string, crowd: ViewersProcess, readings: number): Promise<void> {
  const patience = new AbortController();
  const late = sleep(60_000, null, { signal: patience.signal }).then(
    () =>
      Promise.reject(new FrameMissed(`${name}: after 60 s some viewers were still not shown every frame`)),
    () => {},
  );
  await Promise.race([crowd.shown(readings), late]);
  patience.abort();
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Bus, Subscription } from "../bus/bus.ts";
import type { Batch } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import type { Timeline } from "./timeline.ts";

const RETRY_MS = 1000;

export interface Follower {
  /** False until the bus has answered once, and has brought what it then held. */
  hasBegun(): boolean;
  close(): Promise<void>;
}

/**
 * Follows the bus from far enough back to fill the ring, with the shared snapshot for everything before. Where the
 * bus has no beginning and no snapshot is there yet, it is asked for again until it comes.
 * @param merged called when a snapshot made the latest values whole
 */
export function follow(
  parts: { bus: Bus; snapshots: SnapshotStore; timeline: Timeline; ringReadings: number },
  deliver: (batch: Batch) => void,
  merged: () => void,
  warn: (error: unknown, message: string) => void,
): Follower {
  const { bus, snapshots, timeline, ringReadings } = parts;
  const stop = new AbortController();
  let subscription: Subscription | null = null;
  let completing = false;
  let isEmpty = false;

  async function complete(): Promise<void> {
    if (completing || timeline.whole()) return;
    completing = true;
    while (!stop.signal.aborted && !timeline.whole()) {
      const snapshot = await snapshots.read().catch((error) => {
        warn(error, "the shared snapshot could not be read; trying again");
        return null;
      });
      if (snapshot && timeline.merge(snapshot)) merged();
      else await sleep(RETRY_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
    completing = false;
  }

  async function start(): Promise<void> {
    const [latest, snapshot] = await Promise.all([bus.latest(), snapshots.read().catch(() => null)]);
    const from = latest ? Math.max(0, latest.offset - ringReadings) : 0;
    const useful = snapshot && latest && snapshot.epoch === latest.epoch;
    // Without a snapshot all that the bus keeps is needed; with an old one, all since.
    const after = useful ? { epoch: latest.epoch, offset: Math.min(from, snapshot.offset) } : null;
    subscription = await bus.subscribe(after, (batch) => {
      deliver(batch);
      void complete();
    });
    isEmpty = latest === null;
    if (stop.signal.aborted) await subscription.close();
  }

  async function startUntilDone(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        return await start();
      } catch (error) {
        if (stop.signal.aborted) return;
        warn(error, "the bus could not be followed; trying again");
        await sleep(RETRY_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      }
    }
  }

  const starting = startUntilDone();
  return {
    hasBegun: () => isEmpty || timeline.head() !== null,
    async close() {
      stop.abort();
      await Promise.race([starting, sleep(RETRY_MS, undefined, { ref: false })]);
      await subscription?.close();
    },
  };
}

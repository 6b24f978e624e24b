import type { Batch } from "../protocol.ts";
import { batchAfter, endOf, sizeOf } from "./batch.ts";
import type { Bus, Position, Subscription } from "./bus.ts";

interface Subscriber {
  held: Position | null;
  deliver(batch: Batch): void;
}

/**
 * The bus within one process. Keeps the newest batches, at least `keepReadings` readings where there were so many,
 * for subscribers that come later.
 */
export function createMemoryBus({ keepReadings }: { keepReadings: number }): Bus {
  const kept: Batch[] = [];
  let keptReadings = 0;
  let newest: Position | null = null;
  const subscribers = new Set<Subscriber>();

  function hand(subscriber: Subscriber, batch: Batch): void {
    const lacking = batchAfter(batch, subscriber.held);
    if (!lacking) return;
    subscriber.held = endOf(lacking);
    subscriber.deliver(lacking);
  }

  function dropOldest(): void {
    for (let oldest = kept[0]; oldest; oldest = kept[0]) {
      if (keptReadings - sizeOf(oldest) < keepReadings) return;
      kept.shift();
      keptReadings -= sizeOf(oldest);
    }
  }

  return {
    async publish(batch) {
      const lacking = batchAfter(batch, newest);
      if (!lacking) return;
      if (newest && newest.epoch !== batch.epoch) {
        kept.length = 0;
        keptReadings = 0;
      }
      newest = endOf(lacking);
      kept.push(lacking);
      keptReadings += sizeOf(lacking);
      dropOldest();
      for (const subscriber of [...subscribers]) hand(subscriber, lacking);
    },
    async latest() {
      return newest;
    },
    async subscribe(after, deliver): Promise<Subscription> {
      const subscriber: Subscriber = { held: after, deliver };
      for (const batch of [...kept]) hand(subscriber, batch);
      subscribers.add(subscriber);
      return {
        async close() {
          subscribers.delete(subscriber);
        },
      };
    },
    connected: () => true,
    async close() {
      subscribers.clear();
    },
  };
}

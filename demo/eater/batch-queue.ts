import { batchAfter } from "../bus/batch.ts";
import type { Position } from "../bus/bus.ts";
import type { Batch } from "../protocol.ts";

/**
 * Batches on their way to the bus, at most `maxQueued` readings. Past that all are dropped: the database has them, and
 * reading them back costs less than memory that grows for as long as the bus is away.
 */
export function createBatchQueue(maxQueued: number) {
  const queue: Batch[] = [];
  let queued = 0;

  function drop(): void {
    queued -= queue.shift()?.readings.length ?? 0;
  }

  return {
    add(batch: Batch): void {
      queue.push(batch);
      queued += batch.readings.length;
      if (queued <= maxQueued) return;
      queue.length = 0;
      queued = 0;
    },
    /** What follows `position` without a gap; null where the database must be asked. Drops what the bus has. */
    next(position: Position): Batch | null {
      for (let head = queue[0]; head; head = queue[0]) {
        // Of another epoch only when the epoch was renewed since; the database then has it under the new one.
        const lacking = head.epoch === position.epoch ? batchAfter(head, position) : null;
        if (lacking) return lacking.from > position.offset + 1 ? null : lacking;
        drop();
      }
      return null;
    },
  };
}

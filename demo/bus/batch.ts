import type { Batch } from "../protocol.ts";
import type { Position } from "./bus.ts";

/**
 * What of `batch` a holder of `position` still lacks: the whole batch, its tail, or null. A batch of another epoch is
 * lacking whole.
 */
export function batchAfter(batch: Batch, position: Position | null): Batch | null {
  if (!position || position.epoch !== batch.epoch || batch.from > position.offset) return batch;
  if (batch.to <= position.offset) return null;
  const readings = batch.readings.slice(position.offset - batch.from + 1);
  return { epoch: batch.epoch, from: position.offset + 1, to: batch.to, readings };
}

/** The batch's identity, under which a bus that knows it already drops it. */
export function batchId({ epoch, from, to }: Omit<Batch, "readings">): string {
  return `${epoch}:${from}-${to}`;
}

export function endOf({ epoch, to }: Omit<Batch, "readings">): Position {
  return { epoch, offset: to };
}

export function sizeOf({ from, to }: Omit<Batch, "readings">): number {
  return to - from + 1;
}

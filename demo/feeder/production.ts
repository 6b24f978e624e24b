import type { Bell } from "./bell.ts";
import type { Source } from "./fleet-source.ts";
import type { Journal } from "./journal.ts";
import { type Outbox, pack } from "./outbox.ts";

export interface ProductionSettings {
  maxBatch: number;
  /** Readings that may wait unacknowledged before the source is paused. */
  outboxLimit: number;
}

/**
 * Packs what the source yields into journal and outbox, in that order, until the source ends or `stop` aborts.
 * @param changed rung for what is added; waited for while the outbox is full
 */
export async function produce(
  makeSource: (signal: AbortSignal) => Source,
  { journal, outbox, changed }: { journal: Journal; outbox: Outbox; changed: Bell },
  { maxBatch, outboxLimit }: ProductionSettings,
  clock: () => number,
  stop: AbortSignal,
): Promise<void> {
  let nextBatch = journal.state.nextBatch;
  const name = () => `${journal.state.feeder}:${nextBatch++}`;
  for await (const { emissions, cursor, handed } of makeSource(stop)) {
    const entries = pack(emissions, clock(), maxBatch, name);
    await journal.write({ put: entries, cursor, nextBatch, ...(handed ? { handed } : {}) });
    entries.forEach(outbox.add);
    changed.ring();
    while (outbox.readings() >= outboxLimit && !stop.aborted) await changed.wait();
  }
}

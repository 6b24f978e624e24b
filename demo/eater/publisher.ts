import { ExponentialBackoff, fullJitterGenerator, handleAll, retry } from "cockatiel";
import { untilAborted } from "../abort.ts";
import { endOf } from "../bus/batch.ts";
import type { Bus, Position } from "../bus/bus.ts";
import type { Batch } from "../protocol.ts";
import { createBatchQueue } from "./batch-queue.ts";

export interface PublisherSettings {
  /** Readings before the newest that a bus which knows nothing is given first, so that viewers can resume. */
  replay: number;
  /** Readings held in memory for a slow bus; beyond that they are read from the database again. */
  maxQueued: number;
  /** Most readings in one batch: a message of the bus must stay below the size its server takes (NATS: 1 MiB). */
  chunk: number;
}

export interface PublisherSource {
  epoch(): string;
  committed(): number;
  /** Brings both up to date, where other eaters commit to the same database. */
  refresh(): Promise<void>;
  /** False while another eater publishes. */
  leads(): boolean;
  batchAfter(offset: number, limit: number): Promise<Batch | null>;
  /** Called when the bus holds offsets this database never gave out (it was put back from a copy). */
  renewEpoch(): Promise<void>;
}

export interface PublisherEvents {
  failed(error: unknown): void;
  published(batch: Batch): void;
}

/**
 * Carries committed batches to the bus, in order, one at a time, for ever. The database is the outbox and the bus
 * itself says how far it came, so nothing needs to be remembered across a crash: at the start, and after every
 * failure, publishing goes on behind the newest offset the bus has.
 */
export function createPublisher(
  bus: Bus,
  source: PublisherSource,
  settings: PublisherSettings,
  events: PublisherEvents,
) {
  const queue = createBatchQueue(settings.maxQueued);
  let at: Position | null = null;
  let connected = false;
  let wake: () => void = () => {};
  const stop = new AbortController();
  const policy = retryForEver();
  policy.onFailure(({ reason }) => {
    connected = false;
    at = null;
    if ("error" in reason && !stop.signal.aborted) events.failed(reason.error);
  });

  async function locate(): Promise<Position> {
    const position = await bus.latest();
    // After it: what the bus has was committed before.
    await source.refresh();
    if (position?.epoch === source.epoch()) {
      if (position.offset <= source.committed()) return position;
      await source.renewEpoch();
    }
    return { epoch: source.epoch(), offset: Math.max(0, source.committed() - settings.replay) };
  }

  async function next(position: Position): Promise<Batch | null> {
    const queued = queue.next(position);
    if (queued) return beginningOf(queued, settings.chunk);
    return source.committed() > position.offset ? source.batchAfter(position.offset, settings.chunk) : null;
  }

  async function publishNext(): Promise<boolean> {
    if (!source.leads()) {
      at = null;
      return false;
    }
    // A database that lost its last commits gives their offsets out again, in a new epoch.
    if (at?.epoch !== source.epoch()) at = null;
    at ??= await locate();
    connected = true;
    const batch = await next(at);
    if (!batch || !source.leads()) return false;
    await bus.publish(batch);
    at = endOf(batch);
    events.published(batch);
    return true;
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const more = await untilAborted(policy.execute(publishNext, stop.signal), stop.signal);
      if (!more && !stop.signal.aborted) await woken;
    }
  }

  const running = run().catch((error) => {
    if (!stop.signal.aborted) events.failed(error);
  });

  return {
    offer(batch: Batch): void {
      if (source.leads()) queue.add(batch);
      wake();
    },
    /** There may be something to publish, or somebody else to do it. */
    wake: () => wake(),
    /** The last offset the bus is known to hold; 0 when it is not known. */
    publishedTo: () => at?.offset ?? 0,
    // A connection that is gone is known before what is under way on it has failed.
    connected: () => bus.connected() && (connected || !source.leads()),
    async close(): Promise<void> {
      stop.abort();
      wake();
      await running;
    },
  };
}

function retryForEver() {
  return retry(handleAll, {
    maxAttempts: Number.POSITIVE_INFINITY,
    backoff: new ExponentialBackoff({ generator: fullJitterGenerator, initialDelay: 50, maxDelay: 2000 }),
  });
}

function beginningOf(batch: Batch, length: number): Batch {
  if (batch.readings.length <= length) return batch;
  return { ...batch, to: batch.from + length - 1, readings: batch.readings.slice(0, length) };
}

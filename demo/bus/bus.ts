import type { Batch } from "../protocol.ts";

/** Where a subscriber stands: the last offset it holds of an epoch. */
export interface Position {
  epoch: string;
  offset: number;
}

export interface Subscription {
  close(): Promise<void>;
}

/**
 * Carries committed batches from one eater to any number of live processes.
 * A batch's identity is (epoch, from, to): publishing it twice delivers it once, so an eater that died
 * between commit and publish simply publishes again from its database.
 */
export interface Bus {
  /** Resolves once the bus holds the batch (for NATS: once the stream stored it). */
  publish(batch: Batch): Promise<void>;
  /** The newest position the bus knows, or null when nothing was ever published. */
  latest(): Promise<Position | null>;
  /** Delivers batches in offset order, first those after `after` that the bus still keeps, then each new one. */
  subscribe(after: Position | null, deliver: (batch: Batch) => void): Promise<Subscription>;
  /** False while nothing can come over the bus, because what carries it is away. */
  connected(): boolean;
  close(): Promise<void>;
}

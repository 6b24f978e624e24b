import type { Batch } from "../protocol.ts";
import type { PackedSnapshot } from "../snapshot/snapshot.ts";
import type { Anomaly } from "./reader.ts";
import type { RollupPage, RollupQuery } from "./rollups.ts";
import type { TokenHash } from "./tokens.ts";
import type { Writer } from "./writer.ts";

/** How far a store is: the last offset committed, and the epoch it belongs to. */
export interface Stand {
  epoch: string;
  committed: number;
}

/** Questions to a store that keep nothing else waiting. */
export interface Questions {
  /** @throws Overloaded, WriterError */
  rollups(query: RollupQuery): Promise<RollupPage>;
  /** @throws Overloaded, WriterError */
  anomalies(after: number, limit: number): Promise<Anomaly[]>;
  /** The latest value of every series in use, as far as derived. @throws WriterError */
  snapshot(): Promise<PackedSnapshot>;
}

/** Where an eater keeps its readings, and what it derives from them. */
export interface Store {
  writer: Writer;
  questions: Questions;
  /** How far it was when it was opened. */
  opened: Stand;
  stand(): Promise<Stand>;
  /**
   * The stored readings that follow `offset`, at most `limit`; null when there are none. Begins later than
   * `offset + 1` when retention has dropped what lay between; never has a hole inside.
   */
  batchAfter(offset: number, limit: number): Promise<Batch | null>;
  /** Those that every eater on this store takes. */
  tokens(): Promise<readonly TokenHash[]>;
  /** Whether this eater is the one of all on this store that publishes, derives and drops. */
  leads(): boolean;
  close(): Promise<void>;
}

/** What a store tells its eater. */
export interface StoreEvents {
  /** An eater, this one or another, has committed up to here. */
  moved(to: Stand): void;
  /** This eater leads now, or no longer. */
  led(): void;
  warn(error: unknown, message: string): void;
}

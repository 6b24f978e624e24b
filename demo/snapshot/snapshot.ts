/** Latest value of every metric of every source: `state[source][metric] = [at, value]`, complete up to `offset`. */
export interface Snapshot {
  epoch: string;
  offset: number;
  state: Record<string, Record<string, [at: number, value: number]>>;
}

/** Shares the newest snapshot between live processes. Losing it costs a replay from the bus, never a reading. */
export interface SnapshotStore {
  read(): Promise<Snapshot | null>;
  /** Keeps `snapshot` unless a newer one (same epoch, higher offset) is already there. */
  write(snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/** Latest value of every metric of every source: `state[source][metric] = [at, value]`, complete up to `offset`. */
export interface Snapshot {
  epoch: string;
  offset: number;
  state: Record<string, Record<string, [at: number, value: number]>>;
}

/** A snapshot whose state is the bytes of its JSON, as it comes from a thread and goes to a server. */
export interface PackedSnapshot extends Omit<Snapshot, "state"> {
  json: Uint8Array;
}

/** Shares the newest snapshot between live processes. Losing it costs a replay from the bus, never a reading. */
export interface SnapshotStore {
  read(): Promise<Snapshot | null>;
  /**
   * Takes note that there is a newer snapshot, unless one at least as new (same epoch) is known. Of a large fleet it
   * is costly to make: a store makes it when it has to.
   */
  offer(at: Omit<Snapshot, "state">, make: () => Promise<PackedSnapshot>): Promise<void>;
  close(): Promise<void>;
}

export function unpackSnapshot({ epoch, offset, json }: PackedSnapshot): Snapshot {
  return { epoch, offset, state: JSON.parse(new TextDecoder().decode(json)) };
}

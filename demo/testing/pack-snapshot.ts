import type { PackedSnapshot, Snapshot, SnapshotStore } from "../snapshot/snapshot.ts";

export function packSnapshot({ epoch, offset, state }: Snapshot): PackedSnapshot {
  return { epoch, offset, json: new TextEncoder().encode(JSON.stringify(state)) };
}

/** Offers a snapshot that is made already. */
export function offerSnapshot(store: SnapshotStore, snapshot: Snapshot): Promise<void> {
  return store.offer(snapshot, async () => packSnapshot(snapshot));
}

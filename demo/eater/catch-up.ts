import type { SnapshotStore } from "../snapshot/snapshot.ts";
import type { EaterMetrics } from "./metrics.ts";
import type { Queries } from "./reader.ts";
import type { Writer } from "./writer.ts";

export interface CatchUpParts {
  writer: Writer;
  queries: Queries;
  snapshots: SnapshotStore;
  metrics: EaterMetrics;
  /** Most readings derived in one transaction. */
  chunk: number;
  /** Readings wait for their commit, and should not wait for long. */
  isBusy(): boolean;
  warn(error: unknown, message: string): void;
}

/** Brings rollups, anomalies and the shared latest state up to what is committed. */
export function createCatchUp({ writer, queries, snapshots, metrics, chunk, isBusy, warn }: CatchUpParts) {
  let derived = 0;
  let shared = 0;

  async function share(): Promise<void> {
    if (derived <= shared) return;
    const snapshot = queries.snapshot();
    await snapshots.write(snapshot);
    shared = snapshot.offset;
  }

  return {
    /** Catches up; while readings wait for their commit, by one chunk only. */
    async run(): Promise<void> {
      let behind = true;
      while (behind) {
        const answer = await writer.ask({ do: "derive", limit: chunk });
        behind = answer.derived.behind && !isBusy();
        derived = answer.derived.upTo;
        metrics.anomalies.inc(answer.derived.anomalies);
      }
      await share().catch((error) => warn(error, "the latest state could not be shared and will be again"));
    },
    /** Offsets up to here are derived. */
    derived: () => derived,
  };
}

import type { SnapshotStore } from "../snapshot/snapshot.ts";
import type { EaterMetrics } from "./metrics.ts";
import type { Questions } from "./store.ts";
import type { Writer } from "./writer.ts";

export interface CatchUpParts {
  writer: Writer;
  questions: Pick<Questions, "snapshot">;
  snapshots: SnapshotStore;
  metrics: EaterMetrics;
  /** Most readings derived in one transaction, as long as that keeps up. */
  chunk: number;
  /** Readings that may be committed and not yet derived while commits wait; past that both go at one pace. */
  maxLag: number;
  epoch(): string;
  /** The last offset committed. */
  committed(): number;
  /** False while another eater derives. */
  leads(): boolean;
  /** Readings wait for their commit, and should not wait for long. */
  isBusy(): boolean;
  warn(error: unknown, message: string): void;
}

/** Brings rollups, anomalies and the shared latest state up to what is committed. */
export function createCatchUp(parts: CatchUpParts) {
  const { writer, questions, epoch, snapshots, metrics, chunk, maxLag, committed, isBusy, leads, warn } =
    parts;
  let derived = 0;
  let shared = 0;
  let nextShareAt = 0;

  async function share(): Promise<void> {
    if (derived <= shared) return;
    const upTo = derived;
    await snapshots.offer({ epoch: epoch(), offset: upTo }, questions.snapshot);
    shared = upTo;
  }

  /** Where sharing takes long, as of a large fleet, it is done so seldom that nine tenths of the time are free of it. */
  async function shareInTurn(): Promise<void> {
    if (performance.now() < nextShareAt) return;
    const began = performance.now();
    await share();
    nextShareAt = performance.now() + 9 * (performance.now() - began);
  }

  async function catchUp(): Promise<void> {
    let behind = leads();
    let limit = chunk;
    while (behind) {
      const before = committed();
      const answer = await writer.ask({ do: "derive", limit });
      const lag = committed() - answer.derived.upTo;
      behind = answer.derived.behind && (lag > maxLag || !isBusy());
      limit = lag > maxLag ? Math.max(chunk, committed() - before) : chunk;
      derived = answer.derived.upTo;
      metrics.anomalies.inc(answer.derived.anomalies);
    }
  }

  const unshared = (error: unknown) => warn(error, "the latest state could not be shared and will be again");

  return {
    /**
     * Catches up; while readings wait for their commit, by one chunk only, unless it has fallen too far behind. Then
     * as many are derived as were committed meanwhile: what is never derived could never be dropped either.
     */
    async run(): Promise<void> {
      await catchUp();
      await shareInTurn().catch(unshared);
    },
    /** The same, and shares the state it came to. */
    async runAndShare(): Promise<void> {
      await catchUp();
      await share().catch(unshared);
    },
    /** Offsets up to here are derived. */
    derived: () => derived,
  };
}

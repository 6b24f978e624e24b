import { Registry } from "prom-client";
import type { Bus } from "../bus/bus.ts";
import { fileLockError, lockFile } from "../file-lock.ts";
import type { Reading } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { createCatchUp } from "./catch-up.ts";
import { createGroupCommit, type GroupCommitSettings, type Outcome } from "./group-commit.ts";
import { createEaterMetrics, type EaterMetrics } from "./metrics.ts";
import { createPublisher, type PublisherSettings, type PublisherSource } from "./publisher.ts";
import { createQueryThread, type QueryThread } from "./query-thread.ts";
import { openQueries, type Queries } from "./reader.ts";
import { repeat } from "./repeat.ts";
import { createRetainer } from "./retainer.ts";
import { type StoreHealthSettings, watchStore } from "./store-health.ts";
import { openTokens, type TokenHash } from "./tokens.ts";
import { createUpkeep } from "./upkeep.ts";
import type { WorkerSettings } from "./worker.ts";
import { startWriter, type Writer } from "./writer.ts";

export interface EaterSettings
  extends WorkerSettings,
    GroupCommitSettings,
    PublisherSettings,
    StoreHealthSettings {
  /** How often rollups, anomalies and the shared snapshot catch up, ms. */
  deriveEveryMs: number;
  retainEveryMs: number;
  /** Readings derived in one transaction: bounds how long a commit may wait behind it. */
  deriveChunk: number;
  /** Readings that may be committed and not yet derived under load; past that commits wait for it. */
  maxDeriveLag: number;
}

export interface EaterParts {
  bus: Bus;
  snapshots: SnapshotStore;
  clock(): number;
  warn(error: unknown, message: string): void;
  registry?: Registry;
}

export interface Eater {
  metrics: EaterMetrics;
  registry: Registry;
  queries: Queries;
  /** The same database, asked in a thread of its own. */
  questions: QueryThread;
  clock(): number;
  epoch(): string;
  /** Resolves after the commit. @throws Overloaded, WriterError */
  ingest(readings: Reading[]): Promise<Outcome>;
  tokens(): TokenHash[];
  /** A token that works until this eater closes, for a feeder in the same process. It is stored nowhere. */
  grantToken(name: string): string;
  /** What only a restart can mend; empty when nothing. */
  fatal(): string[];
  /** What keeps the eater from taking readings; empty when it is ready. */
  troubles(): string[];
  /** What is amiss while readings are taken all the same. Brings the gauges up to date. */
  degraded(): string[];
  /** Brings rollups, anomalies and the shared snapshot up to the last commit. */
  derive(): Promise<void>;
  /** Drops all that is older than it is kept. */
  retain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database, recovers what a crash left undone, and begins to publish. The database is this eater's alone: a
 * second one would remember other readings as seen.
 * @throws FileLockError, WriterError
 */
export async function createEater(settings: EaterSettings, parts: EaterParts): Promise<Eater> {
  const release = lockFile(settings.file, "--db");
  try {
    return await createLockedEater(settings, parts, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function createLockedEater(
  settings: EaterSettings,
  parts: EaterParts,
  release: () => void,
): Promise<Eater> {
  const { bus, snapshots, clock, warn } = parts;
  const registry = parts.registry ?? new Registry();
  const metrics = createEaterMetrics(registry);
  const { tokens, store, queries, questions } = await openStore(settings, warn);
  const { writer } = store;
  const stand: Stand = { epoch: writer.epoch, committed: writer.committed };

  const groups = createGroupCommit(writer, settings, clock, {
    committed(batch, ms) {
      stand.committed = batch.to;
      metrics.stored.inc(batch.readings.length);
      metrics.commitSeconds.observe(ms / 1000);
      metrics.groupSize.observe(batch.readings.length);
      publisher.offer({ ...batch, epoch: stand.epoch });
    },
  });
  const isBusy = () => groups.waiting() > 0;
  const catchUp = createCatchUp({
    ...{ writer, questions, snapshots, metrics, isBusy, warn },
    chunk: settings.deriveChunk,
    maxLag: settings.maxDeriveLag,
    epoch: () => stand.epoch,
    committed: () => stand.committed,
  });
  await catchUp
    .runAndShare()
    .catch((error) => warn(error, "the first derivation failed and will be tried again"));

  const publisher = createPublisher(bus, sourceOf(stand, writer, queries, warn), settings, {
    failed(error) {
      metrics.publishFailures.inc();
      warn(error, "publishing failed and is tried again");
    },
    published: () => undefined,
  });
  const retainer = createRetainer({ writer, clock, metrics }, () => stand.committed, publisher.publishedTo);
  const upkeep = createUpkeep(warn);
  const stopTimers = [
    repeat(settings.deriveEveryMs, ...upkeep.job("deriving", catchUp.run)),
    repeat(settings.retainEveryMs, ...upkeep.job("retention", retainer.run)),
  ];
  const fatal = () => (writer.alive() ? [] : ["the writing thread has ended"]);

  return {
    metrics,
    registry,
    queries,
    questions,
    clock,
    epoch: () => stand.epoch,
    ingest: groups.commit,
    tokens: tokens.all,
    grantToken: tokens.grant,
    fatal,
    troubles: () => [...fatal(), ...store.troubles()],
    degraded() {
      metrics.waiting.set(groups.waiting());
      metrics.offset.set(stand.committed);
      metrics.publishLag.set(Math.max(0, stand.committed - publisher.publishedTo()));
      metrics.deriveLag.set(stand.committed - catchUp.derived());
      metrics.storeFailing.set(store.troubles().length > 0 ? 1 : 0);
      metrics.busAway.set(publisher.connected() ? 0 : 1);
      return [...(publisher.connected() ? [] : ["the bus does not answer"]), ...upkeep.failing()];
    },
    derive: catchUp.runAndShare,
    retain: retainer.run,
    async close() {
      retainer.stop();
      await Promise.all([...stopTimers, store.stop].map((stop) => stop()));
      await groups.idle();
      await publisher.close();
      await catchUp
        .runAndShare()
        .catch((error) => warn(error, "the last readings will be derived at the next start"));
      await writer.close();
      await questions.close();
      queries.close();
      // Last, because it may write.
      tokens.close();
      release();
    },
  };
}

/** Opens every connection to the database. @throws FileLockError, WriterError */
async function openStore(settings: EaterSettings, warn: EaterParts["warn"]) {
  const { file } = settings;
  // First, so that there is a file for all connections: the readers below open it read-only.
  const tokens = openTokens(file);
  if (tokens.isStale) {
    warn(null, `${file} was copied or moved without its -wal file: what was committed last is missing`);
  }
  try {
    const store = watchStore(await startWriter(settings), settings, () => performance.now());
    return { tokens, store, queries: openQueries(file), questions: createQueryThread(file) };
  } catch (error) {
    tokens.close();
    const cause = error instanceof Error ? error.cause : null;
    throw cause ? fileLockError(file, "--db", cause) : error;
  }
}

/** How far the eater is: the last offset committed, and the epoch it belongs to. */
interface Stand {
  epoch: string;
  committed: number;
}

function sourceOf(stand: Stand, writer: Writer, queries: Queries, warn: EaterParts["warn"]): PublisherSource {
  return {
    epoch: () => stand.epoch,
    committed: () => stand.committed,
    batchAfter: queries.batchAfter,
    async renewEpoch() {
      stand.epoch = (await writer.ask({ do: "renew" })).epoch;
      warn(null, "the bus holds offsets that this database never gave out: a new epoch begins");
    },
  };
}

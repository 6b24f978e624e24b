import { Registry } from "prom-client";
import type { Bus } from "../bus/bus.ts";
import { lockFile, useFile } from "../file-lock.ts";
import type { Reading } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { openDatabase } from "./database.ts";
import { createGroupCommit, type GroupCommitSettings, type Outcome } from "./group-commit.ts";
import { createEaterMetrics, type EaterMetrics } from "./metrics.ts";
import { createPublisher, type PublisherSettings } from "./publisher.ts";
import { openQueries, type Queries } from "./reader.ts";
import { hashToken, listTokens, mintToken, type TokenHash } from "./tokens.ts";
import type { WorkerSettings } from "./worker.ts";
import { startWriter } from "./writer.ts";

export interface EaterSettings extends WorkerSettings, GroupCommitSettings, PublisherSettings {
  /** How often rollups, anomalies and the shared snapshot catch up, ms. */
  deriveEveryMs: number;
  retainEveryMs: number;
  /** Readings derived in one transaction: bounds how long a commit may wait behind it. */
  deriveChunk: number;
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
  clock(): number;
  epoch(): string;
  /** Resolves after the commit. @throws Overloaded, WriterError */
  ingest(readings: Reading[]): Promise<Outcome>;
  tokens(): TokenHash[];
  /** A token that works until this eater closes, for a feeder in the same process. It is stored nowhere. */
  grantToken(name: string): string;
  /** What only a restart can mend; empty when nothing. */
  fatal(): string[];
  /** What keeps the eater from its work; empty when it is ready. Brings the gauges up to date. */
  troubles(): string[];
  /** Brings rollups, anomalies and the shared snapshot up to the last commit. */
  derive(): Promise<void>;
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
  // A file for all connections even where it does not exist yet: the reader below opens read-only.
  const tokenDb = useFile(settings.file, "--db", () => openDatabase(settings.file));
  const writer = await startWriter(settings);
  const queries = openQueries(settings.file);
  const granted: TokenHash[] = [];
  let epoch = writer.epoch;
  let committed = writer.committed;
  let derived = 0;
  let shared = 0;

  const groups = createGroupCommit(writer, settings, clock, {
    committed(batch, ms) {
      committed = batch.to;
      metrics.stored.inc(batch.readings.length);
      metrics.commitSeconds.observe(ms / 1000);
      metrics.groupSize.observe(batch.readings.length);
      publisher.offer({ ...batch, epoch });
    },
  });

  /** Catches up; while readings wait for their commit, by one chunk only, so that they do not wait for long. */
  async function derive(): Promise<void> {
    let behind = true;
    while (behind) {
      const answer = await writer.ask({ do: "derive", limit: settings.deriveChunk });
      behind = answer.derived.behind && groups.waiting() === 0;
      derived = answer.derived.upTo;
      metrics.anomalies.inc(answer.derived.anomalies);
    }
    await share().catch((error) => warn(error, "the latest state could not be shared and will be again"));
  }

  async function share(): Promise<void> {
    if (derived <= shared) return;
    const snapshot = queries.snapshot();
    await snapshots.write(snapshot);
    shared = snapshot.offset;
  }
  await derive().catch((error) => warn(error, "the first derivation failed and will be tried again"));

  const publisher = createPublisher(
    bus,
    {
      epoch: () => epoch,
      committed: () => committed,
      batchAfter: queries.batchAfter,
      async renewEpoch() {
        epoch = (await writer.ask({ do: "renew" })).epoch;
        warn(null, "the bus holds offsets that this database never gave out: a new epoch begins");
      },
    },
    settings,
    {
      failed(error) {
        metrics.publishFailures.inc();
        warn(error, "publishing failed and is tried again");
      },
      published: () => undefined,
    },
  );

  const stopTimers = [
    repeat(settings.deriveEveryMs, derive, (error) => warn(error, "deriving failed and is tried again")),
    repeat(
      settings.retainEveryMs,
      async () => {
        await writer.ask({ do: "retain", now: clock(), publishedTo: publisher.publishedTo() });
      },
      (error) => warn(error, "retention failed and is tried again"),
    ),
  ];

  const fatal = () => (writer.alive() ? [] : ["the writing thread has ended"]);

  return {
    metrics,
    registry,
    queries,
    clock,
    epoch: () => epoch,
    ingest: groups.commit,
    tokens: () => [...granted, ...listTokens(tokenDb)],
    grantToken(name) {
      const token = mintToken();
      granted.push({ name, hash: hashToken(token) });
      return token;
    },
    fatal,
    troubles() {
      metrics.waiting.set(groups.waiting());
      metrics.offset.set(committed);
      metrics.publishLag.set(Math.max(0, committed - publisher.publishedTo()));
      metrics.deriveLag.set(committed - derived);
      return publisher.connected() ? fatal() : [...fatal(), "the bus does not answer"];
    },
    derive,
    async close() {
      await Promise.all(stopTimers.map((stop) => stop()));
      await groups.idle();
      await publisher.close();
      await derive().catch((error) => warn(error, "the last readings will be derived at the next start"));
      await writer.close();
      tokenDb.close();
      queries.close();
      release();
    },
  };
}

/** Runs `work` every `ms`, never twice at once. Returns what stops it and waits for a run under way. */
function repeat(ms: number, work: () => Promise<void>, failed: (error: unknown) => void) {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = null;
      });
  }, ms);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

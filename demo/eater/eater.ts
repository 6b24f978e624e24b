import { Registry } from "prom-client";
import type { Bus } from "../bus/bus.ts";
import { type Opened, openAll } from "../opened.ts";
import type { Reading } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { createCatchUp } from "./catch-up.ts";
import { createGroupCommit, type GroupCommitSettings, type Outcome } from "./group-commit.ts";
import { createEaterMetrics, type EaterMetrics } from "./metrics.ts";
import { openPostgresStore } from "./postgres/store.ts";
import { createPublisher, type PublisherSettings, type PublisherSource } from "./publisher.ts";
import { repeat } from "./repeat.ts";
import { createRetainer } from "./retainer.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import type { Questions, Stand, Store, StoreEvents } from "./store.ts";
import { type StoreHealthSettings, watchStore } from "./store-health.ts";
import { hashToken, mintToken, type TokenHash } from "./tokens.ts";
import { createUpkeep } from "./upkeep.ts";
import type { WorkerSettings } from "./worker.ts";
import type { Writer } from "./writer.ts";

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
  questions: Questions;
  batchAfter: Store["batchAfter"];
  clock(): number;
  epoch(): string;
  /** Resolves after the commit. @throws Overloaded, WriterError */
  ingest(readings: Reading[]): Promise<Outcome>;
  tokens(): Promise<TokenHash[]>;
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
 * Opens the store, recovers what a crash left undone, and begins to publish.
 * @throws FileLockError, StoreError, WriterError
 */
export function createEater(settings: EaterSettings, parts: EaterParts): Promise<Eater> {
  const events = createStoreEvents(parts.warn);
  return openAll(async (opened) => {
    const store = await openStore(settings, events);
    opened.add(store.close);
    return createEaterOn(opened, store, events, settings, parts);
  });
}

async function createEaterOn(
  opened: Opened,
  store: Store,
  events: ReturnType<typeof createStoreEvents>,
  settings: EaterSettings,
  parts: EaterParts,
): Promise<Eater> {
  const { bus, snapshots, clock, warn } = parts;
  const registry = parts.registry ?? new Registry();
  const metrics = createEaterMetrics(registry);
  const { questions, leads } = store;
  const watched = watchStore(store.writer, settings, () => performance.now());
  opened.add(watched.stop);
  const { writer } = watched;
  const stand = { ...store.opened };

  const groups = createGroupCommit(writer, settings, clock, {
    committed(batch, ms) {
      advance(stand, { epoch: batch.epoch, committed: batch.to });
      metrics.stored.inc(batch.readings.length);
      metrics.commitSeconds.observe(ms / 1000);
      metrics.groupSize.observe(batch.readings.length);
      publisher.offer(batch);
    },
  });
  const isBusy = () => groups.waiting() > 0;
  const catchUp = createCatchUp({
    ...{ writer, questions, snapshots, metrics, isBusy, leads, warn },
    chunk: settings.deriveChunk,
    maxLag: settings.maxDeriveLag,
    epoch: () => stand.epoch,
    committed: () => stand.committed,
  });
  await catchUp
    .runAndShare()
    .catch((error) => warn(error, "the first derivation failed and will be tried again"));
  opened.add(() =>
    catchUp
      .runAndShare()
      .catch((error) => warn(error, "the last readings will be derived at the next start")),
  );

  const publisher = createPublisher(bus, sourceOf(stand, store, writer, warn), settings, {
    failed(error) {
      metrics.publishFailures.inc();
      warn(error, "publishing failed and is tried again");
    },
    published: () => undefined,
  });
  opened.add(publisher.close);
  opened.add(groups.idle);
  events.follow(stand, publisher.wake);
  const retainer = createRetainer(
    { writer, clock, metrics, leads },
    () => stand.committed,
    publisher.publishedTo,
  );
  const upkeep = createUpkeep(warn);
  opened.add(repeat(settings.deriveEveryMs, ...upkeep.job("deriving", catchUp.run)));
  opened.add(repeat(settings.retainEveryMs, ...upkeep.job("retention", retainer.run)));
  opened.add(retainer.stop);
  const fatal = () => (writer.alive() ? [] : ["the writing thread has ended"]);
  const granted: TokenHash[] = [];

  return {
    metrics,
    registry,
    questions,
    batchAfter: store.batchAfter,
    clock,
    epoch: () => stand.epoch,
    ingest: groups.commit,
    tokens: async () => [...granted, ...(await store.tokens())],
    grantToken(name) {
      const token = mintToken();
      granted.push({ name, hash: hashToken(token) });
      return token;
    },
    fatal,
    troubles: () => [...fatal(), ...watched.troubles()],
    degraded() {
      const lag = (upTo: number) => (leads() ? Math.max(0, stand.committed - upTo) : 0);
      metrics.waiting.set(groups.waiting());
      metrics.offset.set(stand.committed);
      metrics.leads.set(leads() ? 1 : 0);
      metrics.publishLag.set(lag(publisher.publishedTo()));
      metrics.deriveLag.set(lag(catchUp.derived()));
      metrics.storeFailing.set(watched.troubles().length > 0 ? 1 : 0);
      metrics.busAway.set(publisher.connected() ? 0 : 1);
      return [...(publisher.connected() ? [] : ["the bus does not answer"]), ...upkeep.failing()];
    },
    derive: catchUp.runAndShare,
    retain: retainer.run,
    close: opened.close,
  };
}

function openStore(settings: EaterSettings, events: StoreEvents): Promise<Store> {
  return settings.postgres === null
    ? openSqliteStore(settings, events)
    : openPostgresStore({ ...settings, postgres: settings.postgres }, events);
}

/** What a store tells before there is somebody to be told is told by what there is then. */
function createStoreEvents(warn: EaterParts["warn"]) {
  let stand: Stand | null = null;
  let wake = () => {};
  return {
    warn,
    moved(to: Stand): void {
      // Of another epoch it may be old news; the publisher asks the database before it goes on.
      if (stand?.epoch === to.epoch) advance(stand, to);
      wake();
    },
    led: () => wake(),
    follow(followed: Stand, told: () => void): void {
      stand = followed;
      wake = told;
    },
  };
}

/** What is known already is not forgotten for an answer that was given before it. */
function advance(stand: Stand, to: Stand): void {
  stand.committed = to.epoch === stand.epoch ? Math.max(stand.committed, to.committed) : to.committed;
  stand.epoch = to.epoch;
}

function sourceOf(stand: Stand, store: Store, writer: Writer, warn: EaterParts["warn"]): PublisherSource {
  return {
    epoch: () => stand.epoch,
    committed: () => stand.committed,
    async refresh() {
      advance(stand, await store.stand());
    },
    leads: store.leads,
    batchAfter: store.batchAfter,
    async renewEpoch() {
      stand.epoch = (await writer.ask({ do: "renew" })).epoch;
      warn(null, "the bus holds offsets that this database never gave out: a new epoch begins");
    },
  };
}

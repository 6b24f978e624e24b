import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance, type LightMyRequestResponse } from "fastify";
import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { createEater, type Eater, type EaterParts, type EaterSettings } from "../eater/eater.ts";
import { type IngestSettings, ingestRoutes } from "../eater/routes.ts";
import type { Reading } from "../protocol.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";

/** The instant at which tests take place, epoch ms. */
export const NOW = 1_790_000_000_000;

export const eaterDefaults: Omit<EaterSettings, "file"> = {
  postgres: null,
  maxSeries: 10_000,
  anomalies: { window: 61, threshold: 6, warmUp: 20 },
  retention: { readingsMs: 0, minutesMs: 0 },
  maxGroup: 20_000,
  maxWaiting: 200_000,
  replay: 10_000,
  maxQueued: 100_000,
  chunk: 1000,
  deriveEveryMs: 60_000,
  retainEveryMs: 3_600_000,
  deriveChunk: 5000,
  maxDeriveLag: 500_000,
  storeCheckMs: 60_000,
};

export interface TestEater {
  eater: Eater;
  app: FastifyInstance;
  bus: Bus;
  token: string;
  settings: EaterSettings;
  post(body: string | Buffer, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** An eater with its ingest route, on a temporary database unless `file` names one. */
export async function startEater(
  changes: Partial<EaterSettings & IngestSettings> & Partial<Pick<EaterParts, "bus" | "warn" | "clock">> = {},
): Promise<TestEater> {
  const folder = await mkdtemp(join(tmpdir(), "eater-"));
  const {
    bus = createMemoryBus({ keepReadings: 10_000 }),
    warn = () => {},
    clock = () => NOW,
    ...rest
  } = changes;
  const settings = { ...eaterDefaults, file: join(folder, "eater.db"), ...rest };
  const remove = () => rm(folder, { recursive: true, force: true });
  const snapshots = createMemorySnapshots();
  const eater = await createEater(settings, { bus, snapshots, clock, warn }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const app = fastify();
  const ingest = {
    maxBodyBytes: 1_000_000,
    maxRequests: 10_000,
    rateWindowMs: 1000,
    maxAheadMs: 300_000,
    maxRejected: 100,
    ...rest,
  };
  await app.register((scope) => ingestRoutes(scope, eater, ingest));
  const token = eater.grantToken("test");
  return {
    eater,
    app,
    bus,
    token,
    settings,
    post: async (body, headers = {}) =>
      await app.inject({
        method: "POST",
        url: "/ingest",
        headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}`, ...headers },
        body,
      }),
    async close() {
      await app.close();
      await eater.close();
      await remove();
    },
  };
}

export const ndjson = (readings: readonly Reading[]): string =>
  readings.map((reading) => `${JSON.stringify(reading)}\n`).join("");

export function reading(source: string, seq: number, changes: Partial<Reading> = {}): Reading {
  return { source, seq, at: NOW - 1000 + seq, metric: "temperature", value: 20 + seq / 10, ...changes };
}

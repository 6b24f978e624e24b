import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyHttpOptions, type FastifyInstance } from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createTrust } from "../address.ts";
import type { Bus } from "../bus/bus.ts";
import { createEater, type Eater } from "../eater/eater.ts";
import { queryRoutes } from "../eater/query-routes.ts";
import { ingestRoutes } from "../eater/routes.ts";
import type { Feeder } from "../feeder/feeder.ts";
import { liveRoutes } from "../live/live-routes.ts";
import { createLiveServer } from "../live/live-server.ts";
import { watchLive } from "../live/metrics.ts";
import { defaultOptions, type OptionValues } from "../options/options.ts";
import { createSeldom } from "../seldom.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { type Health, metricsRoute, probeRoutes } from "./health-routes.ts";
import { checkedRequests, limitRequests } from "./limit-requests.ts";
import { mountOperatorRoutes } from "./operator-routes.ts";
import { refuseHosts } from "./refuse-hosts.ts";
import { runFeeder } from "./run-feeder.ts";
import { createBus, createSnapshots } from "./services.ts";
import { eaterSettings, ingestSettings, liveSettings, trustedProxies } from "./settings.ts";

export interface DemoPluginOptions {
  /** What differs from the defaults of options.ts. */
  values?: Partial<OptionValues>;
  /** Which parts run in this app; all of them where none is named. */
  parts?: { feeder?: boolean; eater?: boolean; live?: boolean };
  clock?: () => number;
}

interface Shared {
  values: OptionValues;
  bus: Bus;
  snapshots: SnapshotStore;
  registry: Registry;
  clock(): number;
  warn(error: unknown, message: string): void;
}

/**
 * The demo as a fastify plugin: mounts `/ingest`, `/live`, `/healthz` and `/readyz` into any app, next to whatever that
 * app serves, and `/metrics`, `/rollups` and `/anomalies` for those who run it. The built-in feeder starts once the app listens, and
 * posts to it like any other feeder. Everything ends with the app.
 * @throws OptionError for a bus or snapshot store that is none
 */
export async function demoPlugin(app: FastifyInstance, options: DemoPluginOptions): Promise<void> {
  const { feeder = true, eater: eats = true, live: shows = true } = options.parts ?? {};
  const values = { ...defaultOptions(), ...options.values };
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Hooks of onClose run last in, first out; each stands right behind what it closes, for a later step may fail.
  const snapshots = createSnapshots(values);
  app.addHook("onClose", () => snapshots.close());
  const { say: warn, end } = createSeldom((fields, message) => app.log.warn(fields, message));
  app.addHook("onClose", async () => end());
  const bus = createBus(values, (error) => warn({ err: error }, "the bus failed and is tried again"));
  app.addHook("onClose", () => bus.close());
  const shared: Shared = {
    ...{ values, registry, bus, snapshots, clock: options.clock ?? Date.now },
    warn: (error, message) => warn({ err: error }, message),
  };
  limitRequests(app.server, values.requestTimeoutMs);
  refuseHosts(app);
  const eater = eats ? await mountEater(app, shared) : null;
  const live = shows ? await mountLive(app, shared) : null;
  const health: Health = {
    fatal: () => eater?.fatal() ?? [],
    // Ready means that it takes readings. Beside an eater a view that waits for the bus is no reason to refuse them.
    troubles: () => (eater ?? live)?.troubles() ?? [],
    degraded: () => [...new Set([...(eater?.degraded() ?? []), ...(live?.degraded() ?? [])])],
  };
  await mountOperatorRoutes(app, values, {
    probes: async (scope) => probeRoutes(scope, health),
    secrets: async (scope) => {
      metricsRoute(scope, registry, health);
      if (eater) await queryRoutes(scope, eater.questions, values);
    },
  });
  if (eater && feeder) feedItself(app, eater, shared);
}

async function mountEater(app: FastifyInstance, shared: Shared): Promise<Eater> {
  const { values, ...parts } = shared;
  const eater = await createEater(eaterSettings(values), parts);
  // Before the bus that it publishes to.
  app.addHook("onClose", () => eater.close());
  await app.register((scope) => ingestRoutes(scope, eater, ingestSettings(values)));
  return eater;
}

/** An app that answers 503 while it closes would let its own feeder wait in vain; then no longer than this. */
const LONGEST_DRAIN_MS = 2000;

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new TypeError(`no TCP address: ${address}`);
  if (address.address === "::") return `http://[::1]:${address.port}`;
  if (address.address === "0.0.0.0") return `http://127.0.0.1:${address.port}`;
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}

async function mountLive(app: FastifyInstance, { values, registry, ...parts }: Shared) {
  const live = createLiveServer(liveSettings(values), parts);
  await app.register((scope) => liveRoutes(scope, live));
  return watchLive(registry, live, parts.bus);
}

function feedItself(app: FastifyInstance, eater: Eater, { values, clock }: Shared): void {
  let feeder: Feeder | null = null;
  app.addHook("onListen", async () => {
    const token = eater.grantToken("built-in feeder");
    const url = urlOf(app.server.address());
    const own = {
      ...values,
      drainMs: Math.min(values.drainMs, LONGEST_DRAIN_MS),
      // Next to the database that knows its readings: the two are kept, or thrown away, together.
      state: values.state ?? `${values.db}.feeder.ndjson`,
    };
    feeder = await runFeeder({ values: own, url, token, stdin: process.stdin, clock, log: app.log });
    feeder.done.catch((error) => app.log.error({ err: error }, "the built-in feeder has ended"));
  });
  // Before the server closes, while the eater still answers (to an app with return503OnClosing: false).
  app.addHook("preClose", async () => {
    feeder?.stop();
    await feeder?.done.catch(() => {});
  });
}

/** The demo as an app of its own, ready to listen. `/` and all that the demo does not answer are free for its owner. */
export async function createDemoApp(
  options: DemoPluginOptions,
  server: FastifyHttpOptions<Server> = {},
): Promise<FastifyInstance> {
  const values = { ...defaultOptions(), ...options.values };
  const proxies = trustedProxies(values);
  const app = fastify({
    ...{ forceCloseConnections: true, return503OnClosing: false },
    // A store far away, or one with much to derive, takes as long to open as it takes.
    pluginTimeout: 0,
    ...checkedRequests(values.requestTimeoutMs),
    ...(proxies.length > 0 ? { trustProxy: createTrust(proxies) } : {}),
    ...server,
  });
  try {
    await app.register(demoPlugin, options);
  } catch (error) {
    // What was opened before it failed holds a lock, and threads.
    await app.close();
    throw error;
  }
  return app;
}

import type { AddressInfo } from "node:net";
import fastify from "fastify";
import { WebSocket } from "ws";
import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { liveRoutes } from "../live/live-routes.ts";
import { createLiveServer, type LiveServer, type LiveSettings } from "../live/live-server.ts";
import {
  type Batch,
  type ClientMessage,
  parseServerMessage,
  type ServerMessage,
  SUBPROTOCOL,
} from "../protocol.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";

export const liveDefaults: LiveSettings = {
  flushMs: 10,
  ringReadings: 10_000,
  frameReadings: 1000,
  maxSeries: 20_000,
  conflateBytes: 262_144,
  closeBytes: 1_048_576,
  catchUpBytes: 131_072,
  conflateEveryMs: 50,
  heartbeatMs: 15_000,
  aheadMs: 500,
  greetMs: 60_000,
  maxMessages: 1000,
  retryAfterMs: 1000,
  origins: [],
  hosts: [],
  trustedProxies: [],
  maxViewersPerAddress: 100,
  maxViewers: 1000,
  maxMessageBytes: 4096,
  closeGraceMs: 300,
};

export interface TestLive {
  live: LiveServer;
  bus: Bus;
  /** Host and port. */
  host: string;
  port: number;
  warnings: string[];
  close(): Promise<void>;
}

export async function startLive(
  changes: Partial<LiveSettings> & { bus?: Bus; snapshots?: SnapshotStore; port?: number } = {},
): Promise<TestLive> {
  const {
    bus = createMemoryBus({ keepReadings: 10_000 }),
    snapshots = createMemorySnapshots(),
    port = 0,
    ...rest
  } = changes;
  const warnings: string[] = [];
  const live = createLiveServer(
    { ...liveDefaults, ...rest },
    { bus, snapshots, clock: Date.now, warn: (_, message) => warnings.push(message) },
  );
  const app = fastify({ forceCloseConnections: true });
  await liveRoutes(app, live);
  await app.listen({ host: "127.0.0.1", port });
  const address = app.server.address() as AddressInfo;
  return {
    live,
    bus,
    warnings,
    host: `127.0.0.1:${address.port}`,
    port: address.port,
    close: () => app.close(),
  };
}

/** A batch of `count` readings that begins at offset `from`; series and values follow from the offset. */
export function batch(from: number, count: number, { epoch = "e1", sources = 5, pad = "" } = {}): Batch {
  const readings = Array.from({ length: count }, (_, index) => {
    const offset = from + index;
    return {
      source: `device-${offset % sources}${pad}`,
      seq: Math.floor(offset / sources),
      at: 1_790_000_000_000 + offset,
      metric: "temperature",
      value: offset,
    };
  });
  return { epoch, from, to: from + count - 1, readings };
}

export interface TestViewer {
  socket: WebSocket;
  messages: ServerMessage[];
  closed: Promise<{ code: number; reason: string }>;
  send(message: ClientMessage): void;
  /** Resolves once the messages so far satisfy `condition`. */
  until(condition: (messages: ServerMessage[]) => boolean): Promise<ServerMessage[]>;
  close(): void;
}

/** Ends the greeting of a viewer that has nothing to resume, so that no test waits for the time it may take. */
const NOTHING_HELD: ClientMessage = { t: "ack", offset: 0 };

/** A viewer that keeps what it got; it acknowledges each delta unless told not to. */
export function watch(
  host: string,
  { first = NOTHING_HELD, acks = true }: { first?: ClientMessage; acks?: boolean } = {},
): TestViewer {
  const socket = new WebSocket(`ws://${host}/live`, SUBPROTOCOL);
  const messages: ServerMessage[] = [];
  const checks = new Set<() => void>();
  let failure: Error | null = null;
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  socket.on("open", () => send(first));
  socket.on("message", (data) => {
    const message = parseServerMessage(data.toString());
    messages.push(message);
    if (message.t === "delta" && acks) send({ t: "ack", offset: message.to });
    if (message.t === "ping") send({ t: "pong" });
    for (const check of checks) check();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => {
      failure = new Error(`closed with ${code} ${reason} after ${messages.map(({ t }) => t).join(" ")}`);
      for (const check of checks) check();
      resolve({ code, reason: reason.toString() });
    });
  });
  socket.on("error", () => {});
  return {
    socket,
    messages,
    closed,
    send,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const met = condition(messages);
          if (!met && !failure) return;
          checks.delete(check);
          if (met) resolve(messages);
          else reject(failure);
        };
        checks.add(check);
        check();
      }),
    close: () => socket.terminate(),
  };
}

/** Offsets of all deltas, one by one, conflated ones left out. */
export function offsetsIn(messages: readonly ServerMessage[]): number[] {
  return messages.flatMap((message) =>
    message.t === "delta" && !message.conflated
      ? Array.from({ length: message.to - message.from + 1 }, (_, index) => message.from + index)
      : [],
  );
}

import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Server as SocketIo } from "socket.io";
import { WebSocketServer } from "ws";
import { liveSettings } from "../app/settings.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { encodeDelta } from "../live/frame.ts";
import { createLiveServer } from "../live/live-server.ts";
import { defaultOptions } from "../options/options.ts";
import { type Batch, columnsOf } from "../protocol.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";

/** One way to bring a batch to every viewer. */
export interface FanOut {
  port: number;
  /** Hands the batch to all viewers; resolves when the sockets can take the next one. */
  send(batch: Batch): Promise<void>;
  /** Bytes a viewer gets for this batch. */
  bytesOf(batch: Batch): number;
  close(): Promise<void>;
}

const deltaOf = ({ from, to, readings }: Batch) => ({ t: "delta", from, to, cols: columnsOf(readings) });
const wireOf = ({ from, to, readings }: Batch) => encodeDelta(from, to, columnsOf(readings)).wire;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * The live server as it is, fed by the memory bus; only the limits for the slow are set aside.
 * @param frameReadings a batch of so many is a full frame, which is sent without waiting for more
 */
export async function ours(frameReadings: number): Promise<FanOut> {
  const unlimited = Number.MAX_SAFE_INTEGER;
  const bus = createMemoryBus({ keepReadings: 1000 });
  const live = createLiveServer(
    {
      ...liveSettings(defaultOptions()),
      frameReadings,
      conflateBytes: unlimited,
      closeBytes: unlimited,
      greetMs: 1,
    },
    { bus, snapshots: createMemorySnapshots(), clock: Date.now, warn: () => {} },
  );
  const server = createServer();
  live.attach(server);
  const port = await listen(server);
  return {
    port,
    async send(batch) {
      await bus.publish(batch);
      while (live.counts().offset < batch.to) await turn();
    },
    bytesOf: (batch) => wireOf(batch).length,
    async close() {
      await live.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The same bytes, written to bare sockets. */
export async function rawTcp(): Promise<FanOut> {
  const sockets = new Set<Socket>();
  const server = createTcpServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  const port = await listen(server);
  return {
    port,
    async send(batch) {
      const wire = wireOf(batch);
      for (const socket of sockets) socket.write(wire);
      await turn();
    },
    bytesOf: (batch) => wireOf(batch).length,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** What one writes first: a websocket server that turns the message into JSON for every client. */
export const naive = () => ofWs((message) => () => JSON.stringify(message));

/** What one writes next: JSON once, and the same buffer for every client. */
export const shared = () =>
  ofWs((message) => {
    const payload = Buffer.from(JSON.stringify(message));
    return () => payload;
  });

/** @param pack makes what each client is sent of a message */
async function ofWs(pack: (message: object) => () => string | Buffer): Promise<FanOut> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const port = await listen(server);
  return {
    port,
    async send(batch) {
      const payload = pack(deltaOf(batch));
      for (const client of sockets.clients) client.send(payload(), { binary: false });
      await turn();
    },
    bytesOf: (batch) => wireOf(batch).length,
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.close();
    },
  };
}

/** socket.io, websocket transport only, one emit to all. */
export async function socketIo(): Promise<FanOut> {
  const server = createServer();
  const io = new SocketIo(server, { transports: ["websocket"], serveClient: false });
  const port = await listen(server);
  return {
    port,
    async send(batch) {
      io.emit("delta", deltaOf(batch));
      await turn();
    },
    // "42" and the list ["delta", …] around the message.
    bytesOf(batch) {
      const payload = Buffer.byteLength(JSON.stringify(deltaOf(batch))) + '42["delta",]'.length;
      return payload + (payload < 126 ? 2 : payload < 65_536 ? 4 : 10);
    },
    async close() {
      await io.close();
      server.closeAllConnections();
    },
  };
}

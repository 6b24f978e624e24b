import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type Server as NetServer, type Socket } from "node:net";
import { Server as SocketIo } from "socket.io";
import { WebSocketServer } from "ws";
import { liveSettings } from "../../app/settings.ts";
import { decodeBatch } from "../../bus/encode.ts";
import { createMemoryBus } from "../../bus/memory.ts";
import { createLiveServer } from "../../live/live-server.ts";
import { defaultOptions } from "../../options/options.ts";
import { createMemorySnapshots } from "../../snapshot/memory.ts";
import { listenForLines, tellPlace } from "./lines.ts";

/** The servers under measurement that are written for Node; each runs in a process of its own. */
export type NodeServer = "live" | "tcp" | "ws" | "ws-naive" | "socket.io";

/** A server that viewers come to, and what it does with a message. */
interface FanOut {
  server: NetServer;
  take(line: Buffer): void;
}

/**
 * The live server as it is, with its own settings, fed by the memory bus with what the eater would publish.
 * @param frameReadings where not 0: a batch of so many is a full frame, which is sent without waiting for more
 */
function live(frameReadings: number): FanOut {
  const bus = createMemoryBus({ keepReadings: 1000 });
  const settings = liveSettings({ ...defaultOptions(), ...(frameReadings > 0 ? { frameReadings } : {}) });
  const shown = createLiveServer(settings, {
    bus,
    snapshots: createMemorySnapshots(),
    clock: Date.now,
    warn: (_, message) => console.error(message),
  });
  const server = createServer();
  shown.attach(server);
  return { server, take: (line) => void bus.publish(decodeBatch(line)) };
}

/** The same message, written to bare sockets. */
function tcp(): FanOut {
  const sockets = new Set<Socket>();
  const server = createTcpServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  return {
    server,
    take(line) {
      for (const socket of sockets) socket.write(line);
    },
  };
}

/** @param pack makes what each client is sent of a message */
function ofWs(pack: (line: Buffer) => () => string | Buffer): FanOut {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  return {
    server,
    take(line) {
      const payload = pack(line);
      for (const client of sockets.clients) client.send(payload(), { binary: false });
    },
  };
}

/** One emit to all; websocket only, and sessions that can be recovered. */
function socketIo(): FanOut {
  const server = createServer();
  const io = new SocketIo(server, {
    transports: ["websocket"],
    serveClient: false,
    connectionStateRecovery: { maxDisconnectionDuration: 60_000 },
  });
  return { server, take: (line) => void io.emit("delta", JSON.parse(line.toString())) };
}

const SERVERS: Record<NodeServer, (frameReadings: number) => FanOut> = {
  live,
  tcp,
  // One buffer for all clients, as it came.
  ws: () => ofWs((line) => () => line),
  // What one writes first: JSON for every client.
  "ws-naive": () =>
    ofWs((line) => {
      const message = JSON.parse(line.toString());
      return () => JSON.stringify(message);
    }),
  "socket.io": socketIo,
};

async function listen(server: Server | NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 2048, resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const [kind = "", frameReadings = "0"] = process.argv.slice(2);
const made = SERVERS[kind as NodeServer](Number(frameReadings));
tellPlace({ port: await listen(made.server), feedPort: await listenForLines(made.take) });

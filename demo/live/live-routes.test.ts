import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryBus } from "../bus/memory.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import { liveDefaults } from "../testing/start-live.ts";
import { liveRoutes } from "./live-routes.ts";
import { createLiveServer, type LiveServer } from "./live-server.ts";

let app: FastifyInstance;
let live: LiveServer;
const sockets: Socket[] = [];
beforeEach(() => {
  app = fastify({ forceCloseConnections: true });
  live = createLiveServer(
    { ...liveDefaults, maxViewersPerAddress: 1, trustedProxies: ["127.0.0.1"] },
    {
      bus: createMemoryBus({ keepReadings: 100 }),
      snapshots: createMemorySnapshots(),
      clock: Date.now,
      warn: () => {},
    },
  );
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

const upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
const key = ["Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Protocol: sprintcast.live.v1"];

/** Asks with these headers, by hand. */
function ask(path: string, ...headers: string[]) {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  socket.write(`GET ${path} HTTP/1.1\r\n${["Host: x", ...headers].join("\r\n")}\r\n\r\n`);
  return socket;
}

describe("a viewer who has left before it was let in", () => {
  it("takes no place, however long an app of somebody's own has thought about it", async () => {
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    app.addHook("onRequest", async (request) => {
      if (request.headers["x-slow"] === undefined) return;
      asked.resolve();
      await once(request.raw.socket, "close");
      answered.resolve();
    });
    await liveRoutes(app, live);
    await app.listen({ host: "127.0.0.1", port: 0 });
    const address = "X-Forwarded-For: 203.0.113.7";
    const socket = ask("/live/events", address, "X-Slow: yes");
    await asked.promise;
    socket.destroy();
    await answered.promise;
    // Its handler runs before another request is taken.
    const next = ask("/live/events", address);
    expect(String((await once(next, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
    expect(live.counts().viewers).toBe(1);
  });

  it("takes none by an upgrade either", async () => {
    await app.listen({ host: "127.0.0.1", port: 0 });
    const upgraded = once(app.server, "upgrade") as Promise<[IncomingMessage, Duplex, Buffer]>;
    const socket = ask("/live", ...upgrade, ...key);
    const [request, theirs, head] = await upgraded;
    socket.destroy();
    theirs.destroy();
    await once(theirs, "close");
    live.upgrade(request, theirs, head);
    expect([live.counts().viewers, theirs.listenerCount("close")]).toEqual([0, 0]);
  });
});

describe("a viewer of whom the system knows no address, as of one who has broken the connection off", () => {
  it.each([
    ["a websocket", "/live", [...upgrade, ...key], 101],
    ["a stream of events", "/live/events", [], 200],
    ["an upgrade that is refused", "/live", upgrade, 400],
  ])("does the server no harm, and gives its place back: %s", async (_, path, headers, status) => {
    const forget = ({ socket }: IncomingMessage) =>
      Object.defineProperty(socket, "remoteAddress", { value: undefined });
    app.server.on("upgrade", forget).on("request", forget);
    await liveRoutes(app, live);
    await app.listen({ host: "127.0.0.1", port: 0 });
    for (const _ of ["first", "second"]) {
      const socket = ask(path, ...headers);
      expect(Number(String((await once(socket, "data"))[0]).split(" ")[1])).toBe(status);
      expect(live.counts().viewers).toBe(status === 400 ? 0 : 1);
      socket.resetAndDestroy();
      await expect.poll(() => live.counts().viewers).toBe(0);
    }
  });
});

describe("the address of the stream", () => {
  beforeEach(async () => {
    await liveRoutes(app, live);
  });

  it("leads a person to the page, and tells a program what it takes", async () => {
    const person = await app.inject({ url: "/live", headers: { accept: "text/html,*/*" } });
    expect([person.statusCode, person.headers.location]).toEqual([302, "/live/"]);
    const program = await app.inject({ url: "/live", headers: { accept: "*/*" } });
    expect([program.statusCode, program.headers.upgrade]).toEqual([426, "websocket"]);
    expect(program.body).toMatch(/sprintcast\.live\.v1.*\/live\/events/);
    expect((await app.inject({ url: "/live" })).statusCode).toBe(426);
  });

  it("lets an app close while a stream is open, and says bye on it", async () => {
    await app.listen({ host: "127.0.0.1", port: 0 });
    const socket = ask("/live/events");
    const [first] = await once(socket, "data");
    const rest = [String(first)];
    socket.on("data", (data) => rest.push(String(data)));
    const ended = once(socket, "close");
    await app.close();
    await ended;
    expect(rest.join("")).toContain('"code":"going-away"');
  });
});

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { offerSnapshot } from "../testing/pack-snapshot.ts";
import { present } from "../testing/present.ts";
import { findProgram, startMemcached } from "../testing/start-process.ts";
import { createMemcachedSnapshots } from "./memcached.ts";
import { createMemorySnapshots } from "./memory.ts";
import type { Snapshot } from "./snapshot.ts";

const memcached = findProgram("memcached");
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function storeAt(port: number, timeoutMs = 1000) {
  const hosts = [`127.0.0.1:${port}`];
  const store = createMemcachedSnapshots({ hosts, user: null, password: null, prefix: "test", timeoutMs });
  closers.push(() => store.close());
  return store;
}

async function cache() {
  const server = await startMemcached(present(memcached));
  closers.push(() => server.close());
  return { server, connect: () => storeAt(server.port) };
}

/** Does with each connection what `treat` says at the time. */
async function startRelay(treat: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    treat(socket);
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  return { port: (relay.address() as AddressInfo).port };
}

const at = (offset: number, epoch = "e1"): Snapshot => ({
  epoch,
  offset,
  state: { "device-1": { temperature: [1000 + offset, 20.5], battery: [1000, 99] } },
});

const kinds = [
  { kind: "memory", open: async () => createMemorySnapshots(), needs: true },
  { kind: "memcached", open: async () => (await cache()).connect(), needs: memcached !== null },
];

describe.each(kinds)("the $kind snapshot store", ({ open, needs, kind }) => {
  const test = needs ? it : it.skip;
  const note = needs ? "" : ` (${kind} is not installed)`;

  test(`is empty, then returns what was written${note}`, async () => {
    const store = await open();
    expect(await store.read()).toBeNull();
    await offerSnapshot(store, at(5));
    expect(await store.read()).toEqual(at(5));
  });

  test(`keeps the newer of one epoch, and takes any of another${note}`, async () => {
    const store = await open();
    await offerSnapshot(store, at(5));
    await offerSnapshot(store, at(3));
    expect((await store.read())?.offset).toBe(5);
    await offerSnapshot(store, at(9));
    expect(await store.read()).toEqual(at(9));
    await offerSnapshot(store, at(1, "e2"));
    expect(await store.read()).toEqual(at(1, "e2"));
  });
});

describe.runIf(memcached)("memcached alone", () => {
  it("is shared by several processes, and takes a state larger than an item", async () => {
    const { connect } = await cache();
    const state: Snapshot["state"] = {};
    for (let n = 0; n < 40_000; n += 1) {
      state[`device-${n}-${randomBytes(12).toString("hex")}`] = { t: [1_790_000_000_000 + n, Math.random()] };
    }
    await offerSnapshot(connect(), { epoch: "e", offset: 1, state });
    expect(await connect().read()).toEqual({ epoch: "e", offset: 1, state });
  });

  it("rejects while the server is away, and works when it is back, empty", async () => {
    const { server, connect } = await cache();
    const store = connect();
    await offerSnapshot(store, at(5));
    await server.kill();
    await expect(store.read()).rejects.toThrow();
    await server.start();
    await expect.poll(() => store.read().catch(() => "failed")).toBeNull();
    await offerSnapshot(store, at(6));
    expect(await store.read()).toEqual(at(6));
  });

  it.each([
    [
      "ends the connection in the answer's place",
      (socket: Socket) => socket.once("data", () => socket.end()),
    ],
    ["says nothing, and ends the connection long after", (socket: Socket) => socket.resume()],
    [
      "answers what is no memcached's",
      (socket: Socket) => socket.on("data", () => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
    ],
  ])("gives up on a server that %s, and works once it is itself again", async (_, mistreat) => {
    const { server } = await cache();
    let treat: (socket: Socket) => unknown = mistreat;
    const { port } = await startRelay((socket) => treat(socket));
    const store = storeAt(port, 250);
    // Time and again: what an ended connection leaves behind must not meet the next one.
    for (let times = 0; times < 2; times += 1) {
      await expect(offerSnapshot(store, at(5))).rejects.toThrow();
      await expect(store.read()).rejects.toThrow();
    }
    treat = (socket) => socket.pipe(connect(server.port, "127.0.0.1")).pipe(socket);
    await offerSnapshot(store, at(6));
    expect(await store.read()).toEqual(at(6));
  });
});

import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { offerSnapshot } from "../testing/pack-snapshot.ts";
import { present } from "../testing/present.ts";
import { findProgram, startMemcached } from "../testing/start-process.ts";
import { createMemcachedSnapshots } from "./memcached.ts";
import type { Snapshot, SnapshotStore } from "./snapshot.ts";

const memcached = findProgram("memcached");

describe.runIf(memcached)("what stands in memcached (needs memcached)", () => {
  let server: Awaited<ReturnType<typeof startMemcached>>;
  let store: SnapshotStore;
  beforeAll(async () => {
    server = await startMemcached(present(memcached));
    store = createMemcachedSnapshots({
      ...{ hosts: [`127.0.0.1:${server.port}`], user: null, password: null },
      ...{ prefix: "test", timeoutMs: 2000 },
    });
  });
  afterAll(async () => {
    await store.close();
    await server.close();
  });

  /** Sets a key past the store, as another program or version may; null takes it away. */
  async function set(key: string, value: string | Buffer | null): Promise<void> {
    const socket = connect(server.port, "127.0.0.1");
    const bytes = Buffer.from(value ?? "");
    socket.write(value === null ? `delete ${key}\r\n` : `set ${key} 0 0 ${bytes.length}\r\n`);
    if (value !== null) socket.write(Buffer.concat([bytes, Buffer.from("\r\n")]));
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/STORED|DELETED/);
    socket.destroy();
  }

  const snapshot: Snapshot = { epoch: "e", offset: 7, state: { a: { m: [1, 2] } } };
  const head = (changes: object) => JSON.stringify({ epoch: "e", offset: 7, parts: 1, ...changes });

  it.each([
    ["nothing", ""],
    ["no JSON", "nonsense"],
    ["half of one", '{"epoch":"e","offs'],
    ["null", "null"],
    ["a list", "[]"],
    ["no epoch", head({ epoch: undefined })],
    ["an offset as text", head({ offset: "7" })],
    ["an offset below zero", head({ offset: -1 })],
    ["no parts", head({ parts: 0 })],
    ["parts without number", head({ parts: 1e9 })],
    ["a part that is not there", head({ parts: 2 })],
    ["another offset, whose parts are not there", head({ offset: 8 })],
  ])("as a head that is %s is no snapshot, and the next one takes its place", async (_, text) => {
    await offerSnapshot(store, { ...snapshot, epoch: "before" });
    await offerSnapshot(store, snapshot);
    await set("test:head", text);
    expect(await store.read()).toBeNull();
    const next = { ...snapshot, epoch: "next" };
    await offerSnapshot(store, next);
    expect(await store.read()).toEqual(next);
  });

  it.each([
    ["no gzip", "nonsense"],
    ["a cut one", gzipSync('{"a":{"m":[1,2]}}').subarray(0, -9)],
    ["no JSON", gzipSync("nonsense")],
    ["no state", gzipSync('{"a":{"m":1}}')],
    ["a state of texts", gzipSync('{"a":{"m":["1","2"]}}')],
    ["a list", gzipSync("[1]")],
    ["nothing", ""],
    ["gone", null],
  ])("as a part that is %s is handed to nobody", async (_, value) => {
    await offerSnapshot(store, { ...snapshot, epoch: "before" });
    await offerSnapshot(store, snapshot);
    expect(await store.read()).toEqual(snapshot);
    await set("test:e:7:0", value);
    expect(await store.read().catch(() => null)).toBeNull();
    const next = { ...snapshot, offset: 8 };
    await offerSnapshot(store, next);
    expect(await store.read()).toEqual(next);
  });

  it("of a newer offset keeps an older one out, and of another epoch does not", async () => {
    await offerSnapshot(store, { ...snapshot, epoch: "f", offset: 20 });
    let made = 0;
    const make = async () => {
      made += 1;
      return { epoch: "f", offset: 5, json: Buffer.from("{}") };
    };
    await store.offer({ epoch: "f", offset: 20 }, make);
    await store.offer({ epoch: "f", offset: 5 }, make);
    expect([made, (await store.read())?.offset]).toEqual([0, 20]);
    await store.offer({ epoch: "g", offset: 5 }, make);
    expect(made).toBe(1);
  });
});

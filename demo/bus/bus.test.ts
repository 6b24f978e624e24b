import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectNats } from "@nats-io/transport-node";
import { afterEach, describe, expect, it } from "vitest";
import type { Batch } from "../protocol.ts";
import { present } from "../testing/present.ts";
import { reading } from "../testing/start-eater.ts";
import { findProgram, startNats } from "../testing/start-process.ts";
import type { Bus } from "./bus.ts";
import { createMemoryBus } from "./memory.ts";
import { createNatsBus } from "./nats.ts";

const natsServer = findProgram("nats-server");
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function batch(from: number, to: number, epoch = "e1"): Batch {
  const readings = Array.from({ length: to - from + 1 }, (_, index) => reading("a", from + index));
  return { epoch, from, to, readings };
}

async function nats() {
  const server = await startNats(present(natsServer));
  const warnings: unknown[] = [];
  closers.push(() => server.close());
  const connect = () => {
    const bus = createNatsBus(
      {
        access: { servers: [`127.0.0.1:${server.port}`] },
        stream: "readings",
        subject: "sprintcast.readings",
        replicas: 1,
        maxAgeMs: 3_600_000,
        maxBytes: 100_000_000,
        timeoutMs: 1000,
      },
      (error) => warnings.push(error),
    );
    closers.push(() => bus.close());
    return bus;
  };
  return { server, connect, warnings };
}

async function collect(bus: Bus, after: Parameters<Bus["subscribe"]>[0]) {
  const seen: Batch[] = [];
  const subscription = await bus.subscribe(after, ({ epoch, from, to, readings }) =>
    seen.push({ epoch, from, to, readings }),
  );
  return { seen, spans: () => seen.map(({ from, to }) => [from, to]), subscription };
}

const kinds = [
  { kind: "memory", open: async () => createMemoryBus({ keepReadings: 1000 }), needs: true },
  { kind: "nats", open: async () => (await nats()).connect(), needs: natsServer !== null },
];

describe.each(kinds)("the $kind bus", ({ kind, open, needs }) => {
  const test = needs ? it : it.skip;
  const note = needs ? "" : ` (${kind}: no server installed)`;

  test(`delivers what came before and after the subscription, in order${note}`, async () => {
    const bus = await open();
    expect(await bus.latest()).toBeNull();
    await bus.publish(batch(1, 3));
    const { seen } = await collect(bus, null);
    await bus.publish(batch(4, 4));
    await expect.poll(() => seen).toEqual([batch(1, 3), batch(4, 4)]);
    expect(await bus.latest()).toEqual({ epoch: "e1", offset: 4 });
  });

  test(`delivers a batch published twice once${note}`, async () => {
    const bus = await open();
    const { spans } = await collect(bus, null);
    await bus.publish(batch(1, 3));
    await bus.publish(batch(1, 3));
    await bus.publish(batch(4, 5));
    await expect.poll(spans).toEqual([
      [1, 3],
      [4, 5],
    ]);
  });

  test(`begins behind the position held, inside a batch too${note}`, async () => {
    const bus = await open();
    for (let n = 0; n < 20; n += 1) await bus.publish(batch(n * 5 + 1, n * 5 + 5));
    const { spans, seen } = await collect(bus, { epoch: "e1", offset: 92 });
    await expect.poll(spans).toEqual([
      [93, 95],
      [96, 100],
    ]);
    expect(seen[0]).toEqual(batch(93, 95));
    const none = await collect(bus, { epoch: "e1", offset: 100 });
    await bus.publish(batch(101, 101));
    await expect.poll(none.spans).toEqual([[101, 101]]);
  });

  test(`begins a new epoch from its first batch, for one who held an old one${note}`, async () => {
    const bus = await open();
    await bus.publish(batch(1, 50));
    await bus.publish(batch(41, 60, "e2"));
    const { seen } = await collect(bus, { epoch: "e1", offset: 3 });
    await expect.poll(() => seen).toEqual([batch(41, 60, "e2")]);
    expect(await bus.latest()).toEqual({ epoch: "e2", offset: 60 });
  });

  test(`stops delivering to a closed subscription${note}`, async () => {
    const bus = await open();
    const { spans, subscription } = await collect(bus, null);
    await subscription.close();
    await bus.publish(batch(1, 1));
    const other = await collect(bus, null);
    await expect.poll(other.spans).toEqual([[1, 1]]);
    expect(spans()).toEqual([]);
  });
});

it("the memory bus keeps no more than it was told", async () => {
  const bus = createMemoryBus({ keepReadings: 10 });
  for (let n = 0; n < 100; n += 1) await bus.publish(batch(n * 4 + 1, n * 4 + 4));
  const { spans } = await collect(bus, null);
  expect(spans()).toEqual([
    [389, 392],
    [393, 396],
    [397, 400],
  ]);
});

describe.runIf(natsServer)("nats alone", () => {
  it("serves several processes, and outlives kill -9 of the server", async () => {
    const { server, connect } = await nats();
    const publisher = connect();
    const one = await collect(connect(), null);
    await publisher.publish(batch(1, 2));
    await expect.poll(one.spans).toEqual([[1, 2]]);
    await server.kill();
    await expect(publisher.publish(batch(3, 4))).rejects.toThrow();
    await expect.poll(() => publisher.connected()).toBe(false);
    await server.start();
    await expect.poll(() => publisher.connected()).toBe(true);
    const position = await eventually(() => publisher.latest());
    expect(position).toEqual({ epoch: "e1", offset: 2 });
    await publisher.publish(batch(3, 4));
    await publisher.publish(batch(5, 6));
    await expect.poll(one.spans).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it("waits on an empty stream without a word, and brings its first batch", async () => {
    const { connect, warnings } = await nats();
    const waiting = await collect(connect(), null);
    const publisher = connect();
    // Each question is answered after the consumer's first attempts, several of which would fit in.
    for (let times = 0; times < 5; times += 1) {
      expect(await publisher.latest()).toBeNull();
      await sleep(200);
    }
    await publisher.publish(batch(1, 2));
    await expect.poll(waiting.spans).toEqual([[1, 2]]);
    expect(warnings).toEqual([]);
  });

  it("passes over what is no batch, with a word, and brings what stands behind it", async () => {
    const { server, connect, warnings } = await nats();
    const publisher = connect();
    await publisher.publish(batch(1, 2));
    const following = await collect(connect(), null);
    await expect.poll(following.spans).toEqual([[1, 2]]);
    const stranger = await connectNats({ servers: `127.0.0.1:${server.port}` });
    closers.push(() => stranger.close());
    for (const text of ["hello", "null", "{}", '{"epoch":"e1","from":3,"to":4}']) {
      stranger.publish("sprintcast.readings", text);
    }
    await stranger.flush();
    // The stream has moved on; the publisher is told, and looks where it is.
    await expect(publisher.publish(batch(3, 4))).rejects.toMatchObject({ code: "BUS_CONFLICT" });
    expect(await publisher.latest()).toEqual({ epoch: "e1", offset: 2 });
    await publisher.publish(batch(3, 4));
    const late = await collect(connect(), null);
    for (const { spans } of [following, late]) {
      await expect.poll(spans).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
    expect(warnings.map(String)).toEqual(Array(2).fill(expect.stringContaining("is no batch")));
  });

  it("refuses a batch of an eater that does not know of another's", async () => {
    const { connect } = await nats();
    const [mine, other] = [connect(), connect()];
    await mine.publish(batch(1, 2));
    await other.latest();
    await mine.publish(batch(3, 4));
    await expect(other.publish(batch(3, 5))).rejects.toMatchObject({ code: "BUS_CONFLICT" });
    expect(await other.latest()).toEqual({ epoch: "e1", offset: 4 });
    await other.publish(batch(5, 5));
    expect(await mine.latest()).toEqual({ epoch: "e1", offset: 5 });
  });
});

/** Tries again until it does not throw; bounded by the test's time. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await sleep(100);
    }
  }
}

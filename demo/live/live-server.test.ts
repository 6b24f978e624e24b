import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createMemoryBus } from "../bus/memory.ts";
import { type ServerMessage, SUBPROTOCOL } from "../protocol.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import { offerSnapshot } from "../testing/pack-snapshot.ts";
import { batch, offsetsIn, startLive, type TestLive, watch } from "../testing/start-live.ts";
import { emptyFleet, reduce } from "../view/fleet-state.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(...args: Parameters<typeof startLive>): Promise<TestLive> {
  const started = await startLive(...args);
  ends.push(started.close);
  return started;
}
function view(...args: Parameters<typeof watch>) {
  const viewer = watch(...args);
  ends.push(viewer.close);
  return viewer;
}
const reached = (offset: number) => (messages: ServerMessage[]) =>
  messages.some((message) => message.t === "delta" && message.to >= offset);
const has =
  (...kinds: ServerMessage["t"][]) =>
  (messages: ServerMessage[]) =>
    kinds.every((kind) => messages.some(({ t }) => t === kind));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("a viewer that connects", () => {
  it("gets hello, the snapshot at once, then every offset", async () => {
    const { bus, host } = await start();
    await bus.publish(batch(1, 20));
    const viewer = view(host);
    await viewer.until(has("snapshot"));
    await bus.publish(batch(21, 5));
    await bus.publish(batch(26, 5));
    await viewer.until(reached(30));
    expect(viewer.messages[0]).toMatchObject({ t: "hello", epoch: "e1", offset: 20 });
    expect(viewer.messages[1]).toMatchObject({ t: "snapshot", offset: 20 });
    expect(viewer.messages[1]).toHaveProperty("state.device-0.temperature", [1_790_000_000_020, 20]);
    expect(offsetsIn(viewer.messages)).toEqual(numbers(21, 30));
  });

  it("waits for the first reading where there is none yet", async () => {
    const { bus, host } = await start();
    const viewer = view(host);
    await new Promise((resolve) => viewer.socket.on("open", resolve));
    await bus.publish(batch(1, 3));
    await viewer.until(has("hello", "snapshot"));
    await bus.publish(batch(4, 1));
    await viewer.until(reached(4));
    expect(offsetsIn(viewer.messages)).toEqual([4]);
  });

  it("shares frames: many small batches within a flush become one delta", async () => {
    const { bus, host } = await start({ flushMs: 40 });
    await bus.publish(batch(1, 1));
    const viewer = view(host);
    await viewer.until(has("snapshot"));
    for (let offset = 2; offset <= 101; offset += 1) await bus.publish(batch(offset, 1));
    await viewer.until(reached(101));
    expect(viewer.messages.filter(({ t }) => t === "delta").length).toBeLessThanOrEqual(3);
    expect(offsetsIn(viewer.messages)).toEqual(numbers(2, 101));
  });
});

describe("resume", () => {
  it("goes on behind the viewer's offset, in the middle of a frame too", async () => {
    const { bus, host } = await start();
    await bus.publish(batch(1, 100));
    const viewer = view(host, { first: { t: "resume", epoch: "e1", offset: 37 } });
    await viewer.until(reached(100));
    expect(viewer.messages.map(({ t }) => t).slice(0, 2)).toEqual(["hello", "resumed"]);
    expect(offsetsIn(viewer.messages)).toEqual(numbers(38, 100));
  });

  it("goes on at another live process of the same bus, while readings arrive", async () => {
    const bus = createMemoryBus({ keepReadings: 10_000 });
    const [one, two] = [await start({ bus }), await start({ bus })];
    await bus.publish(batch(1, 10));
    const before = view(one.host);
    await before.until(has("snapshot"));
    for (let from = 11; from <= 200; from += 10) await bus.publish(batch(from, 10));
    await before.until(reached(50));
    before.close();
    await before.closed;
    await bus.publish(batch(201, 10));
    const held = Math.max(...offsetsIn(before.messages));
    const after = view(two.host, { first: { t: "resume", epoch: "e1", offset: held } });
    await bus.publish(batch(211, 10));
    await after.until(reached(220));
    expect([...offsetsIn(before.messages), ...offsetsIn(after.messages)]).toEqual(numbers(11, 220));
  });

  it("waits for an offset this process has not seen yet, and goes on without a gap", async () => {
    const { bus, host } = await start({ aheadMs: 60_000 });
    await bus.publish(batch(1, 10));
    const viewer = view(host, { first: { t: "resume", epoch: "e1", offset: 25 } });
    await viewer.until(has("resumed"));
    await bus.publish(batch(11, 10));
    await bus.publish(batch(21, 10));
    await viewer.until(reached(30));
    expect(offsetsIn(viewer.messages)).toEqual(numbers(26, 30));
  });

  it("declares a resync for an offset nobody ever shows", async () => {
    const { bus, host } = await start({ aheadMs: 50 });
    await bus.publish(batch(1, 10));
    const viewer = view(host, { first: { t: "resume", epoch: "e1", offset: 9_000_000 } });
    await viewer.until(has("resumed", "snapshot"));
    expect(viewer.messages.at(-1)).toMatchObject({ t: "snapshot", offset: 10 });
  });

  it("declares a resync for an offset that is no longer kept, and for another epoch", async () => {
    const { bus, host } = await start({ ringReadings: 50, frameReadings: 10 });
    await bus.publish(batch(1, 10));
    const witness = view(host);
    await witness.until(has("snapshot"));
    await bus.publish(batch(11, 290));
    await witness.until(reached(300));
    for (const first of [
      { t: "resume" as const, epoch: "e1", offset: 20 },
      { t: "resume" as const, epoch: "other", offset: 299 },
    ]) {
      const viewer = view(host, { first });
      await viewer.until(has("snapshot"));
      expect(viewer.messages.map(({ t }) => t)).toEqual(["hello", "snapshot"]);
    }
    const near = view(host, { first: { t: "resume", epoch: "e1", offset: 270 } });
    await near.until(reached(300));
    expect(offsetsIn(near.messages)).toEqual(numbers(271, 300));
  });

  it("hands a long way back at the pace of the acknowledgements, without conflation", async () => {
    const { bus, host, live } = await start({ catchUpBytes: 8000, conflateBytes: 16_000, frameReadings: 50 });
    for (let from = 1; from <= 5000; from += 500) await bus.publish(batch(from, 500));
    await vi.waitFor(() => expect(live.counts().offset).toBe(5000));
    const viewer = view(host, { first: { t: "resume", epoch: "e1", offset: 1 } });
    await viewer.until(reached(5000));
    expect(offsetsIn(viewer.messages)).toEqual(numbers(2, 5000));
  });
});

describe("when the bus begins anew", () => {
  it("tells viewers the new epoch with a snapshot", async () => {
    const { bus, host } = await start();
    await bus.publish(batch(1, 10));
    const viewer = view(host);
    await viewer.until(has("snapshot"));
    await bus.publish(batch(1, 4, { epoch: "e2" }));
    await viewer.until((all) => all.filter(({ t }) => t === "snapshot").length === 2);
    await bus.publish(batch(5, 1, { epoch: "e2" }));
    await viewer.until(reached(5));
    const fleet = viewer.messages.reduce((state, message) => reduce(state, message).fleet, emptyFleet);
    expect(fleet).toMatchObject({ epoch: "e2", offset: 5, phase: "following" });
    expect(fleet.latest.size).toBe(5);
  });

  it("fills in what a snapshot knows of the time before the bus", async () => {
    const snapshots = createMemorySnapshots();
    const { bus, host } = await start({ snapshots });
    await bus.publish(batch(101, 2));
    const viewer = view(host);
    await viewer.until(has("snapshot"));
    await offerSnapshot(snapshots, { epoch: "e1", offset: 100, state: { "old-one": { power: [5, 7] } } });
    await viewer.until((all) => all.filter(({ t }) => t === "snapshot").length === 2);
    expect(viewer.messages.at(-1)).toHaveProperty("state.old-one.power", [5, 7]);
    expect(viewer.messages.at(-1)).toHaveProperty("state.device-1.temperature");
  });
});

describe("a slow viewer", () => {
  it("is conflated, converges to the same latest state, and flows again once it acknowledges", async () => {
    const { bus, host } = await start({ conflateBytes: 4000, frameReadings: 50 });
    await bus.publish(batch(1, 10));
    const [fast, slow] = [view(host), view(host, { acks: false })];
    await Promise.all([fast.until(has("snapshot")), slow.until(has("snapshot"))]);
    for (let from = 11; from <= 1000; from += 45) {
      await bus.publish(batch(from, 45));
      await fast.until(reached(from + 44));
    }
    await slow.until((all) => all.some((message) => message.t === "delta" && message.conflated === true));
    await slow.until(reached(1000));
    // The answer to a ping says that the acknowledgement sent before it was taken.
    slow.send({ t: "ack", offset: 1000 });
    slow.send({ t: "ping" });
    await slow.until(has("pong"));
    await bus.publish(batch(1001, 3));
    await slow.until(reached(1003));
    await fast.until(reached(1003));
    const [a, b] = [fast, slow].map(({ messages }) =>
      messages.reduce((state, message) => reduce(state, message).fleet, emptyFleet),
    );
    expect(b).toEqual(a);
    expect(slow.messages.at(-1)).not.toHaveProperty("conflated");
    expect(offsetsIn(fast.messages)).toEqual(numbers(11, 1003));
  });

  it("is closed with bye past the limit, and the others see every offset", async () => {
    const { bus, host, live } = await start({ conflateBytes: 3000, closeBytes: 9000, conflateEveryMs: 5 });
    await bus.publish(batch(1, 10));
    const [fast, slow] = [view(host), view(host, { acks: false })];
    await Promise.all([fast.until(has("snapshot")), slow.until(has("snapshot"))]);
    let from = 11;
    while (live.counts().closed.slow === 0 && from < 100_000) {
      await bus.publish(batch(from, 20));
      from += 20;
      await fast.until(reached(from - 1));
    }
    expect(await slow.closed).toEqual({ code: 1013, reason: "slow" });
    expect(slow.messages.at(-1)).toEqual({ t: "bye", code: "slow", retryAfter: 1000 });
    expect(offsetsIn(fast.messages)).toEqual(numbers(11, from - 1));
  });
});

describe("closing and heartbeat", () => {
  it("says bye to all with when to come back", async () => {
    const { bus, host, live } = await start();
    await bus.publish(batch(1, 1));
    const viewer = view(host);
    await viewer.until(has("snapshot"));
    await live.close();
    expect(await viewer.closed).toEqual({ code: 1001, reason: "going-away" });
    expect(viewer.messages.at(-1)).toEqual({ t: "bye", code: "going-away", retryAfter: 1000 });
  });

  it("pings, answers pings, and closes a viewer that says nothing", async () => {
    const { bus, host } = await start({ heartbeatMs: 1000 });
    await bus.publish(batch(1, 1));
    const [alive, dead] = [view(host), view(host)];
    dead.socket.removeAllListeners("message");
    await alive.until(has("snapshot"));
    alive.send({ t: "ping" });
    await alive.until(has("pong", "ping"));
    expect(await dead.closed).toEqual({ code: 1001, reason: "timeout" });
    await bus.publish(batch(2, 1));
    await alive.until(reached(2));
  });
});

describe("behind a proxy", () => {
  const sockets: WebSocket[] = [];
  const statusOf = (host: string, headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`ws://${host}/live`, SUBPROTOCOL, { headers });
      sockets.push(socket);
      ends.push(() => socket.terminate());
      socket.on("open", () => resolve(101));
      socket.on("unexpected-response", (_, response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      socket.on("error", () => {});
    });

  it("one address has no more places than it may, and gives them back", async () => {
    const server = await start({ trustedProxies: ["loopback"], maxViewersPerAddress: 2 });
    const from = (address: string) => statusOf(server.host, { "x-forwarded-for": address });
    expect([await from("203.0.113.1"), await from("203.0.113.1")]).toEqual([101, 101]);
    expect([await from("203.0.113.1"), await from("203.0.113.2")]).toEqual([429, 101]);
    const events = await fetch(`http://${server.host}/live/events`, {
      headers: { "x-forwarded-for": "203.0.113.1" },
    });
    expect([events.status, events.headers.get("retry-after")]).toEqual([429, "10"]);
    for (const socket of sockets) socket.terminate();
    await expect.poll(() => from("203.0.113.1")).toBe(101);
  });

  it("that rewrites Host, a page is let in by the host that the proxy was asked for", async () => {
    const origin = "https://team.example";
    const page = { origin, "x-forwarded-host": "team.example" };
    const trusting = await start({ trustedProxies: ["loopback"] });
    expect(await statusOf(trusting.host, page)).toBe(101);
    expect(await statusOf(trusting.host, { ...page, origin: "https://evil.example" })).toBe(403);
    const other = await start();
    expect(await statusOf(other.host, page)).toBe(403);
    expect(await statusOf(other.host, { origin, host: "team.example" })).toBe(403);
    const named = await start({ hosts: ["team.example"] });
    expect(await statusOf(named.host, { origin, host: "team.example" })).toBe(101);
  });
});

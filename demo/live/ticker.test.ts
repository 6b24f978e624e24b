import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createMemoryBus } from "../bus/memory.ts";
import { SUBPROTOCOL } from "../protocol.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import { batch, liveDefaults } from "../testing/start-live.ts";
import { createLiveServer } from "./live-server.ts";
import { createTicker } from "./ticker.ts";

const realTimeout = setTimeout;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.splice(0).reverse()) await end();
});

it("a resume that lies here unread when its time is over is not too late", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let now = 1_790_000_000_000;
  const bus = createMemoryBus({ keepReadings: 100 });
  await bus.publish(batch(1, 20));
  const live = createLiveServer(
    { ...liveDefaults, greetMs: 150 },
    { bus, snapshots: createMemorySnapshots(), clock: () => now, warn: () => {} },
  );
  const server = createServer();
  live.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(
    () => server.close(),
    () => live.close(),
  );
  const port = (server.address() as AddressInfo).port;
  const viewer = new WebSocket(`ws://127.0.0.1:${port}/live`, SUBPROTOCOL);
  ends.push(() => viewer.terminate());
  const next = () =>
    new Promise<string>((resolve) => viewer.once("message", (data) => resolve(String(data))));
  expect(await next()).toContain("hello");
  // A timer's turn: sockets are read behind it. Nearly two ticks pass in which nothing was read.
  await new Promise((resolve) => realTimeout(resolve, 1));
  viewer.send(JSON.stringify({ t: "resume", epoch: "e1", offset: 12 }));
  now += 190;
  vi.advanceTimersByTime(100);
  expect(await next()).toContain("resumed");
  expect(live.counts()).toMatchObject({ resumed: 1, snapshots: 0 });
});

it("a viewer is told in time, though time had long brought nothing to those who were there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
  let [now, isCalm] = [0, true];
  const told: number[] = [];
  const ticker = createTicker(15_000, () => now);
  const pass = (ms: number) => {
    now += ms;
    // A little more, for what waits until sockets are read.
    vi.advanceTimersByTime(ms + 2);
  };
  ticker.start({ isCalm: () => isCalm, tick: (seconds) => told.push(Math.round(seconds * 1000)) });
  ends.push(() => ticker.stop());
  pass(100);
  pass(1000);
  expect(told).toEqual([100, 1000]);
  pass(250);
  isCalm = false;
  ticker.wake();
  ticker.wake();
  pass(100);
  // As much time as passed, or a process that stands still would be taken for a viewer that is silent.
  expect(told).toEqual([100, 1000, 350]);
  pass(100);
  expect(told).toEqual([100, 1000, 350, 100]);
  // Woken late, since nothing ran: no more than was due counts as having passed.
  isCalm = true;
  pass(100);
  now += 60_000;
  ticker.wake();
  pass(100);
  expect(told.slice(4)).toEqual([100, 1100]);
});

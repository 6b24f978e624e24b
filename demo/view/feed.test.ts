import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { columnsOf, type ServerMessage } from "../protocol.ts";
import { fakeChannels } from "../testing/fake-channels.ts";
import { fleetBatch, recordingOf } from "../testing/fleet-batch.ts";
import { present } from "../testing/present.ts";
import { createFeed } from "./feed.ts";

const BEGINNING = 1_790_000_000_000;

let channels: ReturnType<typeof fakeChannels>;
beforeEach(() => {
  channels = fakeChannels();
  vi.useFakeTimers({ now: BEGINNING });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start({ text = recordingOf(30), hasRecording = true } = {}) {
  const asked: ((text: string) => void)[] = [];
  const failing: ((error: Error) => void)[] = [];
  const feed = createFeed({
    url: new URL("ws://team.example/live"),
    recordingUrl: hasRecording ? new URL("http://team.example/run.ndjson") : null,
    span: { windowMs: 90_000, bucketMs: 1000, leastMs: 20_000 },
    clock: Date.now,
    random: () => 1,
    isOnline: () => true,
    fetchText: () =>
      new Promise((resolve, reject) => {
        asked.push(resolve);
        failing.push(reject);
      }),
    changed: () => {},
  });
  feed.start();
  return {
    feed,
    asked,
    /** Lets time pass as the panel does: with a tick each tenth of a second. */
    pass(ms: number): void {
      for (let at = 0; at < ms; at += 100) {
        vi.advanceTimersByTime(100);
        feed.tick(false);
      }
    },
    socket: channels.socket,
    async arrive(): Promise<void> {
      asked[0]?.(text);
      await vi.advanceTimersByTimeAsync(0);
    },
    async fail(): Promise<void> {
      failing[0]?.(new Error("404"));
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

const greeting = (offset = 8): ServerMessage[] => [
  { t: "hello", epoch: "live", offset, now: Date.now() },
  { t: "snapshot", offset, state: { "device-1": { temperature: [Date.now(), 20] } } },
];
const delta = (from: number, count: number, at = Date.now()): ServerMessage => {
  const { to, readings } = fleetBatch(from, count, at);
  return { t: "delta", from, to, cols: columnsOf(readings) };
};

it("asks for the recording once, however long it is on its way", async () => {
  const { feed, asked, pass, arrive, socket } = start();
  socket().lose();
  pass(10_000);
  expect(asked).toHaveLength(1);
  expect(feed.scene().status).toBe("connecting");
  await arrive();
  expect(feed.scene().status).toBe("replay");
});

it("does not ask for it before a server had its time, or where one answers", () => {
  const { asked, pass, socket } = start();
  pass(1900);
  expect(asked).toHaveLength(0);
  socket().open();
  socket().tell(...greeting());
  pass(10_000);
  expect(asked).toHaveLength(0);
});

it("shows what is live where a server answers before the recording has come", async () => {
  const { feed, pass, arrive, socket } = start();
  pass(2500);
  socket().open();
  socket().tell(...greeting());
  await arrive();
  pass(200);
  const { status, canGoLive, fleet } = feed.scene();
  expect({ status, canGoLive, of: fleet.epoch }).toEqual({ status: "live", canGoLive: false, of: "live" });
});

it("leaves a recording that plays to the visitor, and goes live on their word, without its past", async () => {
  const { feed, pass, arrive, socket } = start();
  socket().lose();
  pass(2500);
  await arrive();
  pass(3000);
  socket().open();
  socket().tell(...greeting());
  expect(feed.scene()).toMatchObject({ status: "replay", canGoLive: true });
  expect(feed.history.metrics()).toContain("power");
  feed.goLive();
  expect(feed.scene()).toMatchObject({ status: "live", canGoLive: false, canReplay: false });
  expect(feed.history.metrics()).toEqual(["temperature"]);
});

it("is offline where the recording cannot be had, and does not ask again and again", async () => {
  const { feed, asked, pass, fail, socket } = start();
  socket().lose();
  pass(2500);
  await fail();
  pass(10_000);
  expect(asked).toHaveLength(1);
  expect(feed.scene()).toMatchObject({ status: "offline", canReplay: false });
});

it("plays no recording by itself once it was live, and offers it", () => {
  const { feed, asked, pass, socket } = start();
  socket().open();
  socket().tell(...greeting());
  socket().lose();
  pass(60_000);
  expect(asked).toHaveLength(0);
  expect(feed.scene()).toMatchObject({ status: "offline", canReplay: true });
});

it("tells the age by the server's clock, however wrong its own is", () => {
  const { feed, pass, socket } = start();
  socket().open();
  const theirs = Date.now() - 3_600_000;
  socket().tell(
    { t: "hello", epoch: "live", offset: 1, now: theirs },
    { t: "snapshot", offset: 1, state: { a: { power: [theirs - 4000, 1] } } },
  );
  pass(1000);
  expect(feed.scene()).toMatchObject({ ageMs: 5000, until: theirs + 1000 });
});

it("comes back for readings that are missing, from those it holds, and counts the gap once", () => {
  const { feed, socket } = start();
  socket().open();
  socket().tell(...greeting(8), delta(9, 8), delta(25, 8));
  expect([channels.sockets().length, feed.counts()]).toEqual([
    2,
    { gaps: 1, resyncs: 1, epoch: "live", offset: 16 },
  ]);
  socket().open();
  expect(socket().sent).toEqual([{ t: "resume", epoch: "live", offset: 16 }]);
  const lost = present(channels.sockets()[0]);
  lost.tell(delta(33, 8));
  expect(feed.counts().gaps).toBe(1);
});

it("keeps nothing of another epoch on the charts", () => {
  const { feed, socket } = start();
  socket().open();
  socket().tell(...greeting(8), delta(9, 64));
  expect(feed.history.metrics()).toContain("humidity");
  socket().tell({ t: "hello", epoch: "later", offset: 1 }, { t: "snapshot", offset: 1, state: {} });
  expect([feed.history.metrics(), feed.scene().ageMs]).toEqual([[], null]);
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { columnsOf, type ServerMessage } from "../protocol.ts";
import { fakeChannels } from "../testing/fake-channels.ts";
import { fleetBatch } from "../testing/fleet-batch.ts";
import { createLink } from "./link.ts";

const limits = { openWithinMs: 5000, silenceMs: 40_000, firstDelayMs: 500, maxDelayMs: 30_000 };
const hello: ServerMessage = { t: "hello", epoch: "e1", offset: 7 };

let channels: ReturnType<typeof fakeChannels>;
beforeEach(() => {
  channels = fakeChannels();
  vi.useFakeTimers({ now: 1_790_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A link of a viewer that stands at `held`. Its jitter is the longest there is, unless a test says otherwise. */
function start({ url = "ws://team.example/live", random = 1 } = {}) {
  const told: string[] = [];
  const viewer = { held: null as { epoch: string; offset: number } | null };
  const link = createLink({
    url: new URL(url),
    clock: Date.now,
    random: () => random,
    position: () => viewer.held,
    receive: ({ t }) => told.push(t),
    changed: ({ phase }) => told.push(phase),
    limits,
  });
  link.start();
  return { link, told, viewer };
}

/** How long it takes, to the tick, until another channel is opened. */
function untilNext(most = 200_000): number {
  const { length } = channels.all();
  let ms = 0;
  for (; channels.all().length === length && ms < most; ms += 200) vi.advanceTimersByTime(200);
  return ms;
}

describe("a link", () => {
  it("says where its viewer stands, at each connection anew", () => {
    const { viewer } = start();
    channels.socket().open();
    expect(channels.socket().sent).toEqual([{ t: "resume", epoch: "", offset: 0 }]);
    channels.socket().tell(hello);
    viewer.held = { epoch: "e1", offset: 7 };
    channels.socket().lose();
    untilNext();
    channels.socket().open();
    expect(channels.socket().sent).toEqual([{ t: "resume", epoch: "e1", offset: 7 }]);
  });

  it("answers a ping, and acknowledges what its viewer holds", () => {
    const { viewer } = start();
    channels.socket().open();
    channels.socket().tell(hello, { t: "ping" });
    expect(channels.socket().sent.at(-1)).toEqual({ t: "pong" });
    viewer.held = { epoch: "e1", offset: 15 };
    channels.socket().tell({ t: "delta", from: 8, to: 15, cols: columnsOf(fleetBatch(8, 8, 0).readings) });
    vi.advanceTimersByTime(1000);
    expect(channels.socket().sent.at(-1)).toEqual({ t: "ack", offset: 15 });
  });

  it("acknowledges at once while it catches up, and ten seconds later behind a snapshot", () => {
    const { viewer } = start();
    viewer.held = { epoch: "e1", offset: 15 };
    const delta: ServerMessage = {
      t: "delta",
      from: 8,
      to: 15,
      cols: columnsOf(fleetBatch(8, 8, 0).readings),
    };
    const acks = () => channels.socket().sent.filter((sent) => JSON.stringify(sent).includes('"ack"')).length;
    channels.socket().open();
    channels.socket().tell(hello, { t: "resumed" }, delta);
    expect(acks()).toBe(1);
    channels.socket().tell(hello, { t: "snapshot", offset: 7, state: {} }, delta);
    vi.advanceTimersByTime(9800);
    expect(acks()).toBe(1);
    vi.advanceTimersByTime(200);
    expect(acks()).toBe(2);
  });

  it("tells of each phase once, however much comes", () => {
    const { told } = start();
    channels.socket().open();
    channels.socket().tell(hello, { t: "pong" }, { t: "pong" });
    channels.socket().lose();
    expect(told).toEqual(["opening", "open", "hello", "pong", "pong", "waiting"]);
  });

  it.each(["", "null", "<html>", '{"t":"later"}', '{"t":"hello"}', "[[["])(
    "leaves a server that says %j, and comes back later",
    (text) => {
      const { link, told } = start();
      const socket = channels.socket();
      socket.open();
      socket.tellText(text);
      expect([link.state().phase, socket.isClosed, told]).toEqual(["waiting", true, ["opening", "waiting"]]);
      socket.lose();
      expect(link.state().failures).toBe(1);
      expect(untilNext()).toBe(600);
    },
  );

  it("gives up a connection that does not open, or falls silent, and opens another", () => {
    const { link } = start({ random: 0 });
    const first = channels.socket();
    vi.advanceTimersByTime(5200);
    expect([first.isClosed, link.state().phase]).toEqual([true, "waiting"]);
    untilNext();
    channels.socket().open();
    channels.socket().tell(hello);
    vi.advanceTimersByTime(40_000);
    expect(link.state().phase).toBe("open");
    vi.advanceTimersByTime(200);
    expect([link.state().phase, channels.socket().isClosed]).toEqual(["waiting", true]);
  });

  it("hears nothing more of a connection that it has left", () => {
    const { link, told } = start();
    const first = channels.socket();
    first.open();
    first.tell(hello);
    link.renew();
    const before = [...told];
    first.tell(hello, { t: "ping" });
    first.lose();
    expect([told, first.sent.length, first.isClosed]).toEqual([before, 1, true]);
  });
});

describe("a server that says bye", () => {
  const bye = (retryAfter: number | null): ServerMessage => ({ t: "bye", code: "slow", retryAfter });
  function leave(retryAfter: number | null) {
    const started = start();
    channels.socket().open();
    channels.socket().tell(hello, bye(retryAfter));
    return started;
  }

  it.each([
    [0, 600],
    [7000, 7600],
    [null, 30_600],
  ])("and asks for %j ms is left alone for so long, and a part of the delay", (retryAfter, ms) => {
    leave(retryAfter);
    channels.socket().lose();
    expect(untilNext()).toBe(ms);
  });

  it("is left alone for it once, not after the next failure again", () => {
    leave(60_000);
    channels.socket().lose();
    untilNext();
    channels.socket().lose();
    expect(untilNext()).toBeLessThan(2000);
  });

  it("says nothing of the connections after it", () => {
    for (const again of ["renew", "stop"] as const) {
      const { link } = leave(60_000);
      link[again]();
      link.start();
      channels.socket().open();
      channels.socket().lose();
      expect(untilNext()).toBe(600);
      link.stop();
    }
  });
});

describe("a link that rests", () => {
  it("opens nothing, and goes on where it was", () => {
    const { link, viewer } = start();
    channels.socket().open();
    channels.socket().tell(hello);
    viewer.held = { epoch: "e1", offset: 7 };
    link.stop();
    link.stop();
    link.renew();
    expect([untilNext(), link.state()]).toEqual([
      200_000,
      expect.objectContaining({ phase: "idle", everOpen: true, lostAt: 1_790_000_000_000 }),
    ]);
    link.start();
    link.start();
    expect(channels.all()).toHaveLength(2);
    channels.socket().open();
    expect(channels.socket().sent).toEqual([{ t: "resume", epoch: "e1", offset: 7 }]);
  });
});

describe("where websockets do not get through", () => {
  const refuse = (times: number) => {
    for (let time = 0; time < times; time += 1) {
      channels.socket().lose();
      untilNext();
    }
  };

  it.each([
    ["ws://team.example/live", "http://team.example/live/events"],
    ["wss://team.example/live/", "https://team.example/live/events"],
    ["wss://team.example:8443/a/live?team=1", "https://team.example:8443/a/live/events?team=1"],
  ])("events are taken beside %s, from where the viewer stands", (url, events) => {
    const { viewer, link } = start({ url });
    viewer.held = { epoch: "3f:2a b", offset: 12 };
    refuse(2);
    const { searchParams } = new URL(channels.source().url);
    expect(searchParams.get("last")).toBe("3f:2a b:12");
    expect(channels.source().url.replace(/[?&]last=.*/, "")).toBe(events);
    channels.source().tell(hello, { t: "ping" });
    expect(link.state()).toMatchObject({ phase: "open", failures: 0 });
  });

  it("the two take turns while neither does, and the browser does not come back by itself", () => {
    start();
    refuse(2);
    const source = channels.source();
    source.lose();
    expect(source.isClosed).toBe(true);
    untilNext();
    refuse(1);
    expect(channels.all()).toEqual(["websocket", "websocket", "events", "websocket", "events"]);
  });

  it("and a browser does not even try them, as from a page of https, the view goes on", () => {
    vi.stubGlobal(
      "WebSocket",
      class {
        constructor() {
          throw new DOMException("an insecure connection from a secure page", "SecurityError");
        }
      },
    );
    const { link, told } = start();
    expect([link.state().phase, told]).toEqual(["waiting", ["opening", "waiting"]]);
    untilNext();
    channels.source().tell(hello);
    expect(link.state().phase).toBe("open");
  });
});

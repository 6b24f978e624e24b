import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeChannels } from "../testing/fake-channels.ts";
import { openEvents, openWebSocket } from "./channels.ts";

let channels: ReturnType<typeof fakeChannels>;
beforeEach(() => {
  channels = fakeChannels();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function listener() {
  const told: string[] = [];
  return {
    told,
    opened: () => told.push("opened"),
    text: (text: string) => told.push(text),
    ended: () => told.push("ended"),
  };
}
const nowhere = () => null;

describe("the events of a live view", () => {
  it.each([
    ["wss://team.example/live", "https://team.example/live/events"],
    ["ws://127.0.0.1:8787/live", "http://127.0.0.1:8787/live/events"],
    ["wss://team.example/demo/live/", "https://team.example/demo/live/events"],
    ["wss://team.example/live?team=7", "https://team.example/live/events?team=7"],
    ["wss://team.example/", "https://team.example/events"],
  ])("of %s are at %s", (url, events) => {
    openEvents({ url: new URL(url), position: nowhere }, listener());
    expect(channels.source().url).toBe(events);
  });

  it.each([
    [{ epoch: "3f2a", offset: 12 }, "3f2a:12"],
    [{ epoch: "a&last=b", offset: 0 }, "a&last=b:0"],
    [{ epoch: "ä b#", offset: Number.MAX_SAFE_INTEGER }, `ä b#:${Number.MAX_SAFE_INTEGER}`],
  ])("are asked for from where the viewer stands: %j", (held, last) => {
    const url = new URL("wss://team.example/live?team=7");
    openEvents({ url, position: () => held }, listener());
    const { searchParams } = new URL(channels.source().url);
    expect([...searchParams]).toEqual([
      ["team", "7"],
      ["last", last],
    ]);
    // The address is the link's, and will be asked again.
    expect(url.href).toBe("wss://team.example/live?team=7");
  });

  it("hand on what is said, end at the first error, and take no word of the viewer", () => {
    const heard = listener();
    const channel = openEvents({ url: new URL("ws://a.example/live"), position: nowhere }, heard);
    channel.send("ack");
    channels.source().tellText("one");
    channels.source().lose();
    expect(heard.told).toEqual(["one", "ended"]);
    channel.close();
    expect(channels.source().isClosed).toBe(true);
  });
});

describe("a websocket", () => {
  it("is sent nothing before it is open, nor after it is lost", () => {
    const heard = listener();
    const channel = openWebSocket({ url: new URL("ws://a.example/live"), position: nowhere }, heard);
    channel.send('"early"');
    channels.socket().open();
    channel.send('"in time"');
    channels.socket().tellText("one");
    channels.socket().lose();
    channel.send('"late"');
    expect(channels.socket().sent).toEqual(["in time"]);
    expect(heard.told).toEqual(["opened", "one", "ended"]);
  });
});

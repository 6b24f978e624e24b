import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { parseServerMessage, type ServerMessage, SUBPROTOCOL } from "../protocol.ts";
import { present } from "../testing/present.ts";
import { batch, offsetsIn, startLive, type TestLive, watch } from "../testing/start-live.ts";

let server: TestLive;
beforeAll(async () => {
  server = await startLive({ aheadMs: 100 });
  await server.bus.publish(batch(1, 10));
});
afterAll(() => server.close());

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** What a stream of events says until it has said `enough`. */
async function listen(
  query: string,
  headers: Record<string, string>,
  enough: (all: ServerMessage[]) => boolean,
): Promise<ServerMessage[]> {
  const abort = new AbortController();
  const url = `http://${server.host}/live/events${query}`;
  const response = await fetch(url, { headers, signal: abort.signal });
  const all: ServerMessage[] = [];
  let rest = "";
  for await (const chunk of present(response.body).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) all.push(parseServerMessage(line.slice(6)));
    if (enough(all)) break;
  }
  abort.abort();
  return all;
}
const isGreeted = (all: readonly ServerMessage[]) => all.some(({ t }) => t === "snapshot" || t === "resumed");

/** Says these texts one after the other, and resolves with what came until it was greeted, or closed. */
async function say(...texts: string[]): Promise<{ all: ServerMessage[]; code: number | null }> {
  const socket = new WebSocket(`ws://${server.host}/live`, SUBPROTOCOL);
  ends.push(() => socket.terminate());
  const all: ServerMessage[] = [];
  const opened = once(socket, "open");
  const closed = once(socket, "close").then(([code]) => Number(code));
  const greeted = new Promise<null>((resolve) => {
    socket.on("message", (data) => {
      all.push(parseServerMessage(String(data)));
      if (isGreeted(all)) resolve(null);
    });
  });
  await opened;
  for (const text of texts) socket.send(text);
  return { code: await Promise.race([closed, greeted]), all };
}
const resume = (epoch: string, offset: unknown) => JSON.stringify({ t: "resume", epoch, offset });

describe("a viewer that says where it stands", () => {
  it.each([
    ["in another epoch", resume("e0", 4)],
    ["in none", resume("", 0)],
    ["in one called as what every object has", resume("__proto__", 4)],
    ["in the longest name of one", resume("e".repeat(128), 4)],
    ["at the beginning, which is not kept as such", resume("e2", 0)],
    ["in one that ends otherwise", resume("e1\u0000", 4)],
  ])("%s is told anew with a snapshot, of what there is", async (_, text) => {
    const { all, code } = await say(text);
    expect([all.map(({ t }) => t), code]).toEqual([["hello", "snapshot"], null]);
    expect(all.at(-1)).toMatchObject({ offset: 10 });
  });

  it.each([
    ["below zero", resume("e1", -1)],
    ["between two readings", resume("e1", 4.5)],
    ["past all numbers", resume("e1", 2 ** 53)],
    ["as text", resume("e1", "4")],
    ["nowhere", '{"t":"resume","epoch":"e1"}'],
    ["in nothing", '{"t":"resume","epoch":null,"offset":4}'],
  ])("at an offset %s is no viewer of ours, and told so by its close", async (_, text) => {
    const { all, code } = await say(text);
    expect([code, isGreeted(all)]).toEqual([1008, false]);
  });

  it("further than anybody ever was is waited for a while, and then told anew", async () => {
    const { all } = await say(resume("e1", Number.MAX_SAFE_INTEGER));
    expect(all.map(({ t }) => t)).toEqual(["hello", "resumed"]);
    const viewer = watch(server.host, {
      first: { t: "resume", epoch: "e1", offset: Number.MAX_SAFE_INTEGER },
    });
    ends.push(() => viewer.close());
    await viewer.until((messages) => messages.some(({ t }) => t === "snapshot"));
  });

  it("at what it has, and acknowledges nonsense before, is believed in neither", async () => {
    const { all } = await say('{"t":"ack","offset":9007199254740991}', resume("e1", 4));
    expect(all.map(({ t }) => t).slice(0, 2)).toEqual(["hello", "snapshot"]);
  });
});

describe("a stream of events from somewhere", () => {
  it.each([
    ...["", " ", "nonsense", ":", "e1:", ":4", "e1:-4", "e1:4.5", "e1:0x4", "e1:٤", "e1:9007199254740992"],
    ...["e1:4:4", "e0:4", "null", "__proto__:4", `${"e".repeat(129)}:4`, "e1:4 ", "e1: 4", "[object Object]"],
  ])("that is nowhere begins anew: %j", async (id) => {
    const header = /^[\x20-\x7e]*$/.test(id) ? [{ "last-event-id": id }] : [];
    for (const headers of [...header, {}]) {
      const query = "last-event-id" in headers ? "" : `?last=${encodeURIComponent(id)}`;
      const kinds = (await listen(query, headers, isGreeted)).map(({ t }) => t).slice(0, 2);
      // HTTP has no blanks at the ends of a header's value.
      const isTrimmed = "last-event-id" in headers && id.trim() === "e1:4";
      expect(kinds, query).toEqual(["hello", isTrimmed ? "resumed" : "snapshot"]);
    }
  });

  it("goes by what its browser has noted, which is later, before what its page had asked for", async () => {
    const reached = (all: ServerMessage[]) =>
      all.some((message) => message.t === "delta" && message.to === 10);
    const all = await listen("?last=e1:2", { "last-event-id": "e1:7" }, reached);
    expect(offsetsIn(all)).toEqual([8, 9, 10]);
    expect(offsetsIn(await listen("?last=e1:2&last=e1:9", {}, reached))).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("a stream of events that nobody reads", () => {
  it("is ended once too much lies here for it, gives its place back, and keeps nobody waiting", async () => {
    const own = await startLive();
    ends.push(() => own.close());
    await own.bus.publish(batch(1, 1));
    const reader = watch(own.host);
    await reader.until((all) => all.some(({ t }) => t === "snapshot"));
    const socket = connect(own.port, "127.0.0.1");
    ends.push(() => socket.destroy());
    await once(socket, "connect");
    socket.write("GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(socket, "data");
    socket.pause();
    let to = 1;
    while (own.live.counts().closed.slow === 0) {
      await own.bus.publish(batch(to + 1, 1000, { sources: 1000, pad: "x".repeat(60) }));
      to += 1000;
      await reader.until((all) => all.some((message) => message.t === "delta" && message.to >= to));
    }
    await expect.poll(() => own.live.counts().viewers).toBe(1);
    expect(offsetsIn(reader.messages)).toHaveLength(to - 1);
    reader.close();
  });
});

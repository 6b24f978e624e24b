import { afterEach, describe, expect, it } from "vitest";
import { parseServerMessage, type ServerMessage } from "../protocol.ts";
import { present } from "../testing/present.ts";
import { batch, offsetsIn, startLive } from "../testing/start-live.ts";
import { parseEventId } from "./events-viewer.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(...args: Parameters<typeof startLive>) {
  const started = await startLive(...args);
  ends.push(started.close);
  return started;
}

interface ServerEvent {
  id: string | null;
  message: ServerMessage;
}

/** Reads events until `enough` holds, then leaves. */
async function read(
  url: string,
  headers: Record<string, string>,
  enough: (events: ServerEvent[]) => boolean,
  whileOpen?: () => Promise<void>,
): Promise<ServerEvent[]> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events: ServerEvent[] = [];
  let rest = "";
  let told = false;
  for await (const chunk of present(response.body).pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const field = (name: string) =>
        part
          .split("\n")
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? null;
      const data = field("data");
      if (data) events.push({ id: field("id"), message: parseServerMessage(data) });
    }
    if (!told && events.length > 0) {
      told = true;
      await whileOpen?.();
    }
    if (enough(events)) break;
  }
  abort.abort();
  return events;
}

const reached = (offset: number) => (events: ServerEvent[]) =>
  events.some(({ message }) => message.t === "delta" && message.to >= offset);

describe("server-sent events", () => {
  it("carry the same messages, and resume by Last-Event-ID or ?last=", async () => {
    const { bus, host } = await start();
    await bus.publish(batch(1, 10));
    const url = `http://${host}/live/events`;
    const first = await read(url, {}, reached(20), () => bus.publish(batch(11, 10)));
    expect(first.slice(0, 2).map(({ message }) => message.t)).toEqual(["hello", "snapshot"]);
    expect(first.at(-1)?.id).toBe("e1:20");
    await bus.publish(batch(21, 10));
    const id = present(first.at(-1)?.id);
    for (const [address, headers] of [
      [url, { "last-event-id": id }],
      [`${url}?last=${id}`, {}],
    ] as const) {
      const again = await read(address, { ...headers }, reached(30));
      expect(again.slice(0, 2).map(({ message }) => message.t)).toEqual(["hello", "resumed"]);
      expect(offsetsIn(again.map(({ message }) => message))).toEqual(
        Array.from({ length: 10 }, (_, index) => index + 21),
      );
    }
  });

  it("are kept from other origins, and shared with allowed ones", async () => {
    const { bus, host } = await start({ origins: ["https://team.example"] });
    await bus.publish(batch(1, 1));
    const url = `http://${host}/live/events`;
    const evil = await fetch(url, { headers: { origin: "https://evil.example" } });
    expect(evil.status).toBe(403);
    expect(evil.headers.get("access-control-allow-origin")).toBeNull();
    const abort = new AbortController();
    const team = await fetch(url, { headers: { origin: "https://team.example" }, signal: abort.signal });
    expect(team.headers.get("access-control-allow-origin")).toBe("https://team.example");
    abort.abort();
  });

  it("answer a question for their head at once, without a viewer", async () => {
    const { bus, host, live } = await start({});
    await bus.publish(batch(1, 1));
    const head = await fetch(`http://${host}/live/events`, { method: "HEAD" });
    expect([head.status, live.counts().viewers]).toEqual([404, 0]);
  });

  it("count as viewers", async () => {
    const { bus, host, live } = await start({ maxViewers: 1 });
    await bus.publish(batch(1, 1));
    await read(
      `http://${host}/live/events`,
      {},
      (events) => events.length > 0,
      async () => {
        expect(live.counts().viewers).toBe(1);
        const refused = await fetch(`http://${host}/live/events`);
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
      },
    );
  });
});

describe("parseEventId", () => {
  it.each([
    "",
    "e1",
    "e1:",
    ":5",
    "e1:-1",
    "e1:1.5",
    "e1:99999999999999999",
    "e 1:5",
    `${"e".repeat(200)}:1`,
  ])("takes %j for no position", (id) => expect(parseEventId(id)).toBeNull());
  it("reads epoch and offset", () => {
    expect(parseEventId("3f2a-b:12")).toEqual({ epoch: "3f2a-b", offset: 12 });
  });
});

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { batch, startLive, type TestLive, watch } from "../testing/start-live.ts";

const MOST = 6;
let server: TestLive;
afterEach(() => server.close());

async function start(changes: Parameters<typeof startLive>[0] = {}): Promise<TestLive> {
  const started = await startLive({ maxViewers: MOST, ...changes });
  await started.bus.publish(batch(1, 10));
  return started;
}

const request = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, "Host: localhost", ...headers].join("\r\n")}\r\n\r\n`;
const events = request("/live/events");
const upgrade = request(
  "/live",
  ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
  ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: sprintcast.live.v1"],
);

/** Sends requests in one go, and resolves once the first of them is being answered. */
async function send(...requests: string[]): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(requests.join(""));
  await once(socket, "data");
  return socket;
}

const viewers = () => server.live.counts().viewers;

describe("requests that follow each other on one connection, though the first is never over", () => {
  it.each([
    ["streams of events", 5, 5],
    ["more streams of events than there are places", 9, MOST],
  ])("count each as a viewer, and give all places back with the connection: %s", async (_, asked, count) => {
    server = await start();
    const socket = await send(...Array<string>(asked).fill(events));
    await expect.poll(viewers).toBe(count);
    socket.destroy();
    await expect.poll(viewers).toBe(0);
    const viewer = watch(server.host);
    await viewer.until((all) => all.some(({ t }) => t === "snapshot"));
    viewer.close();
  });

  it("give their places back by their silence where a websocket took the connection from them", async () => {
    server = await start({ heartbeatMs: 200 });
    const socket = await send(events, events, events, upgrade);
    await expect.poll(() => server.live.counts().closed.timeout + viewers()).toBeGreaterThanOrEqual(4);
    socket.destroy();
    await expect.poll(viewers).toBe(0);
  });
});

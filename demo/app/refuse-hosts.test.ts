import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import getPort from "get-port";
import { afterAll, beforeAll, expect, it } from "vitest";
import { untilCutOff } from "../testing/until-cut-off.ts";
import { createDemoApp } from "./app.ts";

let folder: string;
let app: FastifyInstance;
let operatorPort: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hosts-"));
  operatorPort = await getPort({ host: "127.0.0.1" });
  const values = { db: join(folder, "demo.db"), operatorPort, maxViewers: 0 };
  app = await createDemoApp({ values, parts: { feeder: false } });
  await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const websocket = [
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
];

/** The status of the answer to a request with these hosts. */
async function statusOf(request: string, hosts: readonly string[], port: number): Promise<number> {
  const [line, ...more] = request.split("\n");
  const headers = [...hosts.map((host) => `Host: ${host}`), "Connection: close", ...more];
  const answer = await untilCutOff(port, `${line} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  return Number(answer.split(" ")[1]);
}

// No place is free, so that no stream stays open: 503 is as far as a viewer gets.
const upgrade = [
  "GET /live",
  "Connection: Upgrade",
  ...websocket,
  "Sec-WebSocket-Protocol: sprintcast.live.v1",
];
it.each([
  ["an upgrade", upgrade.join("\n"), 503],
  ["a stream of events", "GET /live/events", 503],
  ["a page", "GET /live\nAccept: text/html", 302],
  ["readings", "POST /ingest\nContent-Length: 0", 401],
  ["a probe", "GET /healthz", 200],
])("%s may name one host, and is answered 400 where it names several, or none", async (_, request, usual) => {
  const { port } = app.server.address() as AddressInfo;
  const asked = (...hosts: string[]) => statusOf(request, hosts, port);
  expect(await Promise.all([asked("a"), asked("a", "b"), asked("a", "a"), asked()])).toEqual([
    usual,
    400,
    400,
    400,
  ]);
});

it("what operators ask may name one host, too", async () => {
  const asked = (...hosts: string[]) => statusOf("GET /metrics", hosts, operatorPort);
  expect(await Promise.all([asked("a"), asked("a", "b")])).toEqual([200, 400]);
});

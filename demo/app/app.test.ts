import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, readMark } from "../eater/database.ts";
import { openQueries } from "../eater/reader.ts";
import { addToken } from "../eater/tokens.ts";
import { ndjson, reading } from "../testing/start-eater.ts";
import { untilCutOff } from "../testing/until-cut-off.ts";
import { createDemoApp, demoPlugin } from "./app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "app-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const operatorToken = "operators-know-this";
const asOperator = { headers: { authorization: `Bearer ${operatorToken}` } };
const values = () => ({
  db: join(folder, "demo.db"),
  rate: 400,
  flushMs: 20,
  logLevel: "silent",
  operatorToken,
});

describe("all in one process", () => {
  it("feeds itself over its own address, and drains when it closes", async () => {
    const app = await createDemoApp({ values: { ...values(), state: join(folder, "feeder.ndjson") } });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const stored = async () => {
      const text = await (await fetch(`${url}/metrics`, asOperator)).text();
      return Number(/^sprintcast_eater_readings_stored_total (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    await expect.poll(stored).toBeGreaterThan(50);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, reasons: [], degraded: [] }]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await app.close();

    const queries = openQueries(join(folder, "demo.db"));
    const batch = queries.batchAfter(0, 100_000);
    queries.close();
    const keys = batch?.readings.map(({ source, seq }) => `${source} ${seq}`) ?? [];
    expect(new Set(keys).size).toBe(keys.length);
    expect(batch?.to).toBe(keys.length);
  });

  it("gives a store that has much to derive as long to open as it takes", async () => {
    const app = await createDemoApp({ values: values(), parts: { feeder: false } });
    expect(app.initialConfig.pluginTimeout).toBe(0);
    await app.close();
  });

  it("can be mounted beside what an app serves already", async () => {
    const app = fastify();
    app.get("/", async () => "the site");
    await app.register(demoPlugin, { values: values(), parts: { feeder: false } });
    expect((await app.inject("/")).body).toBe("the site");
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    expect((await app.inject({ method: "POST", url: "/ingest" })).statusCode).toBe(401);
    const posted = await app.inject({
      method: "POST",
      url: "/",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(posted.statusCode).toBe(404);
    await app.close();
  });

  it("takes readings while the bus is away, is ready, and says what is amiss", async () => {
    const app = await createDemoApp({
      values: { ...values(), bus: "nats://127.0.0.1:9", serviceTimeoutMs: 200 },
      parts: { feeder: true },
    });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        reasons: [],
        degraded: ["the bus does not answer", "nothing has come over the bus yet"],
      },
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const offset = async () =>
      Number(
        /^sprintcast_eater_offset (\d+)$/m.exec(
          await (await fetch(`${url}/metrics`, asOperator)).text(),
        )?.[1],
      );
    await expect.poll(offset).toBeGreaterThan(10);
    await app.close();
  });
});

describe("a live process of its own", () => {
  it("is not ready before it has reached the bus, and stays healthy", async () => {
    const app = await createDemoApp({
      values: { ...values(), bus: "nats://127.0.0.1:9", serviceTimeoutMs: 200 },
      parts: { feeder: false, eater: false },
    });
    const ready = await app.inject("/readyz");
    expect([ready.statusCode, ready.json().reasons]).toEqual([
      503,
      ["the bus has not been reached since the start"],
    ]);
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    await app.close();
  });

  it("is ready on a bus to which nothing was ever published", async () => {
    const app = await createDemoApp({ values: values(), parts: { feeder: false, eater: false } });
    const ready = async () => (await app.inject("/readyz")).json();
    await expect
      .poll(ready)
      .toEqual({ ready: true, reasons: [], degraded: ["nothing has come over the bus yet"] });
    await app.close();
  });
});

describe("the next life of the one process", () => {
  it("numbers on where the last one ended, so that nothing counts as a duplicate", async () => {
    const stored = async () => {
      const app = await createDemoApp({ values: { ...values(), duplicates: 0 } });
      const url = await app.listen({ host: "127.0.0.1", port: 0 });
      const metric = async (name: string) => {
        const text = await (await fetch(`${url}/metrics`, asOperator)).text();
        return Number(
          new RegExp(`^sprintcast_eater_readings_${name}_total (\\d+)$`, "m").exec(text)?.[1] ?? 0,
        );
      };
      await expect.poll(() => metric("stored")).toBeGreaterThan(20);
      const duplicates = await metric("duplicate");
      await app.close();
      return duplicates;
    };
    expect([await stored(), await stored()]).toEqual([0, 0]);
  });
});

describe("an app that closes under load", () => {
  it("answers every request whose readings it commits", async () => {
    const { db } = values();
    const app = await createDemoApp({
      values: { db, maxRequests: 1000 },
      parts: { feeder: false, live: false },
    });
    const opened = openDatabase(db);
    const token = addToken(opened, "load", 0);
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const post = async (source: string) => {
      const readings = Array.from({ length: 1000 }, (_, index) => reading(source, index + 1));
      const response = await fetch(`${url}/ingest`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` },
        body: ndjson(readings),
      });
      return response.status === 200 ? ((await response.json()) as { stored: number }).stored : 0;
    };
    const posts = Array.from({ length: 30 }, (_, index) => post(`device-${index}`).catch(() => 0));
    await Promise.race(posts);
    await app.close();
    const acknowledged = (await Promise.all(posts)).reduce((sum, stored) => sum + stored, 0);
    expect(acknowledged).toBeGreaterThan(0);
    expect(readMark(opened, "committed")).toBe(acknowledged);
    opened.close();
  });

  it("waits for nobody who has hung up", async () => {
    const { db } = values();
    const app = await createDemoApp({
      values: { db, maxRequests: 1000 },
      parts: { feeder: false, live: false },
    });
    const opened = openDatabase(db);
    const token = addToken(opened, "load", 0);
    opened.close();
    await app.listen({ host: "127.0.0.1", port: 0 });
    const body = ndjson(Array.from({ length: 1000 }, (_, index) => reading("device-1", index + 1)));
    const head = `POST /ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const read = new Promise<void>((resolve) => {
      app.server.on("request", (request) => request.on("end", resolve));
    });
    const sockets = Array.from({ length: 10 }, () =>
      connect((app.server.address() as AddressInfo).port, "127.0.0.1"),
    );
    for (const socket of sockets) socket.write(head + body);
    await read;
    for (const socket of sockets) socket.destroy();
    await app.close();
  });

  const line = ndjson([reading("a", 1)]);
  it.each([
    ["its head", (_: string) => ""],
    ["its body of a length", (head: string) => `${head}content-length: ${2 * line.length}\r\n\r\n${line}`],
    [
      "its body in chunks, of which the last never comes",
      (head: string) => `${head}transfer-encoding: chunked\r\n\r\n${line.length.toString(16)}\r\n${line}\r\n`,
    ],
  ])("has a limit to how long a request may take to arrive: %s", async (_, rest) => {
    const db = openDatabase(values().db);
    const token = addToken(db, "late", Date.now());
    db.close();
    const app = await createDemoApp({
      values: { ...values(), requestTimeoutMs: 500 },
      parts: { feeder: false, live: false },
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const head = `authorization: Bearer ${token}\r\ncontent-type: application/x-ndjson\r\n`;
    const answer = await untilCutOff(port, `POST /ingest HTTP/1.1\r\nHost: x\r\n${rest(head)}`);
    expect(answer).toMatch(/^HTTP\/1.1 408/);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" };
    const whole = await app.inject({ method: "POST", url: "/ingest", headers, body: line });
    expect(whole.json()).toMatchObject({ stored: 1, duplicates: 0 });
    await app.close();
  });
});

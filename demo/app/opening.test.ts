import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNatsBus } from "../bus/nats.ts";
import { run } from "../cli/program.ts";
import { lockFile } from "../file-lock.ts";
import { defaultOptions } from "../options/options.ts";
import { record } from "../recording/record.ts";
import { openFilesIn } from "../testing/open-files.ts";
import { present } from "../testing/present.ts";
import { startLive } from "../testing/start-live.ts";
import { createDemoApp } from "./app.ts";
import { natsAccess } from "./nats-access.ts";

let folder: string;
let server: Server;
let sockets: Socket[];
const portOf = () => (server.address() as AddressInfo).port;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "opening-"));
  sockets = [];
  server = createServer((socket) => {
    socket.on("error", () => {});
    sockets.push(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

/** Resolves once the server has taken this connection, and so every one that was asked for before. */
async function knock(): Promise<void> {
  const socket = connect(portOf(), "127.0.0.1");
  await Promise.all([once(socket, "connect"), sockets.length > 0 ? null : once(server, "connection")]);
  socket.destroy();
}

describe("an app that cannot be put together", () => {
  it("leaves no bus behind that goes on looking for its server", async () => {
    const values = {
      db: join(folder, "demo.db"),
      bus: `nats://127.0.0.1:${portOf()}`,
      snapshot: "redis://a",
    };
    await expect(createDemoApp({ values: { ...values, logLevel: "silent" } })).rejects.toThrow(/--snapshot/);
    await knock();
    expect(sockets).toHaveLength(1);
  });

  it("gives its database back where a later part refuses", async () => {
    const db = join(folder, "demo.db");
    const values = { db, logLevel: "silent", operatorToken: "short" };
    await expect(createDemoApp({ values })).rejects.toThrow(/--operator-token/);
    expect(openFilesIn(folder) ?? []).toEqual([]);
    lockFile(db, "--db", 0)();
  });

  it("and where its port is taken, as a command", async () => {
    const db = join(folder, "demo.db");
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const args = ["all", "--db", db, "--port", String(portOf()), "--log-level", "silent"];
    expect(await run(args, { stdin, stdout, stderr, stopAsked: new Promise(() => {}) })).toBe(2);
    expect(String(stderr.read())).toMatch(/port \d+ is taken/);
    expect(openFilesIn(folder) ?? []).toEqual([]);
    lockFile(db, "--db", 0)();
  });
});

it("a bus that is closed while it connects keeps no connection that comes about later", async () => {
  const values = { ...defaultOptions(), bus: `nats://127.0.0.1:${portOf()}` };
  const settings = {
    stream: "s",
    subject: "s",
    replicas: 1,
    maxAgeMs: 1000,
    maxBytes: 1000,
    timeoutMs: 5000,
  };
  const bus = createNatsBus({ access: natsAccess(values), ...settings }, () => {});
  await once(server, "connection");
  await bus.close();
  const [socket] = sockets;
  const ended = once(present(socket), "close");
  // Only now the server says who it is, and answers the client's ping.
  present(socket).on("data", (data) => {
    if (data.toString().includes("PING")) present(socket).write("PONG\r\n");
  });
  const info = { server_id: "a", version: "2.9.10", proto: 1, max_payload: 1_000_000, headers: true };
  present(socket).write(`INFO ${JSON.stringify(info)}\r\n`);
  await ended;
});

describe("a recording that cannot be written", () => {
  it("is refused, and watches no longer", async () => {
    const live = await startLive();
    try {
      const out = join(folder, "01.ndjson");
      await mkdir(`${out}.part`);
      const settings = { url: `ws://${live.host}/live`, seconds: 600, out, clock: Date.now };
      await expect(record(settings)).rejects.toMatchObject({ code: "EISDIR" });
      await expect.poll(() => live.live.counts().viewers).toBe(0);
    } finally {
      await live.close();
    }
  });

  it("ends at once where it was asked to before it began", async () => {
    const settings = {
      url: `ws://127.0.0.1:${portOf()}`,
      seconds: 600,
      out: join(folder, "a"),
      clock: Date.now,
    };
    await expect(record({ ...settings, stop: AbortSignal.abort() })).rejects.toMatchObject({
      code: "nothing-came",
    });
  });
});

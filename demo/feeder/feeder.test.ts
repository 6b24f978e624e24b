import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../testing/present.ts";
import { ndjson, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import { findProgram } from "../testing/start-process.ts";
import { type FeederSettings, startFeeder } from "./feeder.ts";
import { fileSource } from "./file-source.ts";
import type { Chunk, Source } from "./fleet-source.ts";
import { createNoJournal, type Journal, openJournal } from "./journal.ts";

let folder: string;
let opened: (() => Promise<unknown>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "feeder-"));
  opened = [];
});
afterEach(async () => {
  for (const close of opened.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

const silent = { info() {}, warn() {} };
const settings = (url: string, token: string): FeederSettings => ({
  url,
  token,
  timeoutMs: 5000,
  backoffFirstMs: 1,
  backoffMaxMs: 20,
  maxBatch: 10,
  outboxLimit: 1000,
  drainMs: 10_000,
});

async function listeningEater(): Promise<TestEater & { url: string }> {
  const test = await startEater();
  opened.push(() => test.close());
  return { ...test, url: await test.app.listen({ port: 0, host: "127.0.0.1" }) };
}

async function fakeEater(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function chunksOf(...chunks: Chunk["emissions"][]): () => Source {
  return async function* () {
    let cursor = 0;
    for (const emissions of chunks) {
      cursor += emissions.length;
      yield { emissions, cursor };
    }
  };
}

const prompt = (source: string, seq: number) => ({ reading: reading(source, seq), delayMs: 0 });
const feed = (
  source: (signal: AbortSignal) => Source,
  journal: Journal,
  url: string,
  token = "x",
  changes: Partial<FeederSettings> = {},
) => startFeeder(source, journal, { ...settings(url, token), ...changes }, Date.now, silent);

const openssl = findProgram("openssl");

describe.runIf(openssl)("an eater behind a certificate (needs openssl)", () => {
  it("that is not trusted ends the feeder, which says why and what would help", async () => {
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const made = ["-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    execFileSync(present(openssl), ["req", ...made, "-subj", "/CN=localhost"], { stdio: "ignore" });
    const server = createTlsServer({ cert: await readFile(cert), key: await readFile(key) });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    opened.push(async () => server.close());
    const { port } = server.address() as AddressInfo;
    const source = chunksOf([prompt("a", 1)]);
    await expect(feed(source, createNoJournal(1), `https://127.0.0.1:${port}`).done).rejects.toMatchObject({
      code: "CERTIFICATE",
      exitCode: 4,
      message: expect.stringMatching(/not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/),
    });
  });
});

describe("feeder and eater", () => {
  it("feeds a source to its end, each reading once and in order", async () => {
    const { url, token, eater } = await listeningEater();
    const all = Array.from({ length: 95 }, (_, index) => prompt("a", index + 1));
    const feeder = feed(chunksOf(all.slice(0, 50), all.slice(50)), createNoJournal(0), url, token);
    expect(await feeder.done).toEqual({ acknowledged: 95, rejected: 0, left: 0 });
    const stored = await eater.batchAfter(0, 1000);
    expect(stored?.readings).toEqual(all.map(({ reading }) => reading));
  });

  it("sends what is late afterwards, and a duplicate to no effect", async () => {
    const { url, token, eater } = await listeningEater();
    const late = { ...prompt("a", 1), delayMs: 3000 };
    const feeder = feed(chunksOf([late, prompt("a", 2), late]), createNoJournal(0), url, token);
    await feeder.done;
    expect((await eater.batchAfter(0, 10))?.readings.map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it("reads CSV and NDJSON files, numbers what has no seq, and passes over bad records", async () => {
    const { url, token, eater } = await listeningEater();
    const csv = join(folder, "some.csv");
    await writeFile(csv, "source,at,metric,value\nc,2026-01-01T00:00:00Z,t,1.5\nc,oops,t,2\nc,1000,t,3\n");
    const refused: number[] = [];
    const from =
      (file: string, stdin = Readable.from([])) =>
      (signal: AbortSignal) =>
        fileSource(
          {
            from: file,
            stdin,
            maxBatch: 2,
            skip: 0,
            nextSeq: new Map(),
            firstSeq: 1,
            refused: (line) => refused.push(line),
          },
          signal,
        );
    await feed(from(csv), createNoJournal(0), url, token).done;
    const input = Readable.from([ndjson([reading("n", 7)]), "nonsense\n", ndjson([reading("n", 8)])]);
    await feed(from("-", input), createNoJournal(0), url, token).done;
    expect(refused).toEqual([3, 2]);
    expect((await eater.batchAfter(0, 10))?.readings).toEqual([
      { source: "c", seq: 1, at: Date.UTC(2026, 0, 1), metric: "t", value: 1.5 },
      { source: "c", seq: 2, at: 1000, metric: "t", value: 3 },
      reading("n", 7),
      reading("n", 8),
    ]);
  });

  it("rejects for a file that is not there", async () => {
    const missing = join(folder, "missing.csv");
    const feeder = feed(
      (signal) =>
        fileSource(
          {
            from: missing,
            stdin: Readable.from([]),
            maxBatch: 1,
            skip: 0,
            nextSeq: new Map(),
            firstSeq: 1,
            refused() {},
          },
          signal,
        ),
      createNoJournal(0),
      "http://127.0.0.1:9",
    );
    await expect(feeder.done).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });
});

describe("an eater in trouble", () => {
  it("is sent the same bytes under the same id until it takes them", async () => {
    const seen: string[] = [];
    const statuses = [500, 503, 429, 502];
    const url = await fakeEater(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      seen.push(`${request.headers["idempotency-key"]} ${body}`);
      const status = statuses.shift();
      if (status) response.writeHead(status).end();
      else response.end('{"stored":2}');
    });
    const report = await feed(chunksOf([prompt("a", 1), prompt("a", 2)]), createNoJournal(0), url).done;
    expect(report).toEqual({ acknowledged: 2, rejected: 0, left: 0 });
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(1);
  });

  it("survives connections that break", async () => {
    let calls = 0;
    const url = await fakeEater((request, response) => {
      calls += 1;
      if (calls < 4) request.socket.destroy();
      else response.end('{"stored":1}');
    });
    expect(await feed(chunksOf([prompt("a", 1)]), createNoJournal(0), url).done).toMatchObject({ left: 0 });
    expect(calls).toBe(4);
  });

  it("ends the feeder when it refuses the token, keeping what is unsent", async () => {
    const { url } = await listeningEater();
    const file = join(folder, "state.ndjson");
    const feeder = feed(chunksOf([prompt("a", 1)]), await openJournal(file), url, "wrong");
    await expect(feeder.done).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const again = await openJournal(file);
    opened.push(() => again.close());
    expect(again.state.entries).toHaveLength(1);
  });

  it("gets smaller parts after 413, and a reading too large for it is given up", async () => {
    const taken: string[] = [];
    const url = await fakeEater(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      const lines = body.trim().split("\n");
      if (lines.length > 2 || body.includes('"seq":5,')) return response.writeHead(413).end();
      taken.push(...lines);
      response.end(`{"stored":${lines.length}}`);
    });
    const all = Array.from({ length: 9 }, (_, index) => prompt("a", index + 1));
    const report = await feed(chunksOf(all), createNoJournal(0), url).done;
    expect(report).toEqual({ acknowledged: 8, rejected: 1, left: 0 });
    expect(taken.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
  });

  it("does not keep a shutdown waiting past its time", async () => {
    const url = await fakeEater((_, response) => response.writeHead(503, { "retry-after": "100" }).end());
    const file = join(folder, "state.ndjson");
    const feeder = feed(chunksOf([prompt("a", 1)]), await openJournal(file), url, "x", { drainMs: 50 });
    feeder.stop();
    expect(await feeder.done).toMatchObject({ acknowledged: 0, left: 1 });
  });
});

describe("the state file", () => {
  it("carries outbox, numbers and cursor into the next life", async () => {
    const file = join(folder, "deep", "state.ndjson");
    const down = await fakeEater((_, response) => response.writeHead(503).end());
    const first = feed(chunksOf([prompt("a", 1), prompt("b", 1)]), await openJournal(file), down, "x", {
      drainMs: 20,
    });
    first.stop();
    await first.done;

    const { url, token, eater } = await listeningEater();
    const journal = await openJournal(file);
    expect(Object.fromEntries(journal.state.nextSeq)).toEqual({ a: 2, b: 2 });
    expect(journal.state.cursor).toBe(2);
    await feed(chunksOf([prompt("a", 2)]), journal, url, token).done;
    expect((await eater.batchAfter(0, 10))?.readings).toEqual([
      reading("a", 1),
      reading("b", 1),
      reading("a", 2),
    ]);
    const last = await openJournal(file);
    opened.push(() => last.close());
    expect(last.state.entries).toEqual([]);
    expect(Object.fromEntries(last.state.nextSeq)).toEqual({ a: 3, b: 2 });
  });

  it("drops a torn last line and refuses a damaged one", async () => {
    const file = join(folder, "state.ndjson");
    const put =
      '{"put":[{"id":"f:1","body":"{\\"source\\":\\"a\\",\\"seq\\":4}\\n","readings":1,"notBefore":0}],';
    await writeFile(file, `${put}"cursor":1,"nextBatch":2}\n{"put":[{"id":"f:2","bo`);
    const journal = await openJournal(file);
    expect(journal.state.entries.map(({ id }) => id)).toEqual(["f:1"]);
    expect(journal.state.nextSeq.get("a")).toBe(5);
    await journal.close();
    await writeFile(file, `gar bage\n${put}"cursor":1,"nextBatch":2}\n`);
    await expect(openJournal(file)).rejects.toMatchObject({ code: "JOURNAL_DAMAGED" });
  });
});

describe("an eater with a small limit", () => {
  it("is given a batch ten times too large in parts it takes, over a real connection", async () => {
    const { url, token, eater } = await listeningEater();
    const all = Array.from({ length: 100_000 }, (_, index) => prompt("a", index + 1));
    const feeder = feed(chunksOf(all), createNoJournal(0), url, token, {
      maxBatch: 100_000,
      outboxLimit: 1e6,
    });
    expect(await feeder.done).toEqual({ acknowledged: 100_000, rejected: 0, left: 0 });
    const seqs = (await eater.batchAfter(0, 200_000))?.readings.map(({ seq }) => seq);
    expect(seqs).toEqual(all.map(({ reading }) => reading.seq));
  });
});

import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Batch } from "../protocol.ts";
import { NOW, ndjson, reading, startEater, type TestEater } from "../testing/start-eater.ts";

let test: TestEater;
let delivered: Batch[];

beforeEach(async () => {
  test = await startEater();
  delivered = [];
  await test.bus.subscribe(null, (batch) => delivered.push(batch));
});
afterEach(() => test.close());

const line = (changes: object) => `${JSON.stringify({ ...reading("device-1", 1), ...changes })}\n`;

/** Every hostile request ends here: the stream must go on. */
async function expectStreamGoesOn() {
  const response = await test.post(ndjson([reading("honest", 1)]));
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({ stored: 1, rejected: [] });
}

describe("POST /ingest", () => {
  it("stores, publishes with gap-free offsets, and echoes the batch's id", async () => {
    const first = await test.post(ndjson([reading("a", 1), reading("b", 1)]), { "idempotency-key": "f:1" });
    expect(first.statusCode).toBe(200);
    expect(first.json()).toEqual({
      batch: "f:1",
      stored: 2,
      duplicates: 0,
      rejected: [],
      rejectedTotal: 0,
      epoch: test.eater.epoch(),
      offset: 2,
    });
    await test.post(ndjson([reading("a", 2)]));
    await expect.poll(() => delivered.length).toBe(2);
    expect(delivered).toEqual([
      { epoch: test.eater.epoch(), from: 1, to: 2, readings: [reading("a", 1), reading("b", 1)] },
      { epoch: test.eater.epoch(), from: 3, to: 3, readings: [reading("a", 2)] },
    ]);
  });

  it("stores a resent batch once, and keeps a late reading", async () => {
    const body = ndjson([reading("a", 1), reading("a", 3)]);
    await test.post(body);
    expect((await test.post(body)).json()).toMatchObject({ stored: 0, duplicates: 2, offset: 2 });
    expect((await test.post(ndjson([reading("a", 2)]))).json()).toMatchObject({ stored: 1, offset: 3 });
    expect((await test.eater.batchAfter(0, 10))?.readings.map(({ seq }) => seq)).toEqual([1, 3, 2]);
  });

  it("reports every bad line and loses none of the good ones", async () => {
    const body = [
      JSON.stringify(reading("a", 1)),
      "{not json",
      "",
      JSON.stringify({ ...reading("a", 2), source: "" }),
      '{"source":"a","seq":3,"at":1,"metric":"m","value":1e999}',
      "[1,2]",
      JSON.stringify({ ...reading("a", 4), source: "__proto__" }),
      JSON.stringify({ ...reading("a", 5), metric: "constructor" }),
      JSON.stringify({ ...reading("a", 6), more: "is dropped" }),
    ].join("\n");
    const response = await test.post(body);
    expect(response.statusCode).toBe(200);
    const report = response.json();
    expect(report).toMatchObject({ stored: 2, rejectedTotal: 6 });
    expect(report.rejected.map((r: { line: number; code: string }) => [r.line, r.code])).toEqual([
      [2, "bad-json"],
      [4, "bad-shape"],
      [5, "not-finite"],
      [6, "bad-shape"],
      [7, "bad-shape"],
      [8, "bad-shape"],
    ]);
  });

  it.each([
    ["NaN", line({}).replace(/"value":[\d.]+/, '"value":NaN'), "bad-json"],
    ["null for NaN", line({ value: Number.NaN }), "bad-shape"],
    ["a value whose sums overflow", line({ value: 1.7e308 }), "value-range"],
    ["an infinite value", line({}).replace(/"value":[\d.]+/, '"value":1e400'), "not-finite"],
    ["a date in the far future", line({ at: 32_503_680_000_000 }), "future"],
    ["a date just past the tolerance", line({ at: NOW + 300_001 }), "future"],
    ["seq 2^53", line({ seq: 2 ** 53 }), "seq-range"],
    ["seq 1.5", line({ seq: 1.5 }), "seq-range"],
    ["seq -1", line({ seq: -1 }), "seq-range"],
    ["a source of 129 characters", line({ source: "s".repeat(129) }), "bad-shape"],
  ])("refuses %s with 422", async (_, body, code) => {
    const response = await test.post(body);
    expect(response.statusCode).toBe(422);
    expect(response.json().rejected).toMatchObject([{ line: 1, code }]);
    await expectStreamGoesOn();
  });

  it("refuses bytes that are no UTF-8", async () => {
    const body = Buffer.concat([
      Buffer.from(line({ source: "good" })),
      Buffer.from('{"source":"\xff"}\n', "latin1"),
    ]);
    expect((await test.post(body)).json()).toMatchObject({
      stored: 1,
      rejected: [{ line: 2, code: "bad-utf8" }],
    });
  });

  it("takes the latest allowed instant and the largest safe seq", async () => {
    const response = await test.post(line({ at: NOW + 300_000, seq: Number.MAX_SAFE_INTEGER }));
    expect(response.json()).toMatchObject({ stored: 1, rejected: [] });
  });

  it.each([
    ["no token", { authorization: "" }],
    ["a wrong token", { authorization: `Bearer sct_${"A".repeat(43)}` }],
    ["another scheme", { authorization: "Basic dGVzdDp0ZXN0" }],
  ])("refuses %s with 401, before it reads the body", async (_, headers) => {
    const response = await test.post("x".repeat(10_000_000), headers);
    expect(response.statusCode).toBe(401);
    expect(response.json().code).toBe("NO_TOKEN");
    expect(response.headers["www-authenticate"]).toContain("Bearer");
    await expectStreamGoesOn();
  });

  it("refuses 10 MB with 413", async () => {
    expect((await test.post(" ".repeat(10_000_000))).statusCode).toBe(413);
    await expectStreamGoesOn();
  });

  it("takes gzip in any case of its name", async () => {
    const body = gzipSync(ndjson([reading("a", 1)]));
    expect((await test.post(body, { "content-encoding": "GZIP" })).json()).toMatchObject({ stored: 1 });
  });

  it("takes gzip, refuses a bomb with 413, a broken one with 400, another encoding with 415", async () => {
    const gzip = { "content-encoding": "gzip" };
    const good = await test.post(gzipSync(ndjson([reading("z", 1)])), gzip);
    expect(good.json()).toMatchObject({ stored: 1 });
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(bomb.length).toBeLessThan(1_000_000);
    const refused = await test.post(bomb, gzip);
    expect([refused.statusCode, refused.json().code]).toEqual([413, "BODY_TOO_LARGE"]);
    expect((await test.post("no gzip at all", gzip)).statusCode).toBe(400);
    expect((await test.post(gzipSync("{}").subarray(0, 12), gzip)).statusCode).toBe(400);
    expect((await test.post("{}", { "content-encoding": "br" })).statusCode).toBe(415);
    await expectStreamGoesOn();
  });

  it("reads on where it refuses a body of known length, so that the sender hears why", async () => {
    const { port } = new URL(await test.app.listen({ host: "127.0.0.1", port: 0 }));
    const socket = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    let heard = "";
    socket.setEncoding("utf8").on("data", (text) => {
      heard += text;
    });
    const head = (length: number) =>
      `POST /ingest HTTP/1.1\r\nhost: eater\r\nauthorization: Bearer ${test.token}\r\n` +
      `content-type: application/x-ndjson\r\ncontent-length: ${length}\r\n\r\n`;
    const half = "x".repeat(1_000_000);
    socket.write(head(2 * half.length) + half);
    await expect.poll(() => heard).toContain("FST_ERR_CTP_BODY_TOO_LARGE");
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    const honest = ndjson([reading("honest", 1)]);
    socket.write(half + head(Buffer.byteLength(honest)) + honest);
    await expect.poll(() => heard).toContain('"stored":1');
  });

  it("closes the connection of a body that is far too long", async () => {
    const tell = (length: string) =>
      test.app.inject({
        method: "POST",
        url: "/ingest",
        headers: {
          authorization: `Bearer ${test.token}`,
          "content-type": "application/x-ndjson",
          "content-length": length,
        },
        payload: "x",
      });
    const answer = await tell("10000000000");
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, "close"]);
  });

  it("refuses another content type with 415", async () => {
    const response = await test.post("<x/>", { "content-type": "application/xml" });
    expect(response.statusCode).toBe(415);
    await expectStreamGoesOn();
  });

  it("looks at no further line past a hundred bad ones, says so, and stores nothing of it", async () => {
    const body = `${ndjson([reading("a", 1)])}${"x\n".repeat(101)}`;
    const response = await test.post(body);
    expect(response.statusCode).toBe(413);
    expect(response.json()).toMatchObject({
      code: "TOO_MANY_REJECTED",
      message: expect.stringContaining("more than 100 lines"),
    });
    expect(response.json().rejected).toHaveLength(100);
    // In halves, as a feeder sends what was too much, the good line is stored.
    const half = await test.post(`${ndjson([reading("a", 1)])}${"x\n".repeat(50)}`);
    expect(half.json()).toMatchObject({ stored: 1, rejectedTotal: 50 });
  });

  it("puts up with a kilobyte that unpacks to 333,000 bad lines, again and again", async () => {
    const body = gzipSync("{}\n".repeat(333_000));
    expect(body.length).toBeLessThan(2000);
    const posts = Array.from({ length: 20 }, () => test.post(body, { "content-encoding": "gzip" }));
    for (const response of await Promise.all(posts)) expect(response.statusCode).toBe(413);
    await expectStreamGoesOn();
  });

  it("takes a body that begins with a byte order mark", async () => {
    expect((await test.post(`\uFEFF${ndjson([reading("a", 1)])}`)).json()).toMatchObject({
      stored: 1,
      rejectedTotal: 0,
    });
  });

  it("lists at most a hundred readings past the limit of series, and counts all", async () => {
    const limited = await startEater({ maxSeries: 1 });
    const readings = Array.from({ length: 251 }, (_, index) => reading(`device-${index}`, 1));
    const report = (await limited.post(ndjson(readings))).json();
    expect(report).toMatchObject({ stored: 1, rejectedTotal: 250 });
    expect(report.rejected).toHaveLength(100);
    await limited.close();
  });

  it("answers an empty body with an empty report", async () => {
    const response = await test.post("");
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ stored: 0, duplicates: 0, rejectedTotal: 0, offset: null });
  });
});

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ndjson, reading, startEater, type TestEater } from "../testing/start-eater.ts";

let test: TestEater;
let port: number;
beforeAll(async () => {
  test = await startEater();
  port = Number(new URL(await test.app.listen({ host: "127.0.0.1", port: 0 })).port);
});
afterAll(() => test.close());

let seq = 0;
const nextLine = () => {
  seq += 1;
  return ndjson([reading("raw", seq)]);
};

interface Talk {
  socket: Socket;
  heard(): string;
  ended: Promise<unknown>;
}

/** Sends a request by hand; `lines` are headers besides host, token and content type. */
async function talk(lines: readonly string[], token = test.token): Promise<Talk> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  let heard = "";
  socket.setEncoding("utf8").on("data", (text) => {
    heard += text;
  });
  socket.on("error", () => {});
  const head = ["POST /ingest HTTP/1.1", "host: eater", `authorization: Bearer ${token}`];
  socket.write(`${[...head, "content-type: application/x-ndjson", ...lines].join("\r\n")}\r\n\r\n`);
  return { socket, heard: () => heard, ended: once(socket, "close") };
}

/** Every request ends here: the next one is taken. @returns its offset */
async function goesOn(): Promise<number> {
  const report = (await test.post(nextLine())).json();
  expect(report).toMatchObject({ stored: 1, rejectedTotal: 0 });
  return report.offset;
}

const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

describe("a body in chunks", () => {
  it("is one body, wherever a line is cut", async () => {
    const { socket, heard } = await talk(["transfer-encoding: chunked"]);
    const body = nextLine() + nextLine();
    for (const part of [body.slice(0, 7), body.slice(7, 100), body.slice(100)]) socket.write(chunk(part));
    socket.write("0\r\n\r\n");
    await expect.poll(heard).toContain('"stored":2');
  });

  it("that never ends is cut off where it is larger than a body may be, and told why", async () => {
    const { socket, heard, ended } = await talk(["transfer-encoding: chunked"]);
    socket.write(chunk("x".repeat(600_000)));
    socket.write(chunk("x".repeat(600_000)));
    await ended;
    expect(heard()).toMatch(/^HTTP\/1\.1 413 /);
    await goesOn();
  });

  it("that is broken off stores nothing of it, and its readings are taken when they come again", async () => {
    const before = await goesOn();
    const line = nextLine();
    const { socket, ended } = await talk(["transfer-encoding: chunked"]);
    socket.write(chunk(line));
    socket.destroy();
    await ended;
    expect(await goesOn()).toBe(before + 1);
    expect((await test.post(line)).json()).toMatchObject({ stored: 1, duplicates: 0 });
  });

  it.each([
    ["a size that is no number", "zz\r\nhello\r\n"],
    ["a size below zero", "-5\r\nhello\r\n"],
    ["a size past all numbers", "ffffffffffffffffff\r\nhello\r\n"],
  ])("with %s is refused, and nothing of it stored", async (_, text) => {
    const before = await goesOn();
    const { socket, heard, ended } = await talk(["transfer-encoding: chunked"]);
    socket.write(chunk(nextLine()) + text);
    await ended;
    expect(heard()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await goesOn()).toBe(before + 1);
  });
});

describe("a request", () => {
  it("that waits to be told to go on is told so, and answered", async () => {
    const line = nextLine();
    const { socket, heard } = await talk(["expect: 100-continue", `content-length: ${line.length}`]);
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 100 Continue\r\n/);
    socket.write(line);
    await expect.poll(heard).toContain('"stored":1');
  });

  it("that waits for anything else is refused", async () => {
    const { heard } = await talk(["expect: 200-ok", "content-length: 5"]);
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 417 /);
    await goesOn();
  });

  it("that waits to go on with a wrong token is refused without its body", async () => {
    const { heard } = await talk(["expect: 100-continue", "content-length: 500000"], "wrong");
    await expect.poll(heard).toMatch(/HTTP\/1\.1 401 /);
    await goesOn();
  });

  it.each([
    ["two lengths", ["content-length: 5", "content-length: 6"]],
    ["a length that is no number", ["content-length: 5x"]],
    ["a length below zero", ["content-length: -1"]],
    ["a length and chunks", ["content-length: 5", "transfer-encoding: chunked"]],
  ])("with %s is refused, and what follows is no request of its own", async (_, lines) => {
    const { socket, heard, ended } = await talk(lines);
    socket.write("hello\r\nGET /healthz HTTP/1.1\r\nhost: eater\r\n\r\n");
    await ended;
    expect(heard().match(/^HTTP\/1\.1 \d+/gm)).toEqual(["HTTP/1.1 400"]);
    await goesOn();
  });

  it.each([
    ["application/x-ndjson; charset=utf-8", 200],
    ["Application/X-NDJSON", 200],
    ["application/jsonl", 200],
    ["text/plain;charset=UTF-8", 200],
    ["application/json", 415],
    ["application/x-ndjson-extra", 415],
    ["multipart/form-data; boundary=x", 415],
    ["application/x-www-form-urlencoded", 415],
    ["*/*", 415],
    ["nonsense", 415],
    ["", 415],
  ])("of the content type %j is answered %i", async (type, status) => {
    const answer = await test.post(nextLine(), { "content-type": type });
    expect(answer.statusCode).toBe(status);
    if (status === 200) expect(answer.json()).toMatchObject({ stored: 1 });
    else expect(answer.json().code).toMatch(/MEDIA_TYPE/);
    await goesOn();
  });

  it.each(["gzip, gzip", "deflate", "br", "identity, gzip", "gzip;q=1", "x"])(
    "of the encoding %j is answered 415, and told what is understood",
    async (encoding) => {
      const answer = await test.post(nextLine(), { "content-encoding": encoding });
      expect([answer.statusCode, answer.json().code]).toEqual([415, "ENCODING"]);
      expect(answer.json().message).toContain("send gzip or none");
    },
  );

  it.each(["a b", "x".repeat(129), "<script>", "ü", ""])(
    "named %j is taken, and the name is not echoed",
    async (name) => {
      const answer = await test.post(nextLine(), { "idempotency-key": name });
      expect(answer.json()).toMatchObject({ stored: 1, batch: null });
    },
  );
});

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batch, offsetsIn, startLive, type TestLive, type TestViewer, watch } from "../testing/start-live.ts";

let server: TestLive;
let witness: TestViewer;
let offset = 0;

beforeAll(async () => {
  server = await startLive({ origins: ["https://team.example"], maxViewers: 6, maxMessages: 50 });
  await publish(10);
  witness = watch(server.host);
  await witness.until((all) => all.some(({ t }) => t === "snapshot"));
});
afterAll(async () => {
  witness.close();
  await server.close();
});

async function publish(count: number): Promise<void> {
  await server.bus.publish(batch(offset + 1, count));
  offset += count;
}

/** The stream goes on: a reading published now reaches the witness, with no offset left out so far. */
async function goesOn(): Promise<void> {
  await publish(3);
  const target = offset;
  await witness.until((all) => all.some((message) => message.t === "delta" && message.to >= target));
  expect(offsetsIn(witness.messages)).toEqual(Array.from({ length: target - 10 }, (_, index) => index + 11));
}

interface RawFrame {
  fin?: boolean;
  rsv?: number;
  opcode: number;
  payload: Buffer;
  masked?: boolean;
}

function rawFrame({ fin = true, rsv = 0, opcode, payload, masked = true }: RawFrame): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 10 : 2);
  head[0] = (fin ? 0x80 : 0) | rsv | opcode;
  head[1] = (masked ? 0x80 : 0) | (long ? 127 : payload.length);
  if (long) head.writeBigUInt64BE(BigInt(payload.length), 2);
  if (!masked) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask.readUInt8(index % 4))]);
}

interface Handshake {
  origin?: string;
  protocol?: string | null;
  path?: string;
  version?: string;
  server?: TestLive;
}

/** Opens a connection by hand; resolves with the socket and the status line of the answer. */
async function shake({
  origin,
  protocol = "sprintcast.live.v1",
  path = "/live",
  version = "13",
  server: at = server,
}: Handshake = {}) {
  const socket = connect(at.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${at.host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    `Sec-WebSocket-Version: ${version}`,
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ...(origin ? [`Origin: ${origin}`] : []),
  ];
  const received: Buffer[] = [];
  socket.on("data", (data) => received.push(data));
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const ended = once(socket, "close");
  while (!Buffer.concat(received).includes("\r\n\r\n")) await Promise.race([once(socket, "data"), ended]);
  const status = Number(Buffer.concat(received).toString("latin1").split(" ")[1]);
  return { socket, status, received, ended };
}

/** The code in the close frame the server ends with; null when it ends without one. */
async function closeCode({
  socket,
  received,
  ended,
}: {
  socket: Socket;
  received: Buffer[];
  ended: Promise<unknown>;
}): Promise<number | null> {
  await ended;
  socket.destroy();
  const bytes = Buffer.concat(received);
  let at = bytes.indexOf("\r\n\r\n") + 4;
  while (at + 2 <= bytes.length) {
    const opcode = bytes.readUInt8(at) & 0x0f;
    const short = bytes.readUInt8(at + 1) & 0x7f;
    const size = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const head = short === 126 ? 4 : 2;
    if (opcode === 8) return size >= 2 ? bytes.readUInt16BE(at + head) : null;
    at += head + size;
  }
  return null;
}

const TEXT = 1;
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe("hostile frames", () => {
  const cases: [name: string, frames: RawFrame[], code: number][] = [
    ["an unmasked frame", [{ opcode: TEXT, payload: json({ t: "ping" }), masked: false }], 1002],
    ["an oversized message", [{ opcode: TEXT, payload: Buffer.alloc(5000, 0x20) }], 1009],
    [
      "a resume of 1 MB",
      [{ opcode: TEXT, payload: json({ t: "resume", epoch: "e".repeat(1_000_000), offset: 1 }) }],
      1009,
    ],
    ["bad UTF-8", [{ opcode: TEXT, payload: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }], 1007],
    ["a fragmented control frame", [{ opcode: 9, fin: false, payload: Buffer.from("hi") }], 1002],
    ["a control frame of 126 bytes", [{ opcode: 9, payload: Buffer.alloc(126) }], 1002],
    ["an unknown opcode", [{ opcode: 0xb, payload: Buffer.from("x") }], 1002],
    ["a reserved bit", [{ opcode: TEXT, rsv: 0x40, payload: json({ t: "ping" }) }], 1002],
    ["a continuation of nothing", [{ opcode: 0, payload: json({ t: "ping" }) }], 1002],
    [
      "fragments that grow past the limit",
      [
        { opcode: TEXT, fin: false, payload: Buffer.alloc(3000, 0x20) },
        { opcode: 0, fin: true, payload: Buffer.alloc(3000, 0x20) },
      ],
      1009,
    ],
    ["a binary message", [{ opcode: 2, payload: json({ t: "ping" }) }], 1003],
    ["no JSON", [{ opcode: TEXT, payload: Buffer.from("hello") }], 1008],
    ["an unknown message", [{ opcode: TEXT, payload: json({ t: "subscribe" }) }], 1008],
    ["a list", [{ opcode: TEXT, payload: json([{ t: "ping" }]) }], 1008],
    ["null", [{ opcode: TEXT, payload: json(null) }], 1008],
    ["an offset below zero", [{ opcode: TEXT, payload: json({ t: "ack", offset: -1 }) }], 1008],
    ["an offset past 2^53", [{ opcode: TEXT, payload: Buffer.from('{"t":"ack","offset":1e17}') }], 1008],
    ["NaN for an offset", [{ opcode: TEXT, payload: Buffer.from('{"t":"ack","offset":NaN}') }], 1008],
    [
      "a long epoch",
      [{ opcode: TEXT, payload: json({ t: "resume", epoch: "e".repeat(200), offset: 1 }) }],
      1008,
    ],
    [
      "a second resume",
      [1, 2].map((at) => ({ opcode: TEXT, payload: json({ t: "resume", epoch: "e1", offset: at }) })),
      1008,
    ],
    [
      "a flood of ping frames",
      Array.from({ length: 60 }, () => ({ opcode: 9, payload: Buffer.alloc(100, 0x78) })),
      1008,
    ],
    [
      "a flood of pong frames",
      Array.from({ length: 60 }, () => ({ opcode: 10, payload: Buffer.alloc(100, 0x78) })),
      1008,
    ],
    [
      "a flood of pings",
      Array.from({ length: 60 }, () => ({ opcode: TEXT, payload: json({ t: "ping" }) })),
      1008,
    ],
  ];

  it.each(cases)("%s is refused with the right code, and the stream goes on", async (_, frames, code) => {
    const raw = await shake();
    expect(raw.status).toBe(101);
    raw.socket.write(Buffer.concat(frames.map(rawFrame)));
    expect(await closeCode(raw)).toBe(code);
    await goesOn();
  });

  it("an acknowledgement of what was never sent changes nothing", async () => {
    const viewer = watch(server.host, { first: { t: "ack", offset: Number.MAX_SAFE_INTEGER } });
    await viewer.until((all) => all.some(({ t }) => t === "snapshot"));
    await publish(2);
    const target = offset;
    await viewer.until((all) => all.some((message) => message.t === "delta" && message.to === target));
    viewer.close();
    await goesOn();
  });

  it("a viewer that acknowledges what it never reads is cut off, and others miss nothing", async () => {
    const own = await startLive({ maxMessages: 1_000_000 });
    await own.bus.publish(batch(1, 1));
    const reader = watch(own.host);
    await reader.until((all) => all.some(({ t }) => t === "snapshot"));
    const { socket, ended } = await shake({ server: own });
    socket.pause();
    const lie = rawFrame({ opcode: TEXT, payload: json({ t: "ack", offset: Number.MAX_SAFE_INTEGER }) });
    let to = 1;
    while (own.live.counts().closed.slow === 0) {
      socket.write(lie);
      await own.bus.publish(batch(to + 1, 2000));
      to += 2000;
      await reader.until((all) => all.some((message) => message.t === "delta" && message.to >= to));
    }
    expect(offsetsIn(reader.messages)).toHaveLength(to - 1);
    socket.destroy();
    await ended;
    reader.close();
    await own.close();
  });

  it("a connection cut in the middle of a frame", async () => {
    const raw = await shake();
    raw.socket.write(rawFrame({ opcode: TEXT, payload: json({ t: "ping" }) }).subarray(0, 4));
    raw.socket.destroy();
    await goesOn();
  });
});

describe("hostile handshakes", () => {
  const cases: [name: string, handshake: Handshake, status: number][] = [
    ["another subprotocol", { protocol: "graphql-ws" }, 400],
    ["no subprotocol", { protocol: null }, 400],
    ["another origin", { origin: "https://evil.example" }, 403],
    ["the null origin", { origin: "null" }, 403],
    ["an origin that only begins like an allowed one", { origin: "https://team.example.evil" }, 403],
    ["another path", { path: "/other" }, 404],
    ["another version", { version: "7" }, 400],
  ];
  it.each(cases)(
    "%s is refused with the right status, and the stream goes on",
    async (_, shakeBy, status) => {
      const raw = await shake(shakeBy);
      expect(raw.status).toBe(status);
      raw.socket.destroy();
      await goesOn();
    },
  );

  it.each([
    ["an allowed origin", { origin: "https://team.example" }],
    ["ours among other subprotocols", { protocol: "graphql-ws, sprintcast.live.v1" }],
  ])("%s is let in", async (_, shakeBy) => {
    const raw = await shake(shakeBy);
    expect(raw.status).toBe(101);
    raw.socket.destroy();
    await raw.ended;
  });

  it("its own origin is let in", async () => {
    const raw = await shake({ origin: `http://${server.host}` });
    expect(raw.status).toBe(101);
    raw.socket.destroy();
    await raw.ended;
  });

  it("viewers past the limit are told when to come back, and those there stay", async () => {
    const crowd = [];
    for (;;) {
      const raw = await shake();
      if (raw.status !== 101) {
        expect(raw.status).toBe(503);
        expect(Buffer.concat(raw.received).toString()).toMatch(/retry-after: \d+/i);
        break;
      }
      crowd.push(raw);
    }
    expect(crowd.length).toBeGreaterThan(0);
    await goesOn();
    for (const { socket, ended } of crowd) {
      socket.destroy();
      await ended;
    }
  });

  it("a plain request is told to upgrade, or shown the page", async () => {
    expect((await fetch(`http://${server.host}/live`)).status).toBe(426);
    const page = await fetch(`http://${server.host}/live`, {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    expect([page.status, page.headers.get("location")]).toEqual([302, "/live/"]);
  });
});

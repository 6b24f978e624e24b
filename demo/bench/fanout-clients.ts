import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { ACK_BYTES } from "../view/acknowledger.ts";

/** What the viewers' process is asked for, as its first message. */
export interface ClientsOrder {
  /** How they say hello. All count bytes only, so that the viewer's own cost is the same for all. */
  kind: "live" | "websocket" | "socket.io" | "tcp";
  port: number;
  viewers: number;
  /** Of them, those that never read. */
  stalled: number;
  /** Of them, those that read the readings' values as instants and note how late they are. */
  sampled: number;
}

export type ClientsQuestion = { ask: "bytes"; until: number } | { ask: "latencies" } | { ask: "mark" };
export type ClientsAnswer =
  | { tell: "ready" }
  | { tell: "bytes"; bytes: number }
  | { tell: "mark" }
  | { tell: "latencies"; latencies: number[] };

let received = 0;
let wanted = Number.POSITIVE_INFINITY;
let latencies: number[] = [];

const tell = (answer: ClientsAnswer) => process.send?.(answer);
const nowMs = () => performance.timeOrigin + performance.now();

function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  // A mask of zeros is a mask: the payload stays as it is.
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const ACK = masked(JSON.stringify({ t: "ack", offset: Number.MAX_SAFE_INTEGER }));

function count(bytes: number): void {
  received += bytes;
  if (received < wanted) return;
  wanted = Number.POSITIVE_INFINITY;
  tell({ tell: "bytes", bytes: received });
}

async function openViewer(order: ClientsOrder, index: number): Promise<void> {
  const socket = connect({ port: order.port, host: "127.0.0.1", noDelay: true });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("error", () => socket.destroy());
  if (order.kind !== "tcp") await upgrade(socket, order.kind);
  if (order.kind === "socket.io") socket.write(masked("40"));
  if (index < order.stalled) {
    socket.pause();
    return;
  }
  const isSampled = index >= order.stalled && index < order.stalled + order.sampled;
  const sample = isSampled ? createSampler() : null;
  let unacked = 0;
  socket.on("data", (data) => {
    count(data.length);
    sample?.(data);
    unacked += data.length;
    if (order.kind !== "live" || unacked < ACK_BYTES) return;
    unacked = 0;
    socket.write(ACK);
  });
}

async function upgrade(socket: Socket, kind: ClientsOrder["kind"]): Promise<void> {
  const path = kind === "socket.io" ? "/socket.io/?EIO=4&transport=websocket" : "/live";
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n` +
      `${kind === "live" ? "Sec-WebSocket-Protocol: sprintcast.live.v1\r\n" : ""}\r\n`,
  );
  await new Promise((resolve) => socket.once("data", resolve));
}

/** Reads websocket text frames and notes now - value for every reading in a delta. */
function createSampler() {
  let rest: Buffer = Buffer.alloc(0);
  return (data: Buffer) => {
    const now = nowMs();
    rest = rest.length > 0 ? Buffer.concat([rest, data]) : data;
    for (;;) {
      if (rest.length < 2) return;
      const short = rest.readUInt8(1) & 0x7f;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (rest.length < head) return;
      const size =
        short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < head + size) return;
      const message = JSON.parse(rest.toString("utf8", head, head + size));
      rest = rest.subarray(head + size);
      if (message.t === "delta") for (const sentAt of message.cols.value) latencies.push(now - sentAt);
    }
  };
}

process.once("message", async (order: ClientsOrder) => {
  for (let index = 0; index < order.viewers; index += 1) await openViewer(order, index);
  process.on("message", (question: ClientsQuestion) => {
    if (question.ask === "mark") {
      received = 0;
      latencies = [];
      tell({ tell: "mark" });
    } else if (question.ask === "latencies") tell({ tell: "latencies", latencies });
    else {
      wanted = question.until;
      count(0);
    }
  });
  tell({ tell: "ready" });
});
process.on("disconnect", () => process.exit(0));

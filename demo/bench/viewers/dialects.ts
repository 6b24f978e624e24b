import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { SUBPROTOCOL } from "../../protocol.ts";
import { masked, mqttConnect, mqttSubscribe } from "./packets.ts";

/** How a viewer says hello. */
export type Dialect = "tcp" | "websocket" | "live" | "socket.io" | "nchan" | "nats" | "mqtt";

/** What the servers under measurement call the stream. */
export const TOPIC = "readings";

/** What a viewer that comes back tells the server of what it holds, in the words of its dialect. */
export interface Held {
  epoch: string;
  offset: number;
  /** nchan's id of the last message; socket.io's private id of the session, and its id of the last message. */
  message: string;
  session: string;
}

export const nothingHeld = (): Held => ({ epoch: "", offset: 0, message: "", session: "" });

interface Greeting {
  path(held: Held): string;
  protocol?: string;
  /** What is sent once the websocket stands. */
  opening(held: Held, index: number): Buffer[];
}

const GREETINGS: Record<Exclude<Dialect, "tcp">, Greeting> = {
  websocket: { path: () => "/", opening: () => [] },
  live: {
    path: () => "/live",
    protocol: SUBPROTOCOL,
    opening: ({ epoch, offset }) => [
      masked(JSON.stringify(epoch ? { t: "resume", epoch, offset } : { t: "ack", offset: 0 })),
    ],
  },
  "socket.io": {
    path: () => "/socket.io/?EIO=4&transport=websocket",
    opening: ({ session, message }) => [
      masked(session ? `40${JSON.stringify({ pid: session, offset: message })}` : "40"),
    ],
  },
  nchan: {
    path: ({ message }) => (message ? `/sub?last=${encodeURIComponent(message)}` : "/sub"),
    // With each message comes its id, which is what resuming needs.
    protocol: "ws+meta.nchan",
    opening: () => [],
  },
  nats: {
    path: () => "/",
    opening: () => [masked(Buffer.from(`CONNECT {"verbose":false,"protocol":1}\r\nSUB ${TOPIC} 1\r\n`))],
  },
  mqtt: {
    path: () => "/mqtt",
    protocol: "mqtt",
    opening: (_, index) => [
      masked(mqttConnect(`viewer-${process.pid}-${index}`)),
      masked(mqttSubscribe(TOPIC)),
    ],
  },
};

/** A connection that is let in, and has said what it wants. Paused: nothing of what came is lost. */
export async function openLink(dialect: Dialect, port: number, held: Held, index: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  if (dialect === "tcp") return socket.pause();
  const { path, protocol, opening } = GREETINGS[dialect];
  await upgrade(socket, path(held), protocol);
  for (const packet of opening(held, index)) socket.write(packet);
  return socket;
}

/** Asks for a websocket; resolves once the server has let it in. */
export async function upgrade(socket: Socket, path: string, protocol?: string): Promise<void> {
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n` +
      `${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ""}\r\n`,
  );
  let came: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end === -1) {
    const [data] = (await once(socket, "data")) as [Buffer];
    socket.pause();
    came = Buffer.concat([came, data]);
    end = came.indexOf("\r\n\r\n");
    if (end === -1) socket.resume();
  }
  const status = came.toString("latin1", 9, 12);
  if (status !== "101") throw new TypeError(`the server answered ${status} to a websocket for ${path}`);
  const rest = came.subarray(end + 4);
  if (rest.length > 0) socket.unshift(rest);
}

const SESSION = /"pid":"([^"]+)"/;
const EPOCH = /"t":"hello","epoch":"([^"]+)"/;
const NCHAN_ID = /^id: ([^\n]+)\n/;

/** Notes what the server says beside the messages that a viewer needs to come back. */
export function noteHeld(dialect: Dialect, held: Held, data: Buffer): void {
  if (dialect === "live" && held.epoch === "") held.epoch = EPOCH.exec(data.toString("latin1"))?.[1] ?? "";
  if (dialect === "socket.io") {
    if (held.session === "") held.session = SESSION.exec(data.toString("latin1"))?.[1] ?? "";
    const end = data.lastIndexOf('}},"');
    const id = end === -1 ? null : /^\}\},"([^"]+)"\]/.exec(data.toString("latin1", end, end + 80));
    held.message = id?.[1] ?? held.message;
  }
  if (dialect === "nchan") {
    const at = data.lastIndexOf("id: ");
    held.message =
      (at === -1 ? null : NCHAN_ID.exec(data.toString("latin1", at, at + 80))?.[1]) ?? held.message;
  }
}

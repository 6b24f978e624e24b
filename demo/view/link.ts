import {
  encodeMessage,
  ProtocolError,
  parseServerMessage,
  type ServerMessage,
  SUBPROTOCOL,
} from "../protocol.ts";
import {
  channelFor,
  heardLink,
  idleLink,
  type Link,
  type LinkLimits,
  linkDue,
  linkLimits,
  lost,
  opening,
} from "./link-state.ts";

export interface LinkParts {
  /** Of the websocket; the events live beside it, at `/events`. */
  url: URL;
  clock(): number;
  random(): number;
  /** Where to go on from; null for a viewer that holds nothing. */
  position(): { epoch: string; offset: number } | null;
  receive(message: ServerMessage): void;
  changed(link: Link): void;
  limits?: LinkLimits;
}

interface Channel {
  send(text: string): void;
  close(): void;
}

/** How much may come in before an acknowledgement goes out: bytes (a quarter of what a viewer may owe), and ms. */
export const ACK_BYTES = 65_536;
const ACK_MS = 400;
const TICK_MS = 200;

/** Keeps a viewer connected: opens, answers pings, acknowledges, and comes back with the offset it holds. */
export function createLink(parts: LinkParts) {
  const { clock, random, limits = linkLimits } = parts;
  let link = idleLink;
  let channel: Channel | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let retryAfter = 0;
  let unacked = 0;
  let ackedAt = 0;

  function become(next: Link): void {
    const changed = next.phase !== link.phase;
    link = next;
    if (changed) parts.changed(link);
  }

  function drop(): void {
    const old = channel;
    channel = null;
    old?.close();
  }

  function fail(): void {
    drop();
    become(lost(link, limits, clock(), random(), retryAfter));
    retryAfter = 0;
  }

  function open(): void {
    const make = channelFor(link) === "websocket" ? openWebSocket : openEvents;
    become(opening(link, clock()));
    const mine: Channel = make(parts, {
      opened: () => mine === channel && greet(mine),
      text: (text) => mine === channel && take(text),
      ended: () => mine === channel && fail(),
    });
    channel = mine;
  }

  function greet(to: Channel): void {
    to.send(encodeMessage({ t: "resume", ...(parts.position() ?? { epoch: "", offset: 0 }) }));
  }

  function take(text: string): void {
    let message: ServerMessage;
    try {
      message = parseServerMessage(text);
    } catch (error) {
      // A server that speaks another language will not learn ours: wait, and try again later.
      if (error instanceof ProtocolError) fail();
      else throw error;
      return;
    }
    const now = clock();
    become(heardLink(link, now));
    if (message.t === "ping") channel?.send(encodeMessage({ t: "pong" }));
    if (message.t === "bye") retryAfter = message.retryAfter ?? limits.maxDelayMs;
    parts.receive(message);
    unacked += message.t === "delta" ? text.length : 0;
    if (unacked >= ACK_BYTES || (unacked > 0 && now - ackedAt >= ACK_MS)) acknowledge(now);
  }

  function acknowledge(now: number): void {
    const position = parts.position();
    if (position) channel?.send(encodeMessage({ t: "ack", offset: position.offset }));
    unacked = 0;
    ackedAt = now;
  }

  function tick(): void {
    const now = clock();
    if (unacked > 0 && now - ackedAt >= ACK_MS) acknowledge(now);
    const due = linkDue(link, limits, now);
    if (due === "open") open();
    if (due === "give-up") fail();
  }

  return {
    state: () => link,
    start(): void {
      if (timer !== null) return;
      timer = setInterval(tick, TICK_MS);
      open();
    },
    /** Closes the connection and keeps its memory: a later `start` resumes. */
    stop(): void {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      drop();
      become({ ...link, phase: "idle", lostAt: link.phase === "open" ? clock() : link.lostAt });
    },
    /** Begins again at once, from the offset held. */
    renew(): void {
      if (timer === null) return;
      drop();
      open();
    },
  };
}

export type LiveLink = ReturnType<typeof createLink>;

interface Listener {
  opened(): void;
  text(text: string): void;
  ended(): void;
}

function openWebSocket({ url }: LinkParts, listener: Listener): Channel {
  const socket = new WebSocket(url, SUBPROTOCOL);
  socket.addEventListener("open", () => listener.opened());
  socket.addEventListener("message", ({ data }) => listener.text(String(data)));
  socket.addEventListener("close", () => listener.ended());
  return {
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
}

function openEvents({ url, position }: LinkParts, listener: Listener): Channel {
  const address = new URL(url);
  address.protocol = address.protocol === "wss:" ? "https:" : "http:";
  address.pathname = `${address.pathname.replace(/\/$/, "")}/events`;
  const held = position();
  if (held) address.searchParams.set("last", `${held.epoch}:${held.offset}`);
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }) => listener.text(String(data)));
  // It would reconnect by itself, with its own idea of patience; ours has jitter, and both channels share it.
  source.addEventListener("error", () => listener.ended());
  return { send: () => {}, close: () => source.close() };
}

import { encodeMessage, ProtocolError, parseServerMessage, type ServerMessage } from "../protocol.ts";
import { createAcknowledger } from "./acknowledger.ts";
import { type ChannelParts, type OpenChannel, openEvents, openWebSocket } from "./channels.ts";
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

export interface LinkParts extends ChannelParts {
  clock(): number;
  /** From 0 to 1. */
  random(): number;
  receive(message: ServerMessage): void;
  changed(link: Link): void;
  limits?: LinkLimits;
}

const TICK_MS = 200;

/** Keeps a viewer connected: opens, answers pings, acknowledges, and comes back with the offset it holds. */
export function createLink(parts: LinkParts) {
  const { clock, random, limits = linkLimits } = parts;
  const acks = createAcknowledger(() => {
    const position = parts.position();
    if (position) channel?.send(encodeMessage({ t: "ack", offset: position.offset }));
  });
  let link = idleLink;
  let channel: OpenChannel | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let retryAfter = 0;

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
  }

  function open(): void {
    const make = channelFor(link) === "websocket" ? openWebSocket : openEvents;
    // What one server asked for is no word of the next.
    retryAfter = 0;
    become(opening(link, clock()));
    try {
      const mine: OpenChannel = make(parts, {
        opened: () => mine === channel && mine.send(resumeFrom(parts.position())),
        text: (text) => mine === channel && take(text),
        ended: () => mine === channel && fail(),
      });
      channel = mine;
    } catch {
      // The browser does not even try, as from a page of https to one that is not.
      fail();
    }
  }

  function take(text: string): void {
    const message = messageIn(text);
    if (message === null) {
      // A server that speaks another language will not learn ours: wait, and try again later.
      fail();
      return;
    }
    const now = clock();
    become(heardLink(link, now));
    if (message.t === "ping") channel?.send(encodeMessage({ t: "pong" }));
    if (message.t === "bye") retryAfter = message.retryAfter ?? limits.maxDelayMs;
    parts.receive(message);
    if (message.t === "hello") acks.greeted();
    if (message.t === "snapshot") acks.caughtUp(now);
    if (message.t === "delta") acks.received(text.length, now, message.conflated === true);
  }

  function tick(): void {
    const now = clock();
    acks.tick(now);
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

function resumeFrom(position: ReturnType<ChannelParts["position"]>): string {
  return encodeMessage({ t: "resume", ...(position ?? { epoch: "", offset: 0 }) });
}

/** Null for what is no message of the protocol. */
function messageIn(text: string): ServerMessage | null {
  try {
    return parseServerMessage(text);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

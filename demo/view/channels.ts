import { SUBPROTOCOL } from "../protocol.ts";

/** One connection to the live server. */
export interface OpenChannel {
  send(text: string): void;
  close(): void;
}

export interface ChannelListener {
  opened(): void;
  text(text: string): void;
  ended(): void;
}

export interface ChannelParts {
  /** Of the websocket; the events live beside it, at `/events`. */
  url: URL;
  /** Where to go on from; null for a viewer that holds nothing. */
  position(): { epoch: string; offset: number } | null;
}

export function openWebSocket({ url }: ChannelParts, listener: ChannelListener): OpenChannel {
  const socket = new WebSocket(url, SUBPROTOCOL);
  socket.addEventListener("open", () => listener.opened());
  socket.addEventListener("message", ({ data }) => listener.text(String(data)));
  socket.addEventListener("close", () => listener.ended());
  return {
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  };
}

export function openEvents({ url, position }: ChannelParts, listener: ChannelListener): OpenChannel {
  const address = new URL(url);
  address.protocol = address.protocol === "wss:" ? "https:" : "http:";
  address.pathname = `${address.pathname.replace(/\/$/, "")}/events`;
  const held = position();
  if (held) address.searchParams.set("last", `${held.epoch}:${held.offset}`);
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }) => listener.text(String(data)));
  // It would reconnect by itself, without jitter, and as the only channel.
  source.addEventListener("error", () => listener.ended());
  return { send: () => {}, close: () => source.close() };
}

import { vi } from "vitest";
import { encodeMessage, type ServerMessage } from "../protocol.ts";
import { present } from "./present.ts";

/** What a viewer connects with, as far as the view uses it; the test is the server. */
class FakeChannel extends EventTarget {
  readonly url: string;
  isClosed = false;

  constructor(url: URL | string) {
    super();
    this.url = String(url);
    channels.push(this);
  }

  close(): void {
    this.isClosed = true;
  }

  tellText(data: string): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  tell(...messages: ServerMessage[]): void {
    for (const message of messages) this.tellText(encodeMessage(message));
  }
}

class FakeSocket extends FakeChannel {
  static readonly OPEN = 1;
  readyState = 0;
  readonly sent: unknown[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  lose(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }
}

class FakeSource extends FakeChannel {
  lose(): void {
    this.dispatchEvent(new Event("error"));
  }
}

let channels: FakeChannel[] = [];

/** Puts websockets and event sources without a network in the place of the browser's. */
export function fakeChannels() {
  channels = [];
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("EventSource", FakeSource);
  const ofKind = <T>(kind: new (url: URL) => T) => channels.filter((one) => one instanceof kind) as T[];
  return {
    /** All that were ever opened, the oldest first. */
    all: () => channels.map((one) => (one instanceof FakeSocket ? "websocket" : "events")),
    sockets: () => ofKind(FakeSocket),
    /** The newest of each. */
    socket: () => present(ofKind(FakeSocket).at(-1)),
    source: () => present(ofKind(FakeSource).at(-1)),
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Position } from "../bus/bus.ts";
import type { Refusal } from "./admission.ts";
import { parseEventId } from "./events-viewer.ts";

export const GOING: Refusal = { status: 503, message: "closing", headers: { "Retry-After": "1" } };
export const NOT_HERE = { status: 404, message: "no websocket here; the live view's is /live", headers: {} };
const REASONS: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

/** How long who was refused may take to read why, ms. */
const READING_MS = 1000;

/** Answers an upgrade that is not let in, and ends the connection, also one whose other side never ends it. */
export function refuseSocket(
  socket: Duplex,
  { status, message, headers }: Omit<Refusal, "status"> & { status: number },
): void {
  const lines = Object.entries({
    ...headers,
    Connection: "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": `${Buffer.byteLength(message)}`,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.on("error", () => socket.destroy());
  // Nobody reads it any more: unread, not even the other side's end would be noticed.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), READING_MS);
  socket.once("close", () => clearTimeout(timer));
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.join("\r\n")}\r\n\r\n${message}`);
}

/** Begins a stream of server-sent events. @param origin of the page that asked, which was let in */
export function openEventStream(response: ServerResponse, origin: string | undefined): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    ...(origin ? { "access-control-allow-origin": origin, vary: "Origin" } : {}),
  });
}

export function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "/";
}

/** Where the viewer stands: a page that opens a new EventSource cannot set the header; it may say `?last=epoch:offset`. */
export function resumeOf(request: IncomingMessage): Position | null {
  const header = request.headers["last-event-id"];
  const query = new URLSearchParams((request.url ?? "").split("?")[1] ?? "").get("last");
  return parseEventId((typeof header === "string" ? header : undefined) ?? query ?? undefined);
}

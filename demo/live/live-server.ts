import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Bus } from "../bus/bus.ts";
import { type Batch, SUBPROTOCOL } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import {
  type AdmissionSettings,
  type Refusal,
  refuseCrowd,
  refuseOrigin,
  refuseUpgrade,
} from "./admission.ts";
import { joinEvents, parseEventId } from "./events-viewer.ts";
import { follow } from "./follow.ts";
import { createHub, type HubCounts, type HubSettings } from "./hub.ts";
import { joinSocket } from "./socket-viewer.ts";
import { createTimeline, type TimelineSettings } from "./timeline.ts";

export interface LiveSettings extends HubSettings, TimelineSettings, AdmissionSettings {
  /** How far apart frames are, and so how long readings wait for others to share theirs, ms. */
  flushMs: number;
  /** Largest message a viewer may send, bytes. */
  maxMessageBytes: number;
  /** How long a viewer may take to read its bye before the connection is cut, ms. */
  closeGraceMs: number;
}

export interface LiveParts {
  bus: Bus;
  snapshots: SnapshotStore;
  clock(): number;
  warn(error: unknown, message: string): void;
}

export interface LiveCounts extends HubCounts {
  epoch: string | null;
  offset: number;
}

export interface LiveServer {
  /** Answers websocket upgrades of `path` on this server; every other path is left to others. */
  attach(server: Server, path?: string): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers one request for server-sent events and keeps the response open. */
  events(request: IncomingMessage, response: ServerResponse): void;
  counts(): LiveCounts;
  /** Says bye to everyone and stops following the bus, which stays open. */
  close(): Promise<void>;
}

const TICK_MS = 100;

/** Shows what the bus brings to every viewer. The caller owns bus, snapshots and HTTP server. */
export function createLiveServer(settings: LiveSettings, parts: LiveParts): LiveServer {
  const { clock, warn } = parts;
  const timeline = createTimeline(settings);
  const hub = createHub(timeline, settings, clock);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: settings.maxMessageBytes,
    handleProtocols: () => SUBPROTOCOL,
  });
  let flushTimer: NodeJS.Timeout | null = null;
  let flushedAt = 0;
  let isClosed = false;

  function flush(): void {
    if (flushTimer) clearTimeout(flushTimer);
    flushTimer = null;
    flushedAt = clock();
    if (timeline.flush()) hub.flushed();
  }

  /** Frames are so far apart and no further: after a pause the first reading leaves at once. */
  function untilFlush(): number {
    const wait = flushedAt + settings.flushMs - clock();
    return Math.min(settings.flushMs, Math.max(0, wait));
  }

  function deliver(batch: Batch): void {
    const isFirst = timeline.head() === null;
    const arrival = timeline.take(batch);
    if (isFirst || arrival === "epoch" || arrival === "gap") {
      if (!isFirst) warn(arrival, `viewers are sent a snapshot: the bus went on at ${batch.from}`);
      timeline.flush();
      hub.arrived(arrival, isFirst);
      return;
    }
    if (arrival !== "follows") return;
    if (timeline.isFull()) flush();
    else flushTimer ??= setTimeout(flush, untilFlush());
  }

  const following = follow(
    { ...parts, timeline, ringReadings: settings.ringReadings },
    deliver,
    () => hub.completed(),
    warn,
  );
  const ticker = setInterval(() => hub.tick(TICK_MS / 1000), TICK_MS);
  ticker.unref();

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = isClosed ? GOING : refuseUpgrade(request, hub.size(), settings);
    if (refusal) {
      refuse(socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      if ("setNoDelay" in socket && typeof socket.setNoDelay === "function") socket.setNoDelay(true);
      joinSocket(hub, websocket, socket, settings.closeGraceMs);
    });
  }

  return {
    upgrade,
    attach(server, path = "/live") {
      server.on("upgrade", (request, socket, head) => {
        if (pathOf(request) === path) upgrade(request, socket, head);
        else if (server.listenerCount("upgrade") === 1) refuse(socket, NOT_HERE);
      });
    },
    events(request, response) {
      const { origin, host } = request.headers;
      const refusal = isClosed
        ? GOING
        : (refuseOrigin(origin, host, settings.origins) ?? refuseCrowd(hub.size(), settings));
      if (refusal) {
        response.writeHead(refusal.status, refusal.headers).end(refusal.message);
        return;
      }
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        ...(origin ? { "access-control-allow-origin": origin, vary: "Origin" } : {}),
      });
      joinEvents(hub, response, resumeOf(request), {
        epochOf: () => timeline.head()?.epoch,
        retryMs: settings.retryAfterMs,
      });
    },
    counts: () => {
      const head = timeline.head();
      return { ...hub.counts(), epoch: head?.epoch ?? null, offset: head?.offset ?? 0 };
    },
    async close() {
      isClosed = true;
      clearInterval(ticker);
      if (flushTimer) clearTimeout(flushTimer);
      await (await following).close();
      flush();
      hub.closeAll();
    },
  };
}

const GOING: Refusal = { status: 503, message: "closing", headers: { "Retry-After": "1" } };
const NOT_HERE = { status: 404, message: "no websocket here; the live view's is /live", headers: {} };
const REASONS: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  503: "Service Unavailable",
};

function refuse(socket: Duplex, { status, message, headers }: Omit<Refusal, "status"> & { status: number }) {
  const lines = Object.entries({
    ...headers,
    Connection: "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": `${Buffer.byteLength(message)}`,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.join("\r\n")}\r\n\r\n${message}`);
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "/";
}

/** A page that opens a new EventSource cannot set the header; it may say `?last=epoch:offset`. */
function resumeOf(request: IncomingMessage) {
  const header = request.headers["last-event-id"];
  const query = new URLSearchParams((request.url ?? "").split("?")[1] ?? "").get("last");
  return parseEventId((typeof header === "string" ? header : undefined) ?? query ?? undefined);
}

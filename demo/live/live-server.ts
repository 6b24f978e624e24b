import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Bus } from "../bus/bus.ts";
import { SUBPROTOCOL } from "../protocol.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { type AdmissionSettings, refuseEvents, refuseUpgrade } from "./admission.ts";
import { type Caller, createCallerOf } from "./caller.ts";
import { createDelivery } from "./delivery.ts";
import { joinEvents } from "./events-viewer.ts";
import { follow } from "./follow.ts";
import { GOING, NOT_HERE, openEventStream, pathOf, refuseSocket, resumeOf } from "./handshake.ts";
import { createHub, type HubCounts, type HubSettings } from "./hub.ts";
import { createPlaces } from "./places.ts";
import { joinSocket } from "./socket-viewer.ts";
import { createTicker } from "./ticker.ts";
import { createTimeline, type TimelineSettings } from "./timeline.ts";

export interface LiveSettings extends HubSettings, TimelineSettings, AdmissionSettings {
  /** How far apart frames are, and so how long readings wait for others to share theirs, ms. */
  flushMs: number;
  /** Largest message a viewer may send, bytes. */
  maxMessageBytes: number;
  /** Addresses and networks of proxies that are believed about whom they pass on. */
  trustedProxies: readonly string[];
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
  /** Series whose latest values are known. */
  series: number;
}

export interface LiveServer {
  /** Answers websocket upgrades of `path` on this server; every other path is left to others. */
  attach(server: Server, path?: string): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers one request for server-sent events and keeps the response open. */
  events(request: IncomingMessage, response: ServerResponse): void;
  counts(): LiveCounts;
  /** False until the bus has answered once, and has brought what it then held. */
  hasBegun(): boolean;
  /** Says bye to everyone and stops following the bus, which stays open. */
  close(): Promise<void>;
}

/** Shows what the bus brings to every viewer. The caller owns bus, snapshots and HTTP server. */
export function createLiveServer(settings: LiveSettings, parts: LiveParts): LiveServer {
  const { clock, warn } = parts;
  // First, for it may refuse: what follows has timers.
  const callerOf = createCallerOf(settings.trustedProxies);
  const timeline = createTimeline(settings);
  const ticker = createTicker(settings.heartbeatMs, clock);
  const hub = createHub(timeline, settings, clock, ticker.wake);
  const { deliver, flush, stop } = createDelivery(timeline, hub, settings, clock, warn);
  const sockets = createSockets(settings);
  const places = createPlaces();
  const crowdFor = ({ address }: Caller) => ({ viewers: hub.size(), ofAddress: places.of(address) });
  let isClosed = false;

  const following = follow(
    { ...parts, timeline, ringReadings: settings.ringReadings },
    deliver,
    () => hub.completed(),
    warn,
  );
  ticker.start(hub);

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Who has left will not leave again, and would hold a place for ever.
    if (socket.destroyed) return;
    const caller = callerOf(request);
    const refusal = isClosed ? GOING : refuseUpgrade(request, caller, crowdFor(caller), settings);
    if (refusal) {
      refuseSocket(socket, refusal);
      return;
    }
    socket.once("close", places.take(caller.address));
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      if ("setNoDelay" in socket && typeof socket.setNoDelay === "function") socket.setNoDelay(true);
      joinSocket(hub, websocket, socket, settings.closeGraceMs);
    });
  }

  function events(request: IncomingMessage, response: ServerResponse): void {
    if (response.destroyed) return;
    const caller = callerOf(request);
    const refusal = isClosed ? GOING : refuseEvents(request.headers, caller, crowdFor(caller), settings);
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.message);
      return;
    }
    response.once("close", places.take(caller.address));
    openEventStream(response, request.headers.origin);
    const epochOf = () => timeline.head()?.epoch;
    const { retryAfterMs: retryMs, closeGraceMs } = settings;
    joinEvents(hub, response, resumeOf(request), { epochOf, retryMs, closeGraceMs });
  }

  return {
    upgrade,
    attach: (server, path = "/live") => attach(server, path, upgrade),
    events,
    hasBegun: following.hasBegun,
    counts() {
      const head = timeline.head();
      return {
        ...hub.counts(),
        epoch: head?.epoch ?? null,
        offset: head?.offset ?? 0,
        series: timeline.series(),
      };
    },
    async close() {
      isClosed = true;
      ticker.stop();
      stop();
      await following.close();
      flush();
      hub.closeAll();
    },
  };
}

function createSockets({ maxMessageBytes }: LiveSettings): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: () => SUBPROTOCOL,
  });
}

/** Other paths are left to whoever else listens; where nobody does, they are answered. */
function attach(server: Server, path: string, upgrade: LiveServer["upgrade"]): void {
  server.on("upgrade", (request, socket, head) => {
    if (pathOf(request) === path) upgrade(request, socket, head);
    else if (server.listenerCount("upgrade") === 1) refuseSocket(socket, NOT_HERE);
  });
}

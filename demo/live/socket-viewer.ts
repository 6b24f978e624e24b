import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { type ClientMessage, ProtocolError, parseClientMessage } from "../protocol.ts";
import { encodeFrame } from "./frame.ts";
import type { Hub, Viewer } from "./hub.ts";
import type { ByeCode, Transport } from "./member.ts";

/** Websocket close codes (RFC 6455, 7.4) by reason. */
const CLOSE_CODES: Record<ByeCode, number> = {
  slow: 1013,
  timeout: 1001,
  "bad-message": 1008,
  flood: 1008,
  "going-away": 1001,
};
const UNSUPPORTED_DATA = 1003;

/**
 * Joins a websocket to the hub. Frames are encoded already and written to the socket as they are: ws itself writes
 * unfragmented frames at once as long as compression is off, so the two never mix within a frame.
 * @param closeGraceMs how long a viewer may take to read its bye
 */
export function joinSocket(hub: Hub, websocket: WebSocket, socket: Duplex, closeGraceMs: number): void {
  let hasSentBinary = false;
  const transport: Transport = {
    send({ wire }) {
      if (websocket.readyState === websocket.OPEN) socket.write(wire);
    },
    held: () => socket.writableLength,
    close(code, retryAfter) {
      transport.send(encodeFrame({ t: "bye", code, retryAfter }));
      if (hasSentBinary) websocket.close(UNSUPPORTED_DATA, "text frames only");
      else websocket.close(CLOSE_CODES[code], code);
      const timer = setTimeout(() => websocket.terminate(), closeGraceMs);
      websocket.once("close", () => clearTimeout(timer));
    },
  };

  const viewer = hub.join(transport);
  websocket.on("message", (data, isBinary) => {
    hasSentBinary ||= isBinary;
    // The hub closes a viewer once, however much of this comes.
    if (isBinary) viewer.refuse("bad-message");
    else takeText(viewer, data);
  });
  // ws answers each ping with a pong.
  websocket.on("ping", () => viewer.heard());
  // Nobody asked for it, but a heartbeat it may be: it counts like any other message.
  websocket.on("pong", () => viewer.heard());
  websocket.on("close", () => viewer.gone());
  // Broken frames: ws has sent the right close code; what remains is to leave. `close` follows.
  websocket.on("error", () => viewer.gone());
}

function takeText(viewer: Viewer, data: RawData): void {
  let message: ClientMessage;
  try {
    message = parseClientMessage(data.toString());
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    viewer.refuse("bad-message");
    return;
  }
  viewer.take(message);
}

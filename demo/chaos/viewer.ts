import WebSocket from "ws";
import { type CheckedFrame, newViewer, type ViewerState, watch } from "./viewer-check.ts";

export interface Viewer {
  state(): ViewerState;
  close(): void;
}

const RECONNECT_MS = 100;

/** A viewer that connects again for ever, and resumes from the offset it holds. */
export function startViewer(url: string, options: WebSocket.ClientOptions = {}): Viewer {
  let state = newViewer;
  let socket: WebSocket | null = null;
  let closed = false;

  function connect(): void {
    socket = new WebSocket(url, "sprintcast.live.v1", options);
    socket.on("open", () => {
      if (state.epoch === null) return;
      socket?.send(JSON.stringify({ t: "resume", epoch: state.epoch, offset: state.offset }));
    });
    socket.on("message", (data) => {
      const frame = JSON.parse(data.toString()) as CheckedFrame;
      state = watch(state, frame);
      if (frame.t === "delta") socket?.send(JSON.stringify({ t: "ack", offset: state.offset }));
      if (frame.t === "ping") socket?.send(JSON.stringify({ t: "pong" }));
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (!closed) setTimeout(connect, RECONNECT_MS);
    });
  }

  connect();
  return {
    state: () => state,
    close() {
      closed = true;
      socket?.terminate();
    },
  };
}

import type { ServerResponse } from "node:http";
import type { Position } from "../bus/bus.ts";
import { encodeMessage } from "../protocol.ts";
import type { Frame } from "./frame.ts";
import type { Hub } from "./hub.ts";

/** `epoch:offset`, as in the event ids; null for anything else. */
export function parseEventId(id: string | undefined): Position | null {
  const [, epoch, digits] = /^([^:\s]{1,128}):(\d{1,16})$/.exec(id ?? "") ?? [];
  const offset = Number(digits);
  return epoch !== undefined && Number.isSafeInteger(offset) ? { epoch, offset } : null;
}

const HEAD = Buffer.from("data: ");
const END = Buffer.from("\n\n");
// Encoded once for all viewers, like the websocket frames; dropped with the frame.
const events = new WeakMap<Frame, Buffer>();

/** The frame as a server-sent event: JSON has no line breaks, so one data line holds it. */
function eventOf(frame: Frame): Buffer {
  const made = events.get(frame) ?? Buffer.concat([HEAD, frame.payload, END]);
  events.set(frame, made);
  return made;
}

/**
 * Joins a stream of server-sent events to the hub: the same messages, one way. What the kernel took counts as
 * acknowledged. Each event that moves the offset has the id `epoch:offset`, which the browser sends back as
 * `Last-Event-ID` when it reconnects.
 */
export function joinEvents(
  hub: Hub,
  response: ServerResponse,
  resume: Position | null,
  settings: { epochOf(): string | undefined; retryMs: number; closeGraceMs: number },
): void {
  const { epochOf, retryMs, closeGraceMs } = settings;
  response.write(`retry: ${retryMs}\n\n`);
  const viewer = hub.join(
    {
      send(frame, to) {
        if (response.writableEnded || response.destroyed) return;
        if (to !== undefined) response.write(`id: ${epochOf()}:${to}\n`);
        response.write(eventOf(frame), (error) => {
          if (!error) viewer.delivered(to ?? 0);
        });
      },
      held: () => response.writableLength,
      close(code, retryAfter) {
        response.end(`data: ${encodeMessage({ t: "bye", code, retryAfter })}\n\n`);
        const timer = setTimeout(() => response.destroy(), closeGraceMs);
        response.once("close", () => clearTimeout(timer));
      },
    },
    resume ?? { epoch: "", offset: 0 },
  );
  response.on("close", () => viewer.gone());
  response.on("error", () => viewer.gone());
}

import * as ws from "ws";
import { type Columns, encodeMessage, type ServerMessage } from "../protocol.ts";

/** One message, encoded once for all viewers. */
export interface Frame {
  /** As a complete, unmasked websocket text frame. */
  wire: Buffer;
  /** The JSON alone: a view of `wire`. */
  payload: Buffer;
}

/** A frame of readings; 0 < from <= to. */
export interface DeltaFrame extends Frame {
  from: number;
  to: number;
}

interface FrameOptions {
  fin: boolean;
  opcode: number;
  mask: boolean;
  readOnly: boolean;
  rsv1: boolean;
}

// Documented as public in ws, but not in its types: https://github.com/websockets/ws/blob/8.23.0/lib/sender.js
const { Sender } = ws as unknown as {
  Sender: { frame(data: Buffer, options: FrameOptions): [header: Buffer, data: Buffer] };
};
const TEXT = { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false };

export function encodeFrame(message: ServerMessage): Frame {
  return wrap([Buffer.from(encodeMessage(message))]);
}

/** The longest header of a frame that is not masked (RFC 6455, 5.2). */
const HEADER_BYTES = 10;

/** Copies the pieces once, behind room for their header. */
function wrap(pieces: readonly Buffer[]): Frame {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length);
  let end = HEADER_BYTES;
  for (const piece of pieces) end += piece.copy(bytes, end);
  const payload = bytes.subarray(HEADER_BYTES);
  const [header] = Sender.frame(payload, TEXT);
  const begin = HEADER_BYTES - header.length;
  header.copy(bytes, begin);
  return { wire: bytes.subarray(begin), payload };
}

export function encodeDelta(from: number, to: number, cols: Columns, conflated = false): DeltaFrame {
  const message = conflated
    ? { t: "delta" as const, from, to, conflated: true as const, cols }
    : { t: "delta" as const, from, to, cols };
  return { from, to, ...encodeFrame(message) };
}

/** The frame of readings that came as the JSON of their columns, in pieces: nothing is encoded again. */
export function relayDelta(from: number, to: number, json: readonly Buffer[]): DeltaFrame {
  const head = Buffer.from(`{"t":"delta","from":${from},"to":${to},"cols":`);
  return { from, to, ...wrap([head, ...json, END]) };
}

const END = Buffer.from("}");

import * as z from "zod/mini";
import { DemoError } from "./errors.ts";

/** The websocket subprotocol that client and server must agree on. */
export const SUBPROTOCOL = "sprintcast.live.v1";

/** One measurement of one device. `seq` rises by one per `source`; `at` is a UTC instant in epoch milliseconds. */
export interface Reading {
  source: string;
  seq: number;
  at: number;
  metric: string;
  value: number;
}

/**
 * Readings the eater committed together. Offsets count readings, gap-free within an epoch:
 * `to - from + 1 === readings.length`. The epoch names one life of the eater's database.
 */
export interface Batch {
  epoch: string;
  from: number;
  to: number;
  readings: Reading[];
  /** The same as columns, and their JSON, where it came so. */
  encoded?: { cols: Columns; json: Buffer };
}

const offset = z.number().check(z.int(), z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const epoch = z.string().check(z.maxLength(128));
const text = z.array(z.string());
const numbers = z.array(z.number());

/** Readings as columns; row i of every column is one reading. */
export const columnsSchema = z
  .object({ source: text, seq: numbers, at: numbers, metric: text, value: numbers })
  .check(
    z.refine(({ source, seq, at, metric, value }) => {
      const rows = source.length;
      return seq.length === rows && at.length === rows && metric.length === rows && value.length === rows;
    }, "all columns must have the same length"),
  );

/** `state[source][metric] = [at, value]` */
const stateSchema = z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()])));

const ping = z.object({ t: z.literal("ping") });
const pong = z.object({ t: z.literal("pong") });

/** What a viewer may send. `resume` only as its first message. */
export const clientMessageSchema = z.discriminatedUnion("t", [
  z.object({ t: z.literal("resume"), epoch, offset }),
  z.object({ t: z.literal("ack"), offset }),
  ping,
  pong,
]);

const delta = z
  .object({
    t: z.literal("delta"),
    from: offset,
    to: offset,
    /** The frame holds only the latest value of each series within its span. */
    conflated: z.optional(z.literal(true)),
    cols: columnsSchema,
  })
  .check(
    z.refine(({ from, to, conflated, cols }) => {
      const span = to - from + 1;
      return span >= 1 && (conflated ? cols.source.length <= span : cols.source.length === span);
    }, "a delta holds to - from + 1 readings, a conflated one at most so many"),
  );

/** What the server sends. `now` is the server's clock (UTC, epoch ms), against which a viewer tells the data's age. */
export const serverMessageSchema = z.discriminatedUnion("t", [
  z.object({ t: z.literal("hello"), epoch, offset, now: z.optional(z.number()) }),
  z.object({
    t: z.literal("snapshot"),
    offset,
    state: stateSchema,
    /** Adds to the pages before it, instead of replacing what the viewer held. */
    continues: z.optional(z.literal(true)),
    /** Another page follows, and only the last of them makes the state whole. */
    more: z.optional(z.literal(true)),
  }),
  z.object({ t: z.literal("resumed") }),
  delta,
  ping,
  pong,
  /** The server is about to close; `retryAfter` in ms, null when coming back is of no use. */
  z.object({ t: z.literal("bye"), code: z.string(), retryAfter: z.nullable(z.number()) }),
]);

export type Columns = z.infer<typeof columnsSchema>;
export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type ServerMessage = z.infer<typeof serverMessageSchema>;
export type Delta = Extract<ServerMessage, { t: "delta" }>;
export type StateByName = z.infer<typeof stateSchema>;

/** A frame is no message of the protocol. */
export class ProtocolError extends DemoError<"bad-json" | "bad-message"> {
  override name = "ProtocolError";
}

// What nearly all of a viewer's messages are, as our own view writes them; any other spelling takes the long way.
const ACK = /^\{"t":"ack","offset":(0|[1-9]\d{0,14})\}$/;

/** @throws ProtocolError */
export function parseClientMessage(frame: string): ClientMessage {
  const offset = ACK.exec(frame)?.[1];
  if (offset !== undefined) return { t: "ack", offset: Number(offset) };
  return check(clientMessageSchema, parseJson(frame));
}

/** @throws ProtocolError */
export function parseServerMessage(frame: string): ServerMessage {
  return checkServerMessage(parseJson(frame));
}

/** Checks a message that is parsed already, as recordings hold them. @throws ProtocolError */
export function checkServerMessage(value: unknown): ServerMessage {
  return check(serverMessageSchema, value);
}

export function encodeMessage(message: ServerMessage | ClientMessage): string {
  return JSON.stringify(message);
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch (cause) {
    throw new ProtocolError("bad-json", "the frame is no JSON; expected one message as a JSON object", {
      cause,
    });
  }
}

function check<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const message = `${issue?.path.join(".") || "message"}: ${issue?.message}`;
  throw new ProtocolError("bad-message", message, { cause: result.error });
}

export function columnsOf(readings: readonly Reading[]): Columns {
  const columns: Columns = { source: [], seq: [], at: [], metric: [], value: [] };
  for (const { source, seq, at, metric, value } of readings) {
    columns.source.push(source);
    columns.seq.push(seq);
    columns.at.push(at);
    columns.metric.push(metric);
    columns.value.push(value);
  }
  return columns;
}

/** The rows of columns that are all of one length. */
export function readingsOf({ source, seq, at, metric, value }: Columns): Reading[] {
  return source.map((name, row) => ({
    source: name,
    seq: seq[row] ?? Number.NaN,
    at: at[row] ?? Number.NaN,
    metric: metric[row] ?? "",
    value: value[row] ?? Number.NaN,
  }));
}

/** The rows of `columns` from `start` on. */
export function sliceColumns(columns: Columns, start: number): Columns {
  const { source, seq, at, metric, value } = columns;
  return {
    source: source.slice(start),
    seq: seq.slice(start),
    at: at.slice(start),
    metric: metric.slice(start),
    value: value.slice(start),
  };
}

import type { Position } from "./bus.ts";

/** The identity of one stored message: its epoch and the offsets it holds. */
export interface MessageId {
  epoch: string;
  from: number;
  to: number;
}

/** Reads a Nats-Msg-Id of the form `epoch:from-to`; null for anything else. */
export function parseMessageId(text: string): MessageId | null {
  const [, epoch, from, to] = /^(.+):(\d+)-(\d+)$/.exec(text) ?? [];
  return epoch === undefined ? null : { epoch, from: Number(from), to: Number(to) };
}

/**
 * The stream sequence at which a holder of `after` must begin: the first message of the newest epoch that has
 * offsets it lacks; `last + 1` when it lacks none. Asks for some log2(last - first) messages.
 * A stream holds epochs one after the other, and the offsets of an epoch in rising order.
 */
export async function findStart(
  first: number,
  last: number,
  after: Position | null,
  read: (sequence: number) => Promise<MessageId | null>,
): Promise<number> {
  const newest = last >= first ? await read(last) : null;
  if (!newest) return first;
  const isLacking = (id: MessageId | null) =>
    id !== null && id.epoch === newest.epoch && (after?.epoch !== id.epoch || id.to > after.offset);
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isLacking(await read(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

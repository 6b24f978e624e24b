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

/** Messages of others, side by side, that are passed over in search of one of ours. */
const MOST_PASSED = 100;

type Read = (sequence: number) => Promise<MessageId | null>;

/** The newest message that says what it holds; null where the stream's last ones are all of others. */
export async function findNewest(first: number, last: number, read: Read): Promise<MessageId | null> {
  return (await findOurs(last, -1, Math.min(MOST_PASSED, last - first + 1), read))?.id ?? null;
}

/** The first of so many messages, in this direction, that says what it holds. */
async function findOurs(from: number, step: 1 | -1, count: number, read: Read) {
  for (let nth = 0; nth < count; nth += 1) {
    const sequence = from + nth * step;
    const id = await read(sequence);
    if (id) return { sequence, id };
  }
  return null;
}

/**
 * The stream sequence from which a holder of `after` reads on: no message behind it is known to him, and none before it
 * is of the newest epoch and has offsets that he lacks; `last + 1` when he lacks none. Asks for some
 * log2(last - first) messages. A stream holds epochs one after the other, the offsets of an epoch in rising order, and
 * between them what others have put there.
 */
export async function findStart(
  first: number,
  last: number,
  after: Position | null,
  read: Read,
): Promise<number> {
  const newest = await findNewest(first, last, read);
  if (!newest) return first;
  const isLacking = (id: MessageId) =>
    id.epoch === newest.epoch && (after?.epoch !== id.epoch || id.to > after.offset);
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const ours = await findOurs(middle, 1, Math.min(MOST_PASSED, high - middle), read);
    // Too early is never wrong: what is known already is dropped.
    if (ours === null || isLacking(ours.id)) high = middle;
    else low = ours.sequence + 1;
  }
  return low;
}

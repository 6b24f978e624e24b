/** What one viewer was shown. */
export interface Tally {
  /** Readings in messages that held every one of their span. */
  readings: number;
  /** Readings in frames that told the latest values only. */
  conflated: number;
  /** Readings before a message that no message had held. */
  missed: number;
  /** The newest offset; 0 before the first message. */
  last: number;
}

export const emptyTally = (last = 0): Tally => ({ readings: 0, conflated: 0, missed: 0, last });

const KEY = Buffer.from('"from":');
/** More than the span of a message takes, and less than any message does behind its span. */
const SPAN_BYTES = 64;
const SPAN = /^"from":(\d+),"to":(\d+)(,"conflated":true)?/;

/**
 * Finds the messages in what a socket brings, whatever protocol wraps them, by the span that each begins with. Costs the
 * same for every protocol.
 * @param each called with the readings that a message adds
 */
export function createWalker(tally: Tally, each: (readings: number) => void) {
  let rest: Buffer = Buffer.alloc(0);

  function note(from: number, to: number, isConflated: boolean): void {
    const begun = tally.last > 0 ? tally.last + 1 : from;
    if (from > begun) tally.missed += from - begun;
    const count = Math.max(0, to - Math.max(from, begun) + 1);
    tally.last = Math.max(tally.last, to);
    if (isConflated) tally.conflated += count;
    else {
      tally.readings += count;
      each(count);
    }
  }

  return (data: Buffer): void => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data;
    let at = 0;
    for (;;) {
      const found = bytes.indexOf(KEY, at);
      if (found === -1) {
        rest = Buffer.from(bytes.subarray(Math.max(at, bytes.length - KEY.length + 1)));
        return;
      }
      if (bytes.length < found + SPAN_BYTES) {
        rest = Buffer.from(bytes.subarray(found));
        return;
      }
      const span = SPAN.exec(bytes.toString("latin1", found, found + SPAN_BYTES));
      if (span) note(Number(span[1]), Number(span[2]), span[3] !== undefined);
      at = found + KEY.length;
    }
  };
}

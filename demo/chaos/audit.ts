import type { Reading } from "../protocol.ts";

export interface Audit {
  produced: number;
  stored: number;
  lost: number;
  /** Readings that the feeder still has to send. */
  unsent: number;
  storedTwice: number;
  /** Readings stored behind a later one of their source. */
  outOfOrder: number;
  /** Offsets that are missing or come twice. */
  offsetGaps: number;
}

/** Checks what was stored, in offset order, against how far each source had counted, and what the feeder has left. */
export function createAudit(nextSeq: ReadonlyMap<string, number>, left: readonly Reading[] = []) {
  const waiting = new Set(left.map(({ source, seq }) => `${source} ${seq}`));
  const seen = new Map<string, Set<number>>();
  const newest = new Map<string, number>();
  let stored = 0;
  let storedTwice = 0;
  let outOfOrder = 0;
  let offsetGaps = 0;
  let offset = 0;
  return {
    take(from: number, readings: readonly Reading[]): void {
      if (from !== offset + 1) offsetGaps += 1;
      offset = from + readings.length - 1;
      for (const { source, seq } of readings) {
        const seqs = seen.get(source) ?? new Set<number>();
        seen.set(source, seqs);
        stored += 1;
        if (seqs.has(seq)) storedTwice += 1;
        seqs.add(seq);
        if (seq < (newest.get(source) ?? 0)) outOfOrder += 1;
        newest.set(source, Math.max(seq, newest.get(source) ?? 0));
      }
    },
    result(): Audit {
      let produced = 0;
      let lost = 0;
      let unsent = 0;
      for (const [source, next] of nextSeq) {
        produced += next - 1;
        for (let seq = 1; seq < next; seq += 1) {
          if (seen.get(source)?.has(seq)) continue;
          if (waiting.has(`${source} ${seq}`)) unsent += 1;
          else lost += 1;
        }
      }
      return { produced, stored, lost, unsent, storedTwice, outOfOrder, offsetGaps };
    },
  };
}

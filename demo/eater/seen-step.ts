/** Sequence numbers a block remembers, one bit each. */
export const BLOCK_SEQS = 1024;
export const BLOCK_BYTES = BLOCK_SEQS / 8;

/** The block a sequence number belongs to; safe to 2^53. */
export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK_SEQS);
}

/** Marks `seq` in its block. True when it was not marked before. */
export function markSeen(bits: Uint8Array, seq: number): boolean {
  const within = seq % BLOCK_SEQS;
  const index = within >>> 3;
  const mask = 1 << (within & 7);
  const byte = bits[index]!;
  if ((byte & mask) !== 0) return false;
  bits[index] = byte | mask;
  return true;
}

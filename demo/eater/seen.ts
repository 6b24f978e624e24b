import { type Db, readMark, writeMark } from "./database.ts";

// 32,768 blocks of 128 bytes: some 10 MB with their keys, and more sources than a demo has.
const MAX_CACHED_BLOCKS = 32_768;

interface Block {
  source: string;
  block: number;
  bits: Uint8Array;
}

/**
 * Remembers which (source, seq) were stored: a bit each, in blocks, cached over the `seen` table. A bitmap grows with
 * the sequence numbers used and never with how they are ordered, so no pattern of gaps makes it slow.
 *
 * The table is brought up to date now and then, not at every commit. What was stored since the mark it carries is
 * read back from the readings themselves, so that after a crash the memory is whole again.
 */
export function createSeenIndex(db: Db) {
  const read = db.prepare("SELECT bits FROM seen WHERE source = ? AND block = ?").pluck();
  const write = db.prepare(
    "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (source, block) DO UPDATE SET bits = excluded.bits",
  );
  const storedSince = db.prepare(`
    SELECT s.source, r.seq FROM readings r JOIN series s ON s.id = r.series WHERE r."offset" > ? ORDER BY r."offset"`);
  const cache = new Map<string, Map<number, Block>>();
  const dirty = new Set<Block>();
  let cached = 0;

  function load(source: string, block: number): Block {
    const stored = read.get(source, block) as Uint8Array | undefined;
    const loaded = { source, block, bits: stored ? Uint8Array.from(stored) : new Uint8Array(BLOCK_BYTES) };
    const blocks = cache.get(source) ?? new Map<number, Block>();
    cache.set(source, blocks.set(block, loaded));
    cached += 1;
    return loaded;
  }

  function mark(source: string, seq: number): boolean {
    const number = blockOf(seq);
    const block = cache.get(source)?.get(number) ?? load(source, number);
    const isNew = markSeen(block.bits, seq);
    if (isNew) dirty.add(block);
    return isNew;
  }

  function clear(): void {
    cache.clear();
    dirty.clear();
    cached = 0;
  }

  function recall(): void {
    clear();
    for (const row of storedSince.iterate(readMark(db, "seen"))) {
      const { source, seq } = row as { source: string; seq: number };
      mark(source, seq);
    }
  }

  recall();
  return {
    /** True when (source, seq) is new; it is then remembered. */
    mark,
    /** Writes what changed since the last time. To be called between commits, within a transaction. */
    flush(): void {
      for (const { source, block, bits } of dirty) write.run(source, block, bits);
      dirty.clear();
      writeMark(db, "seen", readMark(db, "committed"));
      if (cached > MAX_CACHED_BLOCKS) clear();
    },
    /** Goes back to what the database holds, after a transaction that failed. */
    recall,
  };
}

export type SeenIndex = ReturnType<typeof createSeenIndex>;

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
  const byte = bits[index] ?? 0;
  if ((byte & mask) !== 0) return false;
  bits[index] = byte | mask;
  return true;
}

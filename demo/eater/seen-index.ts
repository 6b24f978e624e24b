import type { Db } from "./database.ts";
import { BLOCK_BYTES, blockOf, markSeen } from "./seen-step.ts";

// 32,768 blocks of 128 bytes: some 10 MB with their keys, and more sources than a demo has.
const MAX_CACHED_BLOCKS = 32_768;

interface Block {
  source: string;
  block: number;
  bits: Uint8Array;
}

/**
 * Remembers which (source, seq) were stored: a bit each, in blocks, cached over the `seen` table. A bitmap grows
 * with the sequence numbers used and never with how they are ordered, so no pattern of gaps makes it slow.
 */
export function createSeenIndex(db: Db) {
  const read = db.prepare("SELECT bits FROM seen WHERE source = ? AND block = ?").pluck();
  const write = db.prepare(
    "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (source, block) DO UPDATE SET bits = excluded.bits",
  );
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

  function forget(): void {
    cache.clear();
    dirty.clear();
    cached = 0;
  }

  return {
    /** True when (source, seq) is new; it is then remembered, for good once `flush` was committed. */
    mark(source: string, seq: number): boolean {
      const number = blockOf(seq);
      const block = cache.get(source)?.get(number) ?? load(source, number);
      const isNew = markSeen(block.bits, seq);
      if (isNew) dirty.add(block);
      return isNew;
    },
    /** Writes what changed; to be called within the transaction that stores the readings. */
    flush(): void {
      for (const { source, block, bits } of dirty) write.run(source, block, bits);
      dirty.clear();
      if (cached > MAX_CACHED_BLOCKS) forget();
    },
    forget,
  };
}

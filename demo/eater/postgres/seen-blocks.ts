import { BLOCK_BYTES, blockOf, markSeen } from "../seen.ts";
import type { Client } from "./session.ts";

interface Block {
  source: string;
  block: number;
  bits: Uint8Array;
}

const keyOf = (source: string, block: number) => `${source} ${block}`;

/**
 * Remembers which (source, seq) were stored, a bit each, in blocks. They are read and written by the transaction that
 * stores the readings, since another eater may have stored some in between.
 */
export async function readSeen(client: Client, wanted: readonly { source: string; seq: number }[]) {
  const blocks = new Map<string, Block>();
  const changed = new Set<Block>();
  for (const { source, seq } of wanted) {
    const block = blockOf(seq);
    const key = keyOf(source, block);
    if (!blocks.has(key)) blocks.set(key, { source, block, bits: new Uint8Array(BLOCK_BYTES) });
  }
  const all = [...blocks.values()];
  const { rows } = await client.query<Block>(
    `SELECT source, block, bits FROM sprintcast.seen
     JOIN unnest($1::text[], $2::bigint[]) AS wanted (source, block) USING (source, block)`,
    [all.map(({ source }) => source), all.map(({ block }) => block)],
  );
  for (const { source, block, bits } of rows) blocks.get(keyOf(source, block))?.bits.set(bits);

  return {
    /** True when (source, seq) is new; it is then remembered. */
    mark(source: string, seq: number): boolean {
      const block = blocks.get(keyOf(source, blockOf(seq)));
      if (!block) throw new RangeError(`the block of ${source} ${seq} was not read`);
      const isNew = markSeen(block.bits, seq);
      if (isNew) changed.add(block);
      return isNew;
    },
    async write(): Promise<void> {
      const blocks = [...changed];
      await client.query(
        `INSERT INTO sprintcast.seen SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[])
         ON CONFLICT (source, block) DO UPDATE SET bits = excluded.bits`,
        [
          blocks.map(({ source }) => source),
          blocks.map(({ block }) => block),
          blocks.map(({ bits }) => Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength)),
        ],
      );
    },
  };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, reading } from "../testing/start-eater.ts";
import { toColumns } from "./columns.ts";
import { createCommitter } from "./commit.ts";
import { openDatabase } from "./database.ts";
import { BLOCK_BYTES, BLOCK_SEQS, blockOf, createSeenIndex, markSeen } from "./seen.ts";

const edges = [0, 1, 7, 8, 1023, 1024, 1025, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
const seq = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 3000 }));
const pair = fc.record({ source: fc.constantFrom("a", "b", "a:1"), seq });

describe("a bitmap", () => {
  it("marks each number once and no other, up to the largest that is taken", () => {
    fc.assert(
      fc.property(fc.array(seq, { maxLength: 80 }), (list) => {
        const blocks = new Map<number, Uint8Array>();
        const plain = new Set<number>();
        for (const one of list) {
          const bits = blocks.get(blockOf(one)) ?? new Uint8Array(BLOCK_BYTES);
          blocks.set(blockOf(one), bits);
          expect(markSeen(bits, one)).toBe(!plain.has(one));
          plain.add(one);
        }
        const set = [...blocks.values()].flatMap((bits) => [...bits]);
        const count = set.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);
        expect(count).toBe(plain.size);
      }),
      { seed: 41 },
    );
  });

  it("of a block holds its numbers and those of no neighbour", () => {
    expect([blockOf(0), blockOf(BLOCK_SEQS - 1), blockOf(BLOCK_SEQS)]).toEqual([0, 0, 1]);
    expect(blockOf(2 ** 53 - 1)).toBe(2 ** 43 - 1);
  });
});

describe("what was stored", () => {
  it("is known by source and number, whatever was written down in between", () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: pair },
      fc.constantFrom("flush" as const, "reopen" as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const db = openDatabase(":memory:");
        let seen = createSeenIndex(db);
        let plain = new Set<string>();
        let written = new Set<string>();
        for (const one of steps) {
          if (one === "flush") {
            seen.flush();
            written = new Set(plain);
          } else if (one === "reopen") {
            // Nothing of this is a stored reading, so that only what was flushed is known again.
            seen = createSeenIndex(db);
            plain = new Set(written);
          } else {
            const name = JSON.stringify([one.source, one.seq]);
            expect(seen.mark(one.source, one.seq)).toBe(!plain.has(name));
            plain.add(name);
          }
        }
        db.close();
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it("since the last time that it was written down is read back from the readings", () => {
    const db = openDatabase(":memory:");
    const seen = createSeenIndex(db);
    const commit = createCommitter(db, seen, { maxSeries: 100 });
    commit(toColumns([[reading("a", 1), reading("a", 2000)]]), NOW);
    seen.flush();
    commit(toColumns([[reading("a", 2), reading("b", 1)]]), NOW);
    const again = createSeenIndex(db);
    for (const [source, number] of [
      ["a", 1],
      ["a", 2000],
      ["a", 2],
      ["b", 1],
    ] as const)
      expect(again.mark(source, number)).toBe(false);
    expect([again.mark("a", 3), again.mark("b", 2)]).toEqual([true, true]);
    db.close();
  });

  it("is forgotten where its transaction failed", () => {
    const db = openDatabase(":memory:");
    const seen = createSeenIndex(db);
    expect(seen.mark("a", 1)).toBe(true);
    seen.recall();
    expect(seen.mark("a", 1)).toBe(true);
    db.close();
  });
});

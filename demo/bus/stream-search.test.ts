import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Position } from "./bus.ts";
import { findNewest, findStart, type MessageId, parseMessageId } from "./stream-search.ts";

describe("the id of a message", () => {
  it.each([
    ["e:1-3", { epoch: "e", from: 1, to: 3 }],
    ["a:b:10-10", { epoch: "a:b", from: 10, to: 10 }],
  ])("%s is read", (text, id) => {
    expect(parseMessageId(text)).toEqual(id);
  });

  it.each(["", ":1-3", "e:1", "e:1-", "e:-3", "e:1-3 ", "e:a-b", "e 1-3", "e:1-3:"])("%j is none", (text) => {
    expect(parseMessageId(text)).toBeNull();
  });
});

/** A stream of epochs one after the other; `first` is the sequence of its first message. */
const streams = fc
  .record({
    first: fc.integer({ min: 1, max: 50 }),
    epochs: fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }), {
      maxLength: 3,
    }),
  })
  .map(({ first, epochs }) => {
    const messages = epochs.flatMap((sizes, nth) => {
      let to = 0;
      return sizes.map((size): MessageId => {
        const from = to + 1;
        to += size;
        return { epoch: `e${nth}`, from, to };
      });
    });
    return { first, last: first + messages.length - 1, messages };
  });
const position: fc.Arbitrary<Position | null> = fc.option(
  fc.record({ epoch: fc.constantFrom("e0", "e1", "e2", "gone"), offset: fc.nat(40) }),
);

describe("where a holder begins", () => {
  it("is the first message of the newest epoch with offsets that it lacks, found in few questions", async () => {
    await fc.assert(
      fc.asyncProperty(streams, position, async ({ first, last, messages }, after) => {
        let asked = 0;
        const start = await findStart(first, last, after, async (sequence) => {
          asked += 1;
          expect(sequence).toBeGreaterThanOrEqual(first);
          expect(sequence).toBeLessThanOrEqual(last);
          return messages[sequence - first] ?? null;
        });
        const newest = messages.at(-1)?.epoch;
        const lacking = messages.findIndex(
          ({ epoch, to }) => epoch === newest && (after?.epoch !== epoch || to > after.offset),
        );
        expect(start).toBe(messages.length === 0 ? first : first + (lacking < 0 ? messages.length : lacking));
        expect(asked).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(messages.length + 1)));
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it("leaves out nothing that it lacks, whatever others have put in between, and takes in nothing that it has", async () => {
    const between = fc.array(fc.nat(3), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(streams, position, between, async ({ messages }, after, runs) => {
        const stream = messages.flatMap((id, index) => [...Array(runs[index]).fill(null), id]);
        const start = await findStart(1, stream.length, after, async (sequence) => stream[sequence - 1]);
        const newest = messages.at(-1)?.epoch;
        const lacking = ({ epoch, to }: MessageId) =>
          epoch === newest && (after?.epoch !== epoch || to > after.offset);
        const [before, behind] = [stream.slice(0, start - 1), stream.slice(start - 1)];
        expect(before.filter((id) => id && lacking(id))).toEqual([]);
        expect(behind.filter((id) => id && !lacking(id))).toEqual([]);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it("is too early rather than too late where more of others stands in between than is looked at", async () => {
    const ours = new Map([
      [1, { epoch: "e", from: 1, to: 2 }],
      [1000, { epoch: "e", from: 3, to: 4 }],
    ]);
    let asked = 0;
    const start = await findStart(1, 1000, { epoch: "e", offset: 2 }, async (sequence) => {
      asked += 1;
      return ours.get(sequence) ?? null;
    });
    expect(start).toBeGreaterThan(1);
    expect(start).toBeLessThanOrEqual(1000);
    expect(asked).toBeLessThan(600);
  });

  it("is the stream's first message where its newest ones say nothing of themselves", async () => {
    expect(await findStart(5, 9, { epoch: "e", offset: 3 }, async () => null)).toBe(5);
  });
});

describe("the newest message", () => {
  const at = (known: number) => async (sequence: number) =>
    sequence === known ? { epoch: "e", from: 1, to: 2 } : null;

  it("is the last one that says what it holds", async () => {
    expect(await findNewest(3, 60, at(3))).toEqual({ epoch: "e", from: 1, to: 2 });
    expect(await findNewest(4, 60, at(3))).toBeNull();
    expect(await findNewest(1, 0, at(1))).toBeNull();
  });

  it("is not looked for without end", async () => {
    let asked = 0;
    await findNewest(1, 1_000_000, async () => {
      asked += 1;
      return null;
    });
    expect(asked).toBeLessThan(1000);
  });
});

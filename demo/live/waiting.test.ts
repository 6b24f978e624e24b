import fc from "fast-check";
import { expect, it } from "vitest";
import { type Columns, columnsOf, type Reading, readingsOf } from "../protocol.ts";
import { anyReading } from "../testing/arbitraries.ts";
import { createWaiting } from "./waiting.ts";

// Batches as the bus brings them: as text, or as readings alone.
const someBatches = fc.array(
  fc.record({ readings: fc.array(anyReading, { minLength: 1, maxLength: 12 }), isText: fc.boolean() }),
  { maxLength: 8 },
);

/** The batches one after the other, from offset 1 on. */
function waitingFor(batches: readonly { readings: Reading[]; isText: boolean }[], frameReadings: number) {
  const waiting = createWaiting(frameReadings);
  let to = 0;
  for (const { readings, isText } of batches) {
    const cols = columnsOf(readings);
    const encoded = { cols, json: Buffer.from(JSON.stringify(cols)) };
    const from = to + 1;
    to += readings.length;
    waiting.add({ epoch: "e1", from, to, readings, ...(isText && { encoded }) });
  }
  return waiting;
}

it("makes frames of all that waits, in order, none of them too large, and each the same as text", () => {
  fc.assert(
    fc.property(someBatches, fc.integer({ min: 1, max: 15 }), (batches, frameReadings) => {
      const waiting = waitingFor(batches, frameReadings);
      const all = batches.flatMap(({ readings }) => readings);
      expect(waiting.size()).toBe(all.length);
      const pieces = waiting.pieces().map(({ cols, json }) => {
        const rows = cols.flatMap(readingsOf);
        expect(readingsOf(JSON.parse(Buffer.concat(json).toString()) as Columns)).toEqual(rows);
        return rows;
      });
      expect(pieces.flat()).toEqual(all);
      for (const { length } of pieces) {
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(frameReadings);
      }
    }),
  );
});

it("puts into one frame what has room in it, whichever way it came", () => {
  fc.assert(
    fc.property(someBatches, (batches) => {
      const all = batches.reduce((sum, { readings }) => sum + readings.length, 0);
      fc.pre(all > 0);
      expect(waitingFor(batches, all).pieces()).toHaveLength(1);
    }),
  );
});

it("takes the text of a batch as it came, and puts no readings into words again", () => {
  const readings: Reading[] = [{ source: "a", seq: 1, at: 5, metric: "t", value: 1 }];
  const cols = columnsOf(readings);
  const json = Buffer.from('{"source":["a"],"seq":[1],"at":[5],"metric":["t"],"value":[1.0]}');
  const waiting = createWaiting(10);
  waiting.add({ epoch: "e1", from: 1, to: 1, readings, encoded: { cols, json } });
  expect(waiting.pieces()[0]?.json.join("")).toContain("1.0");
});

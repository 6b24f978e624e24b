import fc from "fast-check";
import { expect, it } from "vitest";
import { batch } from "../testing/start-live.ts";
import { batchAfter, batchId, endOf } from "./batch.ts";

it("a holder lacks of a batch exactly the readings behind its position", () => {
  const some = { from: fc.integer({ min: 1, max: 30 }), count: fc.integer({ min: 1, max: 12 }) };
  const offset = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(fc.record({ ...some, offset }), (one) => {
      const whole = batch(one.from, one.count);
      const rest = batchAfter(whole, { epoch: "e1", offset: one.offset });
      const lacking = whole.readings.filter((_, index) => whole.from + index > one.offset);
      expect(rest === null).toBe(lacking.length === 0);
      if (rest === null) return;
      expect(rest.readings).toEqual(lacking);
      expect([rest.from, rest.to, rest.epoch]).toEqual([whole.to - lacking.length + 1, whole.to, "e1"]);
      expect(endOf(rest)).toEqual(endOf(whole));
    }),
    { seed: 51 },
  );
});

it("whoever holds nothing, or another epoch, lacks all of it", () => {
  const whole = batch(5, 3);
  expect(batchAfter(whole, null)).toBe(whole);
  expect(batchAfter(whole, { epoch: "e0", offset: 99 })).toBe(whole);
});

it("two batches are one where epoch and offsets are the same", () => {
  const ids = [batch(5, 3), batch(5, 4), batch(4, 3), batch(5, 3, { epoch: "e2" })].map(batchId);
  expect(new Set(ids).size).toBe(4);
  expect(batchId(batch(5, 3, { pad: "x" }))).toBe(ids[0]);
});

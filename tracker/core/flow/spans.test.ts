import fc from "fast-check";
import { expect, test } from "vitest";
import { inBoth, without } from "./spans.ts";
import type { Span } from "./work-clock.ts";

const end = 24;
/** Spans in order, without overlaps; some touch. */
const spans: fc.Arbitrary<Span[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: end }), { maxLength: 10 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .chain((cuts) =>
    fc.subarray(
      cuts.slice(1).map((to, index): Span => ({ from: cuts[index] ?? 0, to })),
      { minLength: 0 },
    ),
  );
const holds = (list: readonly Span[], at: number) => list.some(({ from, to }) => from <= at && at < to);
const isInOrder = (list: readonly Span[]) =>
  list.every(({ from, to }, index) => from < to && from >= (list[index - 1]?.to ?? 0));

test("an instant is in both, or in one without the other, as every instant by itself says", () => {
  fc.assert(
    fc.property(spans, spans, (some, others) => {
      const [both, rest] = [inBoth(some, others), without(some, others)];
      expect(isInOrder(both) && isInOrder(rest)).toBe(true);
      for (let at = 0; at < end; at += 0.5) {
        expect(holds(both, at), `both at ${at}`).toBe(holds(some, at) && holds(others, at));
        expect(holds(rest, at), `without at ${at}`).toBe(holds(some, at) && !holds(others, at));
      }
    }),
    { seed: 11, numRuns: 500 },
  );
});

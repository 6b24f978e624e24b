import fc from "fast-check";
import type { Reading, StateByName } from "../protocol.ts";
import { reading } from "./start-eater.ts";

/** A reading of a small fleet: few names and instants, so that they meet. */
export const anyReading: fc.Arbitrary<Reading> = fc.record({
  source: fc.constantFrom("a", "b", "c", "d"),
  seq: fc.nat(1000),
  at: fc.integer({ min: 0, max: 50 }),
  metric: fc.constantFrom("temperature", "power"),
  value: fc.integer({ min: -100, max: 100 }),
});

/** A reading of few sources, whose numbers meet again, and reach to the highest there are. */
export const numberedReading: fc.Arbitrary<Reading> = fc
  .record({
    source: fc.constantFrom("a", "b", "c"),
    seq: fc.oneof(fc.nat(30), fc.nat(5000), fc.constantFrom(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 32, 1023, 1024)),
    metric: fc.constantFrom("t", "h"),
  })
  .map(({ source, seq, metric }) => reading(source, seq, { metric }));

/** How many readings go into one batch or frame after the other. */
export const anySizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 10 });

/** The spans `[from, to]` into which `count` offsets fall, cut at `sizes` in turn. */
export function spansOf(count: number, sizes: readonly number[]): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (let from = 1, index = 0; from <= count; index += 1) {
    const to = Math.min(count, from + (sizes[index % sizes.length] ?? 1) - 1);
    spans.push([from, to]);
    from = to + 1;
  }
  return spans;
}

/** The latest value of every series, from nothing but the definition: the newest instant, then the later offset. */
export function latestOf(readings: readonly Reading[]): StateByName {
  const series = new Map<string, Map<string, [number, number]>>();
  for (const { source, metric, at, value } of readings) {
    const metrics = series.get(source) ?? new Map<string, [number, number]>();
    if ((metrics.get(metric)?.[0] ?? Number.NEGATIVE_INFINITY) <= at) metrics.set(metric, [at, value]);
    series.set(source, metrics);
  }
  return Object.fromEntries([...series].map(([source, metrics]) => [source, Object.fromEntries(metrics)]));
}

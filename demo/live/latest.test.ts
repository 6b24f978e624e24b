import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyReading, anySizes, latestOf, readingsIn, spansOf } from "../testing/arbitraries.ts";
import { createLatest } from "./latest.ts";

const run = fc.array(anyReading, { maxLength: 60 });

describe("the latest values' laws", () => {
  it("they are the fold of all readings, however these were cut into batches", () => {
    fc.assert(
      fc.property(run, anySizes, (readings, sizes) => {
        const latest = createLatest();
        for (const [from, to] of spansOf(readings.length, sizes)) {
          latest.apply(from, readings.slice(from - 1, to));
        }
        expect(latest.state()).toEqual(latestOf(readings));
      }),
    );
  });

  it("what changed since an offset, laid over the fold up to it, is the fold of all", () => {
    fc.assert(
      fc.property(run, fc.nat(60), (readings, cut) => {
        const latest = createLatest();
        latest.apply(1, readings);
        const changed = readingsIn(latest.since(cut));
        expect(latestOf([...readings.slice(0, cut), ...changed])).toEqual(latestOf(readings));
        // Each row is one of the readings behind the offset, and no series comes twice.
        for (const row of changed) expect(readings.slice(cut)).toContainEqual(row);
        expect(new Set(changed.map(({ source, metric }) => `${source} ${metric}`)).size).toBe(changed.length);
      }),
    );
  });

  it("a snapshot fills in what no newer reading has said, whether it comes before or after", () => {
    fc.assert(
      fc.property(run, run, (before, readings) => {
        const state = latestOf(before);
        const [early, late] = [createLatest(), createLatest()];
        early.merge(state);
        early.apply(1, readings);
        late.apply(1, readings);
        late.merge(state);
        expect(late.state()).toEqual(early.state());
        expect(early.state()).toEqual(latestOf([...before, ...readings]));
        // A snapshot names no offsets, so it is never a change.
        for (const row of readingsIn(late.since(0))) expect(readings).toContainEqual(row);
      }),
    );
  });
});

describe("the latest values", () => {
  const reading = { source: "a", seq: 1, at: 5, metric: "m", value: 1 };

  it("are not moved by a late reading, and are by a later one of the same instant", () => {
    const latest = createLatest();
    latest.apply(1, [reading, { ...reading, at: 4, value: 2 }]);
    expect(latest.state()).toEqual({ a: { m: [5, 1] } });
    latest.apply(3, [{ ...reading, value: 3 }]);
    expect(latest.state()).toEqual({ a: { m: [5, 3] } });
    expect(readingsIn(latest.since(2))).toEqual([{ ...reading, value: 3 }]);
    expect(readingsIn(latest.since(3))).toEqual([]);
  });

  it("are none after clear", () => {
    const latest = createLatest();
    latest.apply(1, [reading]);
    latest.clear();
    expect([latest.state(), latest.since(0).source]).toEqual([{}, []]);
  });
});

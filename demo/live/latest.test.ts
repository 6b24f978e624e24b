import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, readingsOf } from "../protocol.ts";
import { anyReading, anySizes, latestOf, spansOf } from "../testing/arbitraries.ts";
import { createLatest, type LatestValues } from "./latest.ts";

const wholeOf = (latest: LatestValues) => Object.assign({}, ...latest.pages(3));

const run = fc.array(anyReading, { maxLength: 60 });

describe("the latest values' laws", () => {
  it("they are the fold of all readings, however these were cut into batches", () => {
    fc.assert(
      fc.property(run, anySizes, (readings, sizes) => {
        const latest = createLatest(1000);
        for (const [from, to] of spansOf(readings.length, sizes)) {
          latest.apply(from, columnsOf(readings.slice(from - 1, to)));
        }
        expect(wholeOf(latest)).toEqual(latestOf(readings));
      }),
    );
  });

  it("what changed since an offset, laid over the fold up to it, is the fold of all", () => {
    fc.assert(
      fc.property(run, fc.nat(60), (readings, cut) => {
        const latest = createLatest(1000);
        latest.apply(1, columnsOf(readings));
        const changed = readingsOf(latest.since(cut));
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
        const [early, late] = [createLatest(1000), createLatest(1000)];
        early.merge(state);
        early.apply(1, columnsOf(readings));
        late.apply(1, columnsOf(readings));
        late.merge(state);
        expect(wholeOf(late)).toEqual(wholeOf(early));
        expect(wholeOf(early)).toEqual(latestOf([...before, ...readings]));
        // A snapshot names no offsets, so it is never a change.
        for (const row of readingsOf(late.since(0))) expect(readings).toContainEqual(row);
      }),
    );
  });
});

describe("the latest values", () => {
  const reading = { source: "a", seq: 1, at: 5, metric: "m", value: 1 };

  it("are not moved by a late reading, and are by a later one of the same instant", () => {
    const latest = createLatest(1000);
    latest.apply(1, columnsOf([reading, { ...reading, at: 4, value: 2 }]));
    expect(wholeOf(latest)).toEqual({ a: { m: [5, 1] } });
    latest.apply(3, columnsOf([{ ...reading, value: 3 }]));
    expect(wholeOf(latest)).toEqual({ a: { m: [5, 3] } });
    expect(readingsOf(latest.since(2))).toEqual([{ ...reading, value: 3 }]);
    expect(readingsOf(latest.since(3))).toEqual([]);
  });

  it("are none after clear", () => {
    const latest = createLatest(1000);
    latest.apply(1, columnsOf([reading]));
    latest.clear();
    expect([wholeOf(latest), latest.since(0).source]).toEqual([{}, []]);
  });
});

describe("more series than are kept", () => {
  const of = (source: string, at: number, metric = "m") => ({ source, seq: at, at, metric, value: at });

  it("leave out the sources that have been silent longest, also those of a snapshot", () => {
    const latest = createLatest(3);
    latest.apply(1, columnsOf([of("a", 1), of("b", 2), of("c", 3)]));
    latest.apply(4, columnsOf([of("a", 4)]));
    latest.apply(5, columnsOf([of("d", 5)]));
    expect(Object.keys(wholeOf(latest))).toEqual(["c", "a", "d"]);
    latest.merge({ b: { m: [2, 2] }, x: { m: [9, 9] } });
    expect(Object.keys(wholeOf(latest))).toEqual(["c", "a", "d"]);
    expect(latest.series()).toBe(3);
    const empty = createLatest(2);
    empty.merge({ new: { m: [9, 9] }, old: { m: [1, 1] }, mid: { m: [5, 5] } });
    expect(Object.keys(wholeOf(empty))).toEqual(["mid", "new"]);
  });

  it("never exceed the limit, whatever comes, but for the metrics of one source", () => {
    fc.assert(
      fc.property(run, anySizes, fc.integer({ min: 1, max: 8 }), (readings, sizes, most) => {
        const latest = createLatest(most);
        for (const [from, to] of spansOf(readings.length, sizes)) {
          latest.apply(from, columnsOf(readings.slice(from - 1, to)));
          const whole = wholeOf(latest);
          const series = Object.values(whole).flatMap((metrics) => Object.keys(metrics as object)).length;
          expect(latest.series()).toBe(series);
          expect(series <= most || Object.keys(whole).length === 1).toBe(true);
        }
      }),
    );
  });
});

it("pages hold no more than they should, and all of them everything", () => {
  const latest = createLatest(100_000);
  const readings = Array.from({ length: 4500 }, (_, index) => ({
    ...{ source: `s-${index >> 1}`, metric: `m-${index & 1}` },
    ...{ seq: index, at: index, value: index },
  }));
  latest.apply(1, columnsOf(readings));
  const pages = latest.pages(2000);
  expect(pages.map((page) => Object.keys(page).length)).toEqual([1000, 1000, 250]);
  expect(Object.assign({}, ...pages)).toEqual(latestOf(readings));
  expect(createLatest(1).pages(2000)).toEqual([{}]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type Delta, type Reading, readingsOf } from "../protocol.ts";
import { anyReading, anySizes, spansOf } from "../testing/arbitraries.ts";
import { type DeltaFrame, encodeDelta } from "./frame.ts";
import { createRing } from "./ring.ts";

const run = fc.array(anyReading, { minLength: 1, maxLength: 60 });
const capacity = fc.integer({ min: 1, max: 40 });

function frame(readings: readonly Reading[], from: number, to: number): DeltaFrame {
  return encodeDelta(from, to, columnsOf(readings.slice(from - 1, to)));
}

function filled(readings: readonly Reading[], sizes: readonly number[], size: number) {
  const ring = createRing(size);
  const spans = spansOf(readings.length, sizes);
  for (const [from, to] of spans) ring.push(frame(readings, from, to));
  return { ring, spans };
}

const rowsOf = ({ payload }: DeltaFrame) => [...readingsOf((JSON.parse(payload.toString()) as Delta).cols)];

/** All frames behind `offset`, as a viewer is handed them. */
function walk(ring: ReturnType<typeof createRing>, offset: number): DeltaFrame[] {
  const frames: DeltaFrame[] = [];
  for (let next = ring.after(offset); next; next = ring.after(next.to)) frames.push(next);
  return frames;
}

describe("the ring's laws", () => {
  it("from every offset it reaches, the frames behind it are all readings, with no gap and none twice", () => {
    fc.assert(
      fc.property(run, anySizes, capacity, (readings, sizes, size) => {
        const { ring } = filled(readings, sizes, size);
        for (let offset = 0; offset <= readings.length; offset += 1) {
          if (!ring.reaches(offset)) continue;
          const frames = walk(ring, offset);
          let end = offset;
          for (const { from, to } of frames) {
            expect(from).toBe(end + 1);
            end = to;
          }
          expect(end).toBe(readings.length);
          expect(frames.flatMap(rowsOf)).toEqual(readings.slice(offset));
        }
      }),
    );
  });

  it("it reaches one window of offsets, which ends at the newest, and hands out nothing outside it", () => {
    fc.assert(
      fc.property(run, anySizes, capacity, (readings, sizes, size) => {
        const { ring } = filled(readings, sizes, size);
        const offsets = Array.from({ length: readings.length + 3 }, (_, index) => index);
        const reached = offsets.filter(ring.reaches);
        const first = Math.min(...reached);
        expect(reached).toEqual(offsets.filter((offset) => offset >= first && offset <= readings.length));
        for (const offset of offsets) {
          const isThere = offset >= first && offset < readings.length;
          expect(ring.after(offset) !== null).toBe(isThere);
        }
      }),
    );
  });

  it("it keeps its capacity of readings where there were so many, and no frame more than that needs", () => {
    fc.assert(
      fc.property(run, anySizes, capacity, (readings, sizes, size) => {
        const { ring, spans } = filled(readings, sizes, size);
        const wanted = Math.max(0, readings.length - size);
        // The oldest frame that is needed is the one that holds the first reading wanted.
        const oldest = spans.find(([, to]) => to > wanted)?.[0] ?? Number.NaN;
        expect(ring.reaches(oldest - 1)).toBe(true);
        expect(ring.reaches(oldest - 2)).toBe(false);
      }),
    );
  });

  it("a frame that begins right behind the offset is handed out as it is, not encoded again", () => {
    fc.assert(
      fc.property(run, anySizes, (readings, sizes) => {
        const ring = createRing(1000);
        const pushed = spansOf(readings.length, sizes).map(([from, to]) => frame(readings, from, to));
        for (const one of pushed) ring.push(one);
        for (const one of pushed) expect(ring.after(one.from - 1)).toBe(one);
      }),
    );
  });
});

describe("the ring", () => {
  const readings = Array.from({ length: 5000 }, (_, index) => ({
    ...{ source: "a", metric: "m", at: index, value: index },
    seq: index,
  }));

  it("is empty at first, and after clear", () => {
    const { ring } = filled(readings.slice(0, 10), [5], 100);
    ring.clear();
    for (const empty of [ring, createRing(10)]) {
      expect([empty.after(0), empty.reaches(0)]).toEqual([null, false]);
    }
  });

  it("forgets what lies before a gap", () => {
    const { ring } = filled(readings.slice(0, 10), [5], 100);
    ring.push(frame(readings, 21, 25));
    expect(ring.reaches(10)).toBe(false);
    expect(walk(ring, 20).map(({ from, to }) => [from, to])).toEqual([[21, 25]]);
  });

  it("stays right while thousands of frames fall out", () => {
    const { ring } = filled(readings, [1], 10);
    expect(ring.reaches(4989)).toBe(false);
    expect(walk(ring, 4990).flatMap(rowsOf)).toEqual(readings.slice(4990));
  });

  it("keeps a frame that is larger than its capacity", () => {
    const { ring } = filled(readings.slice(0, 90), [30], 10);
    expect([ring.reaches(59), ring.reaches(60)]).toEqual([false, true]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckedFrame, newViewer, watch } from "./viewer-check.ts";

const delta = (from: number, to: number, rows = to - from + 1, conflated?: boolean): CheckedFrame => ({
  ...{ t: "delta", from, to, cols: { seq: Array(rows).fill(1) } },
  ...(conflated === undefined ? {} : { conflated }),
});
const hello = (epoch: string, offset = 0): CheckedFrame => ({ t: "hello", epoch, offset });
const snapshot = (offset: number): CheckedFrame => ({ t: "snapshot", offset });
const see = (...frames: CheckedFrame[]) => frames.reduce(watch, newViewer);

describe("a viewer that checks", () => {
  it("counts each offset once, however frames overlap, and any that was skipped", () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(spans, (frames) => {
        const state = see(hello("e"), snapshot(0), ...frames.map(([from, more]) => delta(from, from + more)));
        const held = new Set<number>();
        let skips = 0;
        let reached = 0;
        for (const [from, more] of frames) {
          if (from + more <= reached) continue;
          if (from > reached + 1) skips += 1;
          for (let offset = Math.max(from, reached + 1); offset <= from + more; offset += 1) held.add(offset);
          reached = from + more;
        }
        expect([state.offset, state.seen, state.gaps]).toEqual([reached, held.size, skips]);
      }),
    );
  });

  it("believes a conflated frame with fewer readings than its span, and no other", () => {
    const start = [hello("e"), snapshot(10)];
    expect(see(...start, delta(11, 30, 2, true)).gaps).toBe(0);
    expect(see(...start, delta(11, 30, 2)).gaps).toBe(1);
    expect(see(...start, delta(11, 30, 2, false)).gaps).toBe(1);
    expect(see(...start, delta(11, 12, 3)).gaps).toBe(1);
    expect(see(...start, delta(13, 30, 2, true)).gaps).toBe(1);
  });

  it("takes a first snapshot for a beginning, and each later one for a resync that was declared", () => {
    expect(see(hello("e", 9), snapshot(9)).resyncs).toBe(0);
    expect(see(hello("e", 9), snapshot(9), delta(10, 11), snapshot(20)).resyncs).toBe(1);
    expect(see(hello("e", 9), snapshot(9), hello("e", 12), snapshot(12)).resyncs).toBe(1);
  });

  it("holds its offset over a connection of the same epoch, and none of another", () => {
    const before = [hello("e", 5), snapshot(5), delta(6, 9)];
    expect(see(...before, hello("e", 9), { t: "resumed" })).toMatchObject({ offset: 9, resumes: 1 });
    expect(see(...before, hello("f", 9), { t: "resumed" }, delta(8, 9)).gaps).toBe(1);
    expect(see(...before, hello("f", 0), snapshot(0), delta(1, 3))).toMatchObject({ offset: 3, gaps: 0 });
  });

  it("is moved by nothing else", () => {
    const state = see(hello("e", 5), snapshot(5));
    for (const t of ["ping", "pong", "bye"] as const) expect(watch(state, { t })).toEqual(state);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acked, greet, newViewer, sent } from "./viewer-state.ts";

/** The pieces in which acknowledgements are counted, bytes. */
const PIECE = 8192;

describe("what a viewer owes", () => {
  const frame = fc.record({
    readings: fc.integer({ min: 1, max: 50 }),
    bytes: fc.integer({ min: 1, max: 9000 }),
  });
  const step = fc.oneof(
    { weight: 3, arbitrary: frame },
    { weight: 1, arbitrary: fc.record({ ahead: fc.integer({ min: -400, max: 10 }) }) },
  );

  it("is what it was sent behind its acknowledgements, up to one piece more, and nothing once it has all", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const state = newViewer(0);
        greet(state, "flowing", 100, 0);
        const frames: { to: number; bytes: number }[] = [];
        let held = 100;
        for (const [now, one] of steps.entries()) {
          if ("bytes" in one) {
            sent(state, state.sentTo + one.readings, one.bytes);
            frames.push({ to: state.sentTo, bytes: one.bytes });
          } else {
            acked(state, state.sentTo + one.ahead, now);
            held = Math.max(held, state.sentTo + one.ahead);
          }
          const open = frames.filter(({ to }) => to > held);
          const owed = open.reduce((sum, { bytes }) => sum + bytes, 0);
          const largest = Math.max(0, ...frames.map(({ bytes }) => bytes));
          expect(state.unacked).toBeGreaterThanOrEqual(owed);
          expect(state.unacked).toBeLessThan(owed + PIECE + largest);
          if (open.length === 0) expect(state.unacked).toBe(0);
        }
        acked(state, state.sentTo, steps.length);
        expect(state).toMatchObject({ unacked: 0, openBytes: 0, marks: [], heardAt: steps.length });
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("is counted as acknowledged only where something was open", () => {
    const state = newViewer(0);
    greet(state, "flowing", 10, 5);
    acked(state, 10, 7);
    expect(state).toMatchObject({ heardAt: 7, ackedAt: 5 });
    sent(state, 12, 100);
    acked(state, 11, 8);
    expect(state).toMatchObject({ heardAt: 8, ackedAt: 5, unacked: 100 });
    acked(state, 12, 9);
    expect(state).toMatchObject({ heardAt: 9, ackedAt: 9, unacked: 0 });
  });
});

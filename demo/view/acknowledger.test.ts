import { describe, expect, it } from "vitest";
import { createAcknowledger } from "./acknowledger.ts";

/** Instants (ms) of the acknowledgements while `bytes` come every `everyMs` until `untilMs`. */
function ackedAt(bytes: number, everyMs: number, untilMs: number, isConflated = false): number[] {
  const at: number[] = [];
  let now = 1_000_000;
  const acks = createAcknowledger(() => at.push(now - 1_000_000));
  acks.greeted();
  for (; now <= 1_000_000 + untilMs; now += everyMs) acks.received(bytes, now, isConflated);
  return at;
}

describe("an acknowledgement", () => {
  it("goes out with every 64 KiB of a stream that is fast", () => {
    expect(ackedAt(32_768, 10, 1000).slice(1, 4)).toEqual([20, 40, 60]);
  });

  it("goes out with every 128 KiB of a stream that is slower, before a server's window is full", () => {
    const everyMs = 100;
    const acks = ackedAt(13_108, everyMs, 20_000).slice(4);
    for (const [index, at] of acks.slice(1).entries()) expect(at - (acks[index] ?? 0)).toBe(10 * everyMs);
    expect(acks.length).toBeGreaterThan(5);
  });

  it("goes out with every 64 KiB where the server waits for it, however slow", () => {
    // The third: by then only time below the wait has passed.
    expect(ackedAt(32_768, 190, 800, true)).toEqual([0, 380, 760]);
  });

  it("goes out ever more rarely where little comes, and no more rarely than every ten seconds", () => {
    expect(ackedAt(100, 100, 40_000)).toEqual([0, 1600, 8000, 18_000, 28_000, 38_000]);
  });

  it("is not kept from a server that holds readings back for it", () => {
    expect(ackedAt(100, 100, 2000, true)).toEqual([0, 400, 800, 1200, 1600, 2000]);
  });

  it("waits as long as it may behind a snapshot, which leaves nothing to catch up with", () => {
    const at: number[] = [];
    let now = 1_000_000;
    const acks = createAcknowledger(() => at.push(now - 1_000_000));
    acks.greeted();
    acks.caughtUp(now);
    for (; now <= 1_025_000; now += 100) acks.received(100, now);
    expect(at).toEqual([10_000, 20_000]);
  });

  it("goes out soon after each greeting, and never where nothing came", () => {
    const at: number[] = [];
    const acks = createAcknowledger(() => at.push(at.length));
    for (let now = 20_000; now < 58_000; now += 1000) acks.received(10, now);
    const before = at.length;
    acks.tick(100_000);
    acks.tick(200_000);
    expect(at.length).toBe(before + 1);
    acks.greeted();
    acks.received(10, 200_000);
    acks.tick(200_399);
    expect(at.length).toBe(before + 2);
    acks.received(10, 200_400);
    acks.tick(201_599);
    expect(at.length).toBe(before + 2);
    acks.tick(201_600);
    expect(at.length).toBe(before + 3);
  });
});

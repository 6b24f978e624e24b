import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bus, Position } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { batch } from "../testing/start-live.ts";
import { follow } from "./follow.ts";
import { createTimeline } from "./timeline.ts";

// The clock of a test moves global timers alone.
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms, value);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
}));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const snapshotAt = (offset: number, epoch = "e1"): Snapshot => ({ epoch, offset, state: {} });
const settled = () => vi.advanceTimersByTimeAsync(0);

/** Follows a bus whose subscriptions are noted; `read` is the shared snapshot. */
function start(
  latest: () => Promise<Position | null>,
  read: () => Promise<Snapshot | null>,
  { ringReadings = 100, subscribe }: { ringReadings?: number; subscribe?: Bus["subscribe"] } = {},
) {
  const memory = createMemoryBus({ keepReadings: 1000 });
  const asked: (Position | null)[] = [];
  const warnings: string[] = [];
  let reads = 0;
  let merged = 0;
  const bus: Bus = {
    ...memory,
    latest,
    subscribe(after, deliver) {
      asked.push(after);
      return (subscribe ?? memory.subscribe)(after, deliver);
    },
  };
  const snapshots = {
    read() {
      reads += 1;
      return read();
    },
    offer: async () => {},
    close: async () => {},
  };
  const timeline = createTimeline({ ringReadings: 1000, frameReadings: 100, maxSeries: 1000 });
  const follower = follow(
    { bus, snapshots, timeline, ringReadings },
    (arrived) => timeline.take(arrived),
    () => {
      merged += 1;
    },
    (_, message) => warnings.push(message),
  );
  return { follower, memory, timeline, asked, warnings, reads: () => reads, merged: () => merged };
}

describe("where the bus is followed from", () => {
  const at = (offset: number, epoch = "e1") => ({ epoch, offset });
  it.each([
    ["far enough back to fill the ring", at(1000), snapshotAt(990), at(900)],
    ["an older snapshot, which all since has to be added to", at(1000), snapshotAt(20), at(20)],
    ["the beginning, where the ring is longer than that", at(40), snapshotAt(30), at(0)],
    ["all that is kept, where there is no snapshot", at(1000), null, null],
    ["all that is kept, where the snapshot is of another epoch", at(1000), snapshotAt(990, "e0"), null],
    ["all that is kept, where the bus has nothing yet", null, snapshotAt(990), null],
  ])("is %s", async (_, latest, snapshot, after) => {
    const { asked, follower } = start(
      async () => latest,
      async () => snapshot,
    );
    await settled();
    expect(asked).toEqual([after]);
    await follower.close();
  });

  it("is all that is kept where the snapshot cannot be read, for which nobody has to wait", async () => {
    const { asked, follower } = start(
      async () => at(1000),
      () => Promise.reject(new Error("no memcached")),
    );
    await settled();
    expect(asked).toEqual([null]);
    await follower.close();
  });
});

describe("what a snapshot has to add", () => {
  it("is asked for until it comes, and then no more", async () => {
    let snapshot: Snapshot | null = null;
    const { follower, memory, timeline, reads, merged } = start(
      async () => null,
      async () => snapshot,
    );
    await settled();
    await memory.publish(batch(50, 5));
    await memory.publish(batch(55, 5));
    await vi.advanceTimersByTimeAsync(5000);
    expect([timeline.whole(), merged()]).toEqual([false, 0]);
    // A snapshot that ends before the first reading that came leaves a gap.
    snapshot = snapshotAt(48);
    await vi.advanceTimersByTimeAsync(2000);
    expect([timeline.whole(), merged()]).toEqual([false, 0]);
    snapshot = snapshotAt(49);
    await vi.advanceTimersByTimeAsync(2000);
    expect([timeline.whole(), merged()]).toEqual([true, 1]);
    const asked = reads();
    await memory.publish(batch(60, 5));
    await vi.advanceTimersByTimeAsync(5000);
    expect([reads(), merged()]).toEqual([asked, 1]);
    await follower.close();
  });

  it("is not asked for where all came from the first reading on", async () => {
    const { follower, memory, reads } = start(
      async () => null,
      async () => null,
    );
    await settled();
    await memory.publish(batch(1, 5));
    await vi.advanceTimersByTimeAsync(5000);
    expect(reads()).toBe(1);
    await follower.close();
  });

  it("is asked for one at a time, and again after a reading of it failed", async () => {
    let answer: ((snapshot: Snapshot) => void) | null = null;
    let times = 0;
    const { follower, memory, warnings, reads, merged } = start(
      async () => null,
      () => {
        times += 1;
        if (times === 1) return Promise.resolve(null);
        if (times === 2) return Promise.reject(new Error("no memcached"));
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    );
    await settled();
    for (let from = 50; from < 100; from += 10) await memory.publish(batch(from, 10));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([reads(), warnings]).toEqual([3, ["the shared snapshot could not be read; trying again"]]);
    (answer as ((snapshot: Snapshot) => void) | null)?.(snapshotAt(60));
    await settled();
    expect(merged()).toBe(1);
    await follower.close();
  });

  it("is asked for again in the next epoch, whose beginning was missed", async () => {
    let snapshot = snapshotAt(60);
    const { follower, memory, timeline, merged } = start(
      async () => null,
      async () => snapshot,
    );
    await settled();
    await memory.publish(batch(50, 5));
    await settled();
    expect(merged()).toBe(1);
    snapshot = snapshotAt(7, "e2");
    await memory.publish(batch(8, 5, { epoch: "e2" }));
    await settled();
    expect([timeline.whole(), merged()]).toEqual([true, 2]);
    await follower.close();
  });
});

describe("a bus that does not answer", () => {
  it("is tried again until it does, with a word each time", async () => {
    let isAway = true;
    const { follower, memory, asked, warnings, timeline } = start(
      () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve(null)),
      async () => null,
    );
    await vi.advanceTimersByTimeAsync(3500);
    expect(warnings).toHaveLength(4);
    expect([asked.length, follower.hasBegun()]).toEqual([0, false]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked.length, follower.hasBegun()]).toEqual([1, true]);
    await memory.publish(batch(1, 5));
    expect(timeline.head()).not.toBeNull();
    await follower.close();
  });

  it("has not begun before it has brought what it held", async () => {
    const { follower, memory } = start(
      async () => ({ epoch: "e1", offset: 5 }),
      async () => null,
    );
    await settled();
    expect(follower.hasBegun()).toBe(false);
    await memory.publish(batch(1, 5));
    expect(follower.hasBegun()).toBe(true);
    await follower.close();
  });

  it("keeps nobody from closing, and is tried no more then", async () => {
    const { follower, warnings, asked } = start(
      () => Promise.reject(new Error("away")),
      async () => null,
    );
    await vi.advanceTimersByTimeAsync(1500);
    const before = warnings.length;
    const closing = follower.close();
    await vi.advanceTimersByTimeAsync(10_000);
    await closing;
    expect([warnings.length, asked.length]).toEqual([before, 0]);
  });

  it("that answers only after the close is let go again", async () => {
    let answer: (() => void) | null = null;
    let closed = 0;
    const { follower } = start(
      async () => null,
      async () => null,
      {
        subscribe: () =>
          new Promise((resolve) => {
            answer = () =>
              resolve({
                close: async () => {
                  closed += 1;
                },
              });
          }),
      },
    );
    await settled();
    const closing = follower.close();
    await vi.advanceTimersByTimeAsync(1000);
    await closing;
    expect(closed).toBe(0);
    (answer as (() => void) | null)?.();
    await settled();
    expect(closed).toBe(1);
  });
});

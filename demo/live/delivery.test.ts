import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { batch } from "../testing/start-live.ts";
import { createDelivery } from "./delivery.ts";
import type { Hub } from "./hub.ts";
import { createTimeline } from "./timeline.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A timeline whose hub only notes what it is told. */
function start(frameReadings = 1000) {
  const timeline = createTimeline({ ringReadings: 10_000, frameReadings, maxSeries: 100 });
  const told: string[] = [];
  const warned: string[] = [];
  const hub = {
    flushed: () => void told.push(`flushed to ${timeline.head()?.offset}`),
    arrived: (arrival: string, isFirst: boolean) =>
      void told.push(`${arrival}${isFirst ? ", first" : ""} at ${timeline.head()?.offset}`),
  } as unknown as Hub;
  const delivery = createDelivery(timeline, hub, { flushMs: 20 }, Date.now, (_, message) =>
    warned.push(message),
  );
  return { ...delivery, told, warned };
}

describe("what the bus brings", () => {
  it("is told at once where it is the first, and in frames 20 ms apart after it", () => {
    const { deliver, told, warned } = start();
    deliver(batch(1, 3));
    expect(told).toEqual(["follows, first at 3"]);
    vi.advanceTimersByTime(1000);
    deliver(batch(4, 1));
    vi.advanceTimersByTime(0);
    expect(told.at(-1)).toBe("flushed to 4");
    deliver(batch(5, 1));
    deliver(batch(6, 1));
    vi.advanceTimersByTime(19);
    expect(told.at(-1)).toBe("flushed to 4");
    vi.advanceTimersByTime(1);
    expect(told.at(-1)).toBe("flushed to 6");
    expect(told).toHaveLength(3);
    expect(warned).toEqual([]);
  });

  it("leaves before its time where it fills a frame", () => {
    const { deliver, told } = start(5);
    deliver(batch(1, 1));
    vi.advanceTimersByTime(1000);
    deliver(batch(2, 1));
    vi.advanceTimersByTime(0);
    deliver(batch(3, 4));
    expect(told.at(-1)).toBe("flushed to 2");
    deliver(batch(7, 1));
    expect(told.at(-1)).toBe("flushed to 7");
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(3);
  });

  it("leaves before what would not fit into its frame", () => {
    const { deliver, told } = start(5);
    deliver(batch(1, 1));
    vi.advanceTimersByTime(1000);
    deliver(batch(2, 3));
    deliver(batch(5, 3));
    expect(told.at(-1)).toBe("flushed to 4");
    vi.advanceTimersByTime(20);
    expect(told.at(-1)).toBe("flushed to 7");
    expect(told).toHaveLength(3);
  });

  it("and is known already is told to nobody", () => {
    const { deliver, told } = start();
    deliver(batch(1, 3));
    deliver(batch(1, 3));
    deliver(batch(2, 1));
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
  });

  it("after a gap or of another epoch is told at once, with a warning", () => {
    const { deliver, told, warned } = start();
    deliver(batch(1, 3));
    deliver(batch(4, 2));
    deliver(batch(9, 2));
    deliver(batch(1, 2, { epoch: "e2" }));
    expect(told).toEqual(["follows, first at 3", "gap at 10", "epoch at 2"]);
    expect(warned).toEqual([
      "viewers are sent a snapshot: the bus went on at 9",
      "viewers are sent a snapshot: the bus went on at 1",
    ]);
  });

  it("waits for nothing once it is stopped, and leaves when it is flushed", () => {
    const { deliver, flush, stop, told } = start();
    deliver(batch(1, 1));
    deliver(batch(2, 1));
    stop();
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
    flush();
    expect(told.at(-1)).toBe("flushed to 2");
    flush();
    expect(told).toHaveLength(2);
  });

  it("is not held back by a clock that was set", () => {
    const { deliver, told } = start();
    deliver(batch(1, 1));
    deliver(batch(2, 1));
    vi.advanceTimersByTime(20);
    vi.setSystemTime(Date.now() - 3_600_000);
    deliver(batch(3, 1));
    vi.advanceTimersByTime(20);
    expect(told.at(-1)).toBe("flushed to 3");
  });
});

import { sizeOf } from "../bus/batch.ts";
import type { Batch } from "../protocol.ts";
import type { Hub } from "./hub.ts";
import type { Timeline } from "./timeline.ts";

/** Takes what the bus brings into the timeline, and hands it to the viewers as frames `flushMs` apart. */
export function createDelivery(
  timeline: Timeline,
  hub: Hub,
  { flushMs }: { flushMs: number },
  clock: () => number,
  warn: (error: unknown, message: string) => void,
) {
  let timer: NodeJS.Timeout | null = null;
  let flushedAt = 0;

  function stop(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  function flush(): void {
    stop();
    flushedAt = clock();
    if (timeline.flush()) hub.flushed();
  }

  /** Frames are so far apart and no further: after a pause the first reading leaves at once. */
  function untilFlush(): number {
    return Math.min(flushMs, Math.max(0, flushedAt + flushMs - clock()));
  }

  function deliver(batch: Batch): void {
    const isFirst = timeline.head() === null;
    if (timeline.overflows(sizeOf(batch))) flush();
    const arrival = timeline.take(batch);
    if (isFirst || arrival === "epoch" || arrival === "gap") {
      if (!isFirst) warn(arrival, `viewers are sent a snapshot: the bus went on at ${batch.from}`);
      timeline.flush();
      hub.arrived(arrival, isFirst);
      return;
    }
    if (arrival !== "follows") return;
    if (timeline.isFull()) flush();
    else timer ??= setTimeout(flush, untilFlush());
  }

  return { deliver, flush, stop };
}

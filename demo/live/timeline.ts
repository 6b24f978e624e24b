import { batchAfter } from "../bus/batch.ts";
import type { Position } from "../bus/bus.ts";
import type { Batch } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type DeltaFrame, type Frame, relayDelta } from "./frame.ts";
import { createLatest } from "./latest.ts";
import { createRing } from "./ring.ts";
import { createSharedFrames } from "./shared-frames.ts";
import { createWaiting } from "./waiting.ts";

export interface TimelineSettings {
  /** Readings kept for viewers that resume. */
  ringReadings: number;
  /** Most readings in one frame. */
  frameReadings: number;
  /** Series whose latest values are kept; past that the sources go that have been silent longest. */
  maxSeries: number;
}

/** What a new batch means to the viewers: it follows on, there are offsets missing before it, or all begins anew. */
export type Arrival = "follows" | "gap" | "epoch" | "known";

/** The readings as viewers get them: frames by offset, the snapshot, conflated frames. Each is encoded once. */
export function createTimeline({ ringReadings, frameReadings, maxSeries }: TimelineSettings) {
  const ring = createRing(ringReadings);
  const latest = createLatest(maxSeries);
  const frames = createSharedFrames(latest);
  let head: Position | null = null;
  let waiting = createWaiting(frameReadings);
  /** Latest values are whole from here on; before it, only where a snapshot was merged. */
  let contiguousFrom = 0;
  let whole = false;

  const arrivedTo = () => (head ? head.offset + waiting.size() : 0);

  function begin({ epoch, from }: Batch): void {
    if (head?.epoch !== epoch) latest.clear();
    ring.clear();
    waiting = createWaiting(frameReadings);
    head = { epoch, offset: from - 1 };
    contiguousFrom = from;
    whole = from === 1;
    frames.stale();
  }

  /** Takes a batch in; its readings wait for the next `flush`. */
  function take(batch: Batch): Arrival {
    const arrival = arrivalOf(batch, head, arrivedTo());
    if (arrival === "known") return arrival;
    if (arrival === "gap") flush();
    if (head === null || arrival !== "follows") begin(batch);
    const lacking = batchAfter(batch, { epoch: batch.epoch, offset: arrivedTo() });
    if (lacking) waiting.add(lacking);
    return arrival;
  }

  /** Makes frames of what waits. @returns true when there are new ones */
  function flush(): boolean {
    if (!head || waiting.size() === 0) return false;
    const pieces = waiting.pieces();
    waiting = createWaiting(frameReadings);
    for (const { cols, json } of pieces) {
      const from: number = head.offset + 1;
      let to: number = head.offset;
      for (const part of cols) {
        latest.apply(to + 1, part);
        to += part.source.length;
      }
      ring.push(relayDelta(from, to, json));
      head = { epoch: head.epoch, offset: to };
    }
    frames.stale();
    return true;
  }

  /** Adds a shared snapshot to the latest values. @returns true when they are whole now and were not before */
  function merge({ epoch, offset, state }: Snapshot): boolean {
    if (whole || head?.epoch !== epoch || offset + 1 < contiguousFrom) return false;
    latest.merge(state);
    whole = true;
    frames.stale();
    return true;
  }

  return {
    take,
    flush,
    merge,
    ring,
    head: () => head,
    whole: () => whole,
    /** True when what waits fills a frame: to wait on would make it later and no cheaper. */
    isFull: () => waiting.size() >= frameReadings,
    /** True when what waits would have to be cut for so many more to share its frame. */
    overflows: (readings: number) => waiting.size() > 0 && waiting.size() + readings > frameReadings,
    /** Series whose latest values are known. */
    series: latest.series,
    /** Latest values at the head, one frame for each page. */
    snapshot: (): readonly Frame[] => frames.snapshot(head),
    /** One frame from behind `offset` to the head; null when readings between them were never seen. */
    conflatedAfter(offset: number): DeltaFrame | null {
      if (!head || offset + 1 < contiguousFrom || offset >= head.offset) return null;
      return frames.conflatedAfter(offset, head);
    },
  };
}

export type Timeline = ReturnType<typeof createTimeline>;

function arrivalOf({ epoch, from, to }: Batch, head: Position | null, arrivedTo: number): Arrival {
  if (head === null) return "follows";
  if (head.epoch !== epoch) return "epoch";
  if (to <= arrivedTo) return "known";
  return from > arrivedTo + 1 ? "gap" : "follows";
}

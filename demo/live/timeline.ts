import type { Position } from "../bus/bus.ts";
import { type Batch, columnsOf, type Reading } from "../protocol.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type DeltaFrame, encodeDelta, type Frame } from "./frame.ts";
import { createLatest } from "./latest.ts";
import { createRing } from "./ring.ts";
import { createSharedFrames } from "./shared-frames.ts";

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
  let waiting: Reading[] = [];
  /** Latest values are whole from here on; before it, only where a snapshot was merged. */
  let contiguousFrom = 0;
  let whole = false;

  const arrivedTo = () => (head ? head.offset + waiting.length : 0);

  function begin({ epoch, from }: Batch): void {
    if (head?.epoch !== epoch) latest.clear();
    ring.clear();
    waiting = [];
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
    for (const reading of batch.readings.slice(arrivedTo() + 1 - batch.from)) waiting.push(reading);
    return arrival;
  }

  /** Makes frames of what waits. @returns true when there are new ones */
  function flush(): boolean {
    if (!head || waiting.length === 0) return false;
    const readings = waiting;
    waiting = [];
    for (let start = 0; start < readings.length; start += frameReadings) {
      const part = readings.slice(start, start + frameReadings);
      const from: number = head.offset + 1;
      const to: number = head.offset + part.length;
      latest.apply(from, part);
      ring.push(encodeDelta(from, to, columnsOf(part)));
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
    isFull: () => waiting.length >= frameReadings,
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

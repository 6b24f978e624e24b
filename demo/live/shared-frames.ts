import type { Position } from "../bus/bus.ts";
import { type DeltaFrame, encodeDelta, encodeFrame, type Frame } from "./frame.ts";
import type { LatestValues } from "./latest.ts";

/** The frames made of latest values, each encoded once for all viewers, until `stale` says that values have changed. */
export function createSharedFrames(latest: LatestValues) {
  let snapshot: Frame | null = null;
  let conflated = new Map<number, DeltaFrame>();
  return {
    stale(): void {
      snapshot = null;
      conflated = new Map();
    },
    snapshot(head: Position | null): Frame {
      snapshot ??= encodeFrame({ t: "snapshot", offset: head?.offset ?? 0, state: latest.state() });
      return snapshot;
    },
    /** One frame from behind `offset` to the head. */
    conflatedAfter(offset: number, head: Position): DeltaFrame {
      const made = conflated.get(offset) ?? encodeDelta(offset + 1, head.offset, latest.since(offset), true);
      conflated.set(offset, made);
      return made;
    },
  };
}

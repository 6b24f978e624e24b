import type { Position } from "../bus/bus.ts";
import { type DeltaFrame, encodeDelta, encodeFrame, type Frame } from "./frame.ts";
import type { LatestValues } from "./latest.ts";

/** Series in one page of a snapshot: some 60 kB. */
const PAGE_SERIES = 2000;

/** The frames made of latest values, each encoded once for all viewers, until `stale` says that values have changed. */
export function createSharedFrames(latest: LatestValues) {
  let snapshot: Frame[] | null = null;
  let conflated = new Map<number, DeltaFrame>();
  return {
    stale(): void {
      snapshot = null;
      conflated = new Map();
    },
    /** In pages, so that no message is larger than a viewer takes at once. */
    snapshot(head: Position | null): readonly Frame[] {
      const offset = head?.offset ?? 0;
      snapshot ??= latest.pages(PAGE_SERIES).map((state, index, { length }) =>
        encodeFrame({
          t: "snapshot",
          offset,
          state,
          ...(index > 0 ? { continues: true } : {}),
          ...(index < length - 1 ? { more: true } : {}),
        }),
      );
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

import { beforeEach, describe, expect, it } from "vitest";
import { columnsOf, parseServerMessage, type Reading } from "../protocol.ts";
import type { Frame } from "./frame.ts";
import { createLatest, type LatestValues } from "./latest.ts";
import { createSharedFrames } from "./shared-frames.ts";

const read = ({ payload }: Frame) => parseServerMessage(payload.toString());
const reading = (source: string, value: number): Reading => ({
  source,
  seq: 1,
  at: value,
  metric: "t",
  value,
});
const head = { epoch: "e1", offset: 3 };

let latest: LatestValues;
let frames: ReturnType<typeof createSharedFrames>;
beforeEach(() => {
  latest = createLatest(20_000);
  latest.apply(1, columnsOf([reading("a", 10), reading("b", 20), reading("a", 30)]));
  frames = createSharedFrames(latest);
});

describe("the snapshot", () => {
  it("is encoded once for all, until values have changed", () => {
    const first = frames.snapshot(head);
    expect(frames.snapshot(head)).toBe(first);
    expect(first.map(read)).toEqual([
      { t: "snapshot", offset: 3, state: { a: { t: [30, 30] }, b: { t: [20, 20] } } },
    ]);
    latest.apply(4, columnsOf([reading("b", 40)]));
    frames.stale();
    expect(frames.snapshot({ ...head, offset: 4 }).map(read)).toMatchObject([
      { offset: 4, state: { b: { t: [40, 40] } } },
    ]);
  });

  it("before anything came is one empty page at offset 0", () => {
    const nothing = createSharedFrames(createLatest(10));
    expect(nothing.snapshot(null).map(read)).toEqual([{ t: "snapshot", offset: 0, state: {} }]);
  });

  it("of many series is pages that together hold each once, and say which of them is the last", () => {
    const names = Array.from({ length: 4500 }, (_, index) => `device-${index}`);
    latest.apply(4, columnsOf(names.map((name, index) => reading(name, 100 + index))));
    const pages = frames.snapshot(head).map(read);
    const told = pages.flatMap((page) => (page.t === "snapshot" ? Object.keys(page.state) : []));
    expect(told.toSorted()).toEqual([...names, "a", "b"].toSorted());
    expect(pages.map((page) => "more" in page)).toEqual([true, true, false]);
    expect(pages.map((page) => "continues" in page)).toEqual([false, true, true]);
  });
});

describe("a conflated frame", () => {
  it("holds the newest value of what changed behind an offset, up to the head", () => {
    expect(read(frames.conflatedAfter(1, head))).toMatchObject({
      t: "delta",
      from: 2,
      to: 3,
      conflated: true,
      cols: { source: ["a", "b"].toSorted(), value: expect.arrayContaining([20, 30]) },
    });
    expect(read(frames.conflatedAfter(2, head))).toMatchObject({
      from: 3,
      cols: { source: ["a"], value: [30] },
    });
  });

  it("is encoded once for all that stand at the same offset, until values have changed", () => {
    const first = frames.conflatedAfter(1, head);
    expect(frames.conflatedAfter(1, head)).toBe(first);
    expect(frames.conflatedAfter(2, head)).not.toBe(first);
    frames.stale();
    expect(frames.conflatedAfter(1, head)).not.toBe(first);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "../bus/encode.ts";
import { type Batch, columnsOf, type Delta, type Reading, readingsOf } from "../protocol.ts";
import { anyReading, anySizes, latestOf, spansOf } from "../testing/arbitraries.ts";
import { present } from "../testing/present.ts";
import { batch } from "../testing/start-live.ts";
import { type DeltaFrame, encodeDelta, type Frame } from "./frame.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

const settings = { ringReadings: 1000, frameReadings: 10, maxSeries: 1000 };
const run = fc.array(anyReading, { minLength: 1, maxLength: 60 });

const contentOf = ({ payload }: Frame) => JSON.parse(payload.toString());
const rowsOf = (frame: DeltaFrame) => [...readingsOf((contentOf(frame) as Delta).cols)];
const wholeOf = (timeline: Timeline) => contentOf(present(timeline.snapshot()[0]));
const stateOf = (timeline: Timeline) => wholeOf(timeline).state;

/** The batches of a bus that knows of no gap, some of them with a tail that comes again in the next. */
function batchesOf(readings: readonly Reading[], sizes: readonly number[], overlap: number): Batch[] {
  return spansOf(readings.length, sizes).map(([start, to], index) => {
    const from = Math.max(1, start - overlap);
    const one = { epoch: "e", from, to, readings: readings.slice(from - 1, to) };
    const cols = columnsOf(one.readings);
    // Every other one comes as text, as over a server.
    return index % 2 === 0 ? one : { ...one, encoded: { cols, json: Buffer.from(JSON.stringify(cols)) } };
  });
}

/** All frames behind `offset`, as a viewer is handed them. */
function framesAfter({ ring }: Timeline, offset: number): DeltaFrame[] {
  const frames: DeltaFrame[] = [];
  for (let next = ring.after(offset); next; next = ring.after(next.to)) frames.push(next);
  return frames;
}

describe("the timeline's laws", () => {
  it("its frames hold every reading once, in order, whatever the batches and the flushes between them", () => {
    fc.assert(
      fc.property(run, anySizes, fc.nat(4), fc.array(fc.boolean()), (readings, sizes, overlap, flushes) => {
        const timeline = createTimeline(settings);
        for (const [index, one] of batchesOf(readings, sizes, overlap).entries()) {
          expect(timeline.take(one)).toBe("follows");
          expect(timeline.take(one)).toBe("known");
          if (flushes[index]) timeline.flush();
        }
        timeline.flush();
        const frames = framesAfter(timeline, 0);
        expect(frames.flatMap(rowsOf)).toEqual(readings);
        expect(frames.every(({ from, to }) => to - from < settings.frameReadings)).toBe(true);
        expect(timeline.head()).toEqual({ epoch: "e", offset: readings.length });
      }),
    );
  });

  it("its snapshot is the fold of all that was flushed, and of nothing that waits", () => {
    fc.assert(
      fc.property(run, run, anySizes, (readings, waiting, sizes) => {
        const timeline = createTimeline(settings);
        for (const one of batchesOf(readings, sizes, 0)) timeline.take(one);
        timeline.flush();
        const from = readings.length + 1;
        timeline.take({ epoch: "e", from, to: readings.length + waiting.length, readings: waiting });
        expect(wholeOf(timeline)).toEqual({
          t: "snapshot",
          offset: readings.length,
          state: latestOf(readings),
        });
      }),
    );
  });

  it("one conflated frame from anywhere brings a viewer where all frames would have", () => {
    fc.assert(
      fc.property(run, anySizes, fc.nat(), (readings, sizes, cut) => {
        const timeline = createTimeline(settings);
        for (const one of batchesOf(readings, sizes, 0)) timeline.take(one);
        timeline.flush();
        const offset = cut % readings.length;
        const frame = timeline.conflatedAfter(offset);
        if (!frame) throw new Error(`no frame behind ${offset}, though all readings were seen`);
        expect(contentOf(frame)).toMatchObject({ from: offset + 1, to: readings.length, conflated: true });
        expect(latestOf([...readings.slice(0, offset), ...rowsOf(frame)])).toEqual(latestOf(readings));
        expect(rowsOf(frame).length).toBeLessThanOrEqual(readings.length - offset);
        expect(timeline.conflatedAfter(readings.length)).toBeNull();
      }),
    );
  });
});

describe("what is shared by all viewers is encoded once", () => {
  function started() {
    const timeline = createTimeline(settings);
    timeline.take(batch(1, 25));
    timeline.flush();
    return timeline;
  }

  it("a snapshot, until readings or another snapshot change it", () => {
    const timeline = started();
    const first = timeline.snapshot();
    expect(timeline.snapshot()).toBe(first);
    timeline.take(batch(26, 1));
    expect(timeline.snapshot()).toBe(first);
    timeline.flush();
    expect(timeline.snapshot()).not.toBe(first);
  });

  it("a conflated frame, for all that stand at the same offset", () => {
    const timeline = started();
    const first = timeline.conflatedAfter(7);
    expect(timeline.conflatedAfter(7)).toBe(first);
    expect(timeline.conflatedAfter(8)).not.toBe(first);
    timeline.take(batch(26, 1));
    timeline.flush();
    expect(timeline.conflatedAfter(7)).not.toBe(first);
  });
});

describe("a timeline", () => {
  it("shows nothing before its first batch, and that one follows", () => {
    const timeline = createTimeline(settings);
    expect([timeline.head(), timeline.flush(), timeline.conflatedAfter(0)]).toEqual([null, false, null]);
    expect(timeline.take(batch(11, 5))).toBe("follows");
    expect(timeline.head()).toEqual({ epoch: "e1", offset: 10 });
    expect(timeline.flush()).toBe(true);
    expect(timeline.flush()).toBe(false);
  });

  it("is full when what waits makes a frame", () => {
    const timeline = createTimeline(settings);
    timeline.take(batch(1, 9));
    expect(timeline.isFull()).toBe(false);
    timeline.take(batch(10, 1));
    expect(timeline.isFull()).toBe(true);
    timeline.flush();
    expect(timeline.isFull()).toBe(false);
  });

  it("is whole from offset 1 on, and past that once a snapshot has told the rest", () => {
    const [from1, from11] = [createTimeline(settings), createTimeline(settings)];
    from1.take(batch(1, 5));
    from11.take(batch(11, 5));
    from11.flush();
    expect([from1.whole(), from11.whole()]).toEqual([true, false]);
    const state = { old: { power: [5, 7] as [number, number] } };
    expect(from11.merge({ epoch: "e1", offset: 9, state })).toBe(false);
    expect(from11.merge({ epoch: "other", offset: 10, state })).toBe(false);
    expect(from11.merge({ epoch: "e1", offset: 10, state })).toBe(true);
    expect(from11.merge({ epoch: "e1", offset: 10, state })).toBe(false);
    expect(from11.whole()).toBe(true);
    expect(stateOf(from11)).toMatchObject(state);
    expect(stateOf(from11)).toHaveProperty("device-0.temperature");
  });

  it("goes on behind a gap with what the snapshot knew, and bridges no viewer across it", () => {
    const timeline = createTimeline(settings);
    timeline.take(batch(1, 5));
    expect(timeline.take(batch(21, 5))).toBe("gap");
    timeline.flush();
    expect(timeline.whole()).toBe(false);
    expect(timeline.head()).toEqual({ epoch: "e1", offset: 25 });
    // The five readings before the gap had waited for a flush; they are in the latest values all the same.
    expect(stateOf(timeline)).toEqual(latestOf([...batch(1, 5).readings, ...batch(21, 5).readings]));
    expect([timeline.ring.reaches(5), timeline.conflatedAfter(5)]).toEqual([false, null]);
    expect(timeline.conflatedAfter(20)).not.toBeNull();
  });

  it("forgets the old epoch's values with the new one's first batch", () => {
    const timeline = createTimeline(settings);
    timeline.take(batch(1, 50));
    timeline.flush();
    expect(timeline.take(batch(3, 2, { epoch: "e2" }))).toBe("epoch");
    timeline.flush();
    expect(timeline.head()).toEqual({ epoch: "e2", offset: 4 });
    expect(stateOf(timeline)).toEqual(latestOf(batch(3, 2).readings));
    expect(timeline.ring.reaches(1)).toBe(false);
  });
});

it.each([
  { what: "alone", sizes: [20], frames: [20] },
  { what: "large", sizes: [50, 100], frames: [50, 100] },
  { what: "small beside others", sizes: [20, 20, 50, 20], frames: [90, 20] },
  { what: "larger than a frame", sizes: [150], frames: [100, 50] },
])("a batch that came as text and is $what makes the frames that its readings make", ({ sizes, frames }) => {
  const timeline = createTimeline({ ...settings, frameReadings: 100 });
  let to = 0;
  for (const size of sizes) {
    timeline.take(decodeBatch(Buffer.from(encodeBatch(batch(to + 1, size)))));
    to += size;
  }
  timeline.flush();
  const made = framesAfter(timeline, 0);
  expect(made.map((frame) => frame.to - frame.from + 1)).toEqual(frames);
  for (const frame of made) {
    const { readings } = batch(frame.from, frame.to - frame.from + 1);
    expect(frame.wire.equals(encodeDelta(frame.from, frame.to, columnsOf(readings)).wire)).toBe(true);
  }
  expect(stateOf(timeline)).toEqual(latestOf(batch(1, to).readings));
});

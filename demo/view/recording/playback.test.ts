import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordingOf } from "../../testing/fleet-batch.ts";
import { parseRecording } from "./parse-recording.ts";
import { isOver, playTo, startOfPlayback } from "./playback.ts";

const recording = parseRecording(recordingOf(3));
const { durationMs, frames } = recording;

describe("playing", () => {
  it("shows each frame once and in order, however often and late one looks", () => {
    const looks = fc.array(fc.integer({ min: 0, max: durationMs }), { maxLength: 12 });
    const atOnce = playTo(recording, startOfPlayback, durationMs);
    fc.assert(
      fc.property(looks, (times) => {
        let playback = startOfPlayback;
        const outcomes = [];
        for (const elapsed of [...times.sort((a, b) => a - b), durationMs]) {
          const step = playTo(recording, playback, elapsed);
          const passed = frames.filter(({ dt }) => dt <= elapsed).length;
          expect([step.playback.next, step.playback.elapsedMs]).toEqual([passed, elapsed]);
          playback = step.playback;
          outcomes.push(...step.outcomes);
        }
        expect(outcomes).toEqual(atOnce.outcomes);
        expect(playback).toEqual(atOnce.playback);
      }),
    );
  });

  it("is over with its last frame, and not before", () => {
    expect(isOver(recording, startOfPlayback)).toBe(false);
    expect(isOver(recording, playTo(recording, startOfPlayback, durationMs - 1).playback)).toBe(false);
    expect(isOver(recording, playTo(recording, startOfPlayback, durationMs).playback)).toBe(true);
  });

  it("goes back to no earlier frame, and changes nothing of where it began", () => {
    const { playback } = playTo(recording, startOfPlayback, 1000);
    const back = playTo(recording, playback, 500);
    expect([back.outcomes, back.playback.next]).toEqual([[], playback.next]);
    expect(startOfPlayback).toMatchObject({ next: 0, elapsedMs: 0, fleet: { offset: 0 } });
  });

  it("holds at the end what the last frames said", () => {
    const { fleet } = playTo(recording, startOfPlayback, durationMs).playback;
    const last = frames.at(-1)?.message;
    expect(last?.t === "delta" && last.to).toBe(fleet.offset);
    expect(fleet.latest.size).toBe(8);
  });
});

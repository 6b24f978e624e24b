import { liveOptions } from "../options/live.ts";
import type { Measured } from "./measured.ts";

/** What is to be carried. */
export interface Plan {
  /** A second. */
  readings: number;
  viewers: number;
  /** Pairs of source and metric. */
  series: number;
  /** How long readings and per-second rollups are kept, and per-minute rollups, ms. */
  keepMs: number;
  keepRollupsMs: number;
}

/** What it takes, before any room is left. */
export interface Sizes {
  /** Processors that are busy all the time. */
  processors: number;
  memoryBytes: number;
  diskBytes: number;
  /** Sent to viewers in a month. */
  trafficBytes: number;
  framesPerViewer: number;
}

/** Frames a second that a viewer is sent at most: so far apart as `--live-flush-ms` is by default. */
export const MOST_FRAMES = 1000 / liveOptions.liveFlushMs.default;
export const MONTH_SECONDS = (365.25 / 12) * 86_400;

/** Sizes of a plan, in proportion to what was measured of one reading, one frame, one viewer, one series. */
export function sizesOf(plan: Plan, costs: Measured): Sizes {
  const { readings, viewers, series, keepMs, keepRollupsMs } = plan;
  const frames = Math.min(readings, MOST_FRAMES);
  const perViewer = (ofFrame: number, ofReading: number) => frames * ofFrame + readings * ofReading;
  // Each series has one rollup a second, and one a minute, where it has a reading in it.
  const secondRollups = Math.min(readings, series);
  const minuteRollups = Math.min(readings * 60, series) / 60;
  const kept = keepMs / 1000;
  return {
    processors:
      costs.cpuBase +
      readings * costs.cpuPerReading +
      viewers * perViewer(costs.cpuPerFrame, costs.cpuPerReadingSeen),
    memoryBytes: costs.memoryBase + viewers * costs.memoryPerViewer + series * costs.memoryPerSeries,
    diskBytes:
      kept * (readings * costs.diskPerReading + secondRollups * costs.diskPerSecond) +
      (keepRollupsMs / 1000) * minuteRollups * costs.diskPerMinute,
    trafficBytes: viewers * perViewer(costs.bytesPerFrame, costs.bytesPerReadingSeen) * MONTH_SECONDS,
    framesPerViewer: frames,
  };
}

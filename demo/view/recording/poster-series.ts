import { createHistory, type MetricWindow } from "../history.ts";
import type { Recording } from "./parse-recording.ts";
import { playTo, startOfPlayback } from "./playback-step.ts";

/** Points per line on the poster. */
const POINTS = 40;

/** The whole run as charts need it: each metric in so many steps from its beginning to its end. */
export function seriesOf(recording: Recording): Map<string, MetricWindow> {
  const { startedAt, durationMs } = recording;
  if (startedAt === null) return new Map();
  const windowMs = Math.max(1000, durationMs);
  const bucketMs = Math.max(250, windowMs / POINTS);
  const history = createHistory({ windowMs, bucketMs, leastMs: windowMs });
  const { outcomes, playback } = playTo(recording, startOfPlayback, durationMs);
  const begun = outcomes.findIndex(({ kind }) => kind === "applied");
  for (const outcome of outcomes.slice(Math.max(0, begun))) {
    if (outcome.kind === "applied") history.addColumns(outcome.cols);
  }
  if (begun === -1) history.addFleet(playback.fleet);
  const until = startedAt + durationMs;
  return new Map(history.metrics().map((metric) => [metric, history.window(metric, until)]));
}

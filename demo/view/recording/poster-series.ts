import { createHistory, type MetricWindow } from "../history.ts";
import type { Recording } from "./parse-recording.ts";
import { playTo, startOfPlayback } from "./playback.ts";

/** Points per line on the poster. */
const POINTS = 40;

/** The whole run as charts need it: each metric in so many steps from its beginning to its end. */
export function seriesOf(recording: Recording): Map<string, MetricWindow> {
  const { startedAt, durationMs } = recording;
  if (startedAt === null) return new Map();
  const windowMs = Math.max(1000, durationMs);
  const bucketMs = Math.max(250, windowMs / POINTS);
  const history = createHistory({ windowMs, bucketMs, leastMs: windowMs });
  const first = playTo(recording, startOfPlayback, 0);
  for (const [source, metrics] of first.playback.fleet.latest) {
    for (const [metric, { at, value }] of metrics) {
      // What the fleet showed as the run began; a device that had long been silent has no part in it.
      if (at > startedAt - windowMs) history.add(source, metric, Math.max(at, startedAt), value);
    }
  }
  for (const outcome of [...first.outcomes, ...playTo(recording, first.playback, durationMs).outcomes]) {
    if (outcome.kind === "applied") history.addColumns(outcome.cols);
  }
  const until = startedAt + durationMs;
  return new Map(history.metrics().map((metric) => [metric, history.window(metric, until)]));
}

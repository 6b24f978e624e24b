import { type Flow, fewestToJudge } from "../../../core/model/flow.ts";
import { fewestPoints, timesShown } from "./scatter.ts";

/** Which pictures of a flow show more than a sentence says: one of a single point, or of none, does not. */
export function worthDrawing(flow: Flow): Record<"ageing" | "times" | "throughput" | "cumulative", boolean> {
  const { ageing, reference, weeks, cumulative } = flow;
  // One age alone is a number; against the times of finished tasks it is a comparison.
  const fewestAges = reference.cycle.tasks >= fewestToJudge ? 1 : fewestPoints;
  const midnights = cumulative.points.filter(({ counts }) => counts.some((count) => count > 0));
  return {
    ageing: ageing.length >= fewestAges,
    times: timesShown(flow).tasks.length >= fewestPoints,
    // A week in which nothing was finished is a figure as well.
    throughput: weeks.length >= fewestPoints && weeks.some(({ finished }) => finished > 0),
    cumulative: midnights.length >= fewestPoints,
  };
}

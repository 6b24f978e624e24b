import { type Flow, fewestToJudge } from "../../../core/model/flow.ts";
import { timesShown } from "./scatter.ts";

const some = 2;

/** Which pictures of a flow show more than a sentence says: one of a single point, or of none, does not. */
export function worthDrawing(flow: Flow): Record<"ageing" | "times" | "throughput" | "cumulative", boolean> {
  const { ageing, reference, weeks, cumulative } = flow;
  // One age alone is a number; against the times of finished tasks it is a comparison.
  const fewestAges = reference.cycle.tasks >= fewestToJudge ? 1 : some;
  const midnights = cumulative.points.filter(({ counts }) => counts.some((count) => count > 0));
  return {
    ageing: ageing.length >= fewestAges,
    times: timesShown(flow).tasks.length >= some,
    throughput: weeks.filter(({ finished }) => finished > 0).length >= some,
    cumulative: midnights.length >= some,
  };
}

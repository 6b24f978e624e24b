import { daysBetween, startOfDay } from "../model/calendar.ts";
import { isoOf } from "../model/days.ts";
import type { Flow } from "../model/flow.ts";
import type { LaneRule, Rules } from "../model/rules.ts";
import type { Path } from "./stays.ts";
import { lastAtOrBefore, type Span } from "./work-clock.ts";

const counted: LaneRule["role"][] = ["sprint", "progress", "done"];

/**
 * How many tasks stood in each lane at the span's start, at each midnight in it and just before its end. The backlog
 * is left out, and so is what was done before the span.
 */
export function cumulativeOf(paths: readonly Path[], span: Span, rules: Rules): Flow["cumulative"] {
  const lanes = rules.lanes.filter(({ role }) => counted.includes(role));
  const midnights = daysBetween(span.from, span.to, rules.timeZone).map((day) =>
    startOfDay(day, rules.timeZone),
  );
  const instants = [...new Set([span.from, ...midnights, span.to - 1])]
    .filter((at) => at >= span.from && at < span.to)
    .sort((a, b) => a - b);
  const changes = lanes.map(() => new Int32Array(instants.length + 1));
  for (const { stays } of paths)
    for (const { lane, role, from, to } of stays) {
      const place = changes[lanes.findIndex(({ name }) => name === lane)];
      if (place === undefined || to <= span.from || (role === "done" && from < span.from)) continue;
      const first = lastAtOrBefore(instants, from - 1) + 1;
      const last = lastAtOrBefore(instants, to - 1);
      place[first] = (place[first] ?? 0) + 1;
      place[last + 1] = (place[last + 1] ?? 0) - 1;
    }
  const sums = lanes.map(() => 0);
  const points = instants.map((at, index) => ({
    at: isoOf(at === span.to - 1 ? span.to : at),
    counts: lanes.map((_, lane) => {
      sums[lane] = (sums[lane] ?? 0) + (changes[lane]?.[index] ?? 0);
      return sums[lane];
    }),
  }));
  return { lanes: lanes.map(({ name, role }) => ({ name, role })), points };
}

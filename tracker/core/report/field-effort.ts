import { fieldKey } from "../history/fold-fields.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { Rules } from "../model/rules.ts";
import { effortRules, fieldSizeReader, type SizeReader, sizeAt } from "./estimate.ts";
import type { SpentReader } from "./spent.ts";

type EffortField = NonNullable<Rules["actual"]>;

/** Reads days of effort from a field; a bare number is days or hours, as the settings say. */
export function fieldEffortReader({ from, name, numbers }: EffortField, rules: Rules): SizeReader {
  const daysPerPoint = numbers === "hours" ? 1 / rules.hoursPerDay : 1;
  return fieldSizeReader({ from, name, daysPerPoint }, effortRules(rules));
}

/** How well it is known what stood in the field at `t`. */
function doubtAt({ doubts = [] }: IssueTimeline, key: string, t: number): Provenance[] {
  return doubts.flatMap(({ attribute, about, from, to, provenance }) =>
    attribute === "field" && about?.key === key && from <= t && t < to ? [provenance] : [],
  );
}

/**
 * Reads actual effort from a field of the issue: what stands in it is all that was spent so far. Labels and texts say
 * nothing then, so that no day is said twice.
 */
export function fieldSpentReader(field: EffortField, rules: Rules): SpentReader {
  const read = fieldEffortReader(field, rules);
  const key = fieldKey(field.from, field.name);
  return (timeline, t) => {
    const found = sizeAt(timeline, t, read);
    if (found === null) return null;
    const { from: at, startEvent: eventId, provenance } = found.interval;
    const source = `by the field "${field.name}"`;
    const known = worst([provenance, ...doubtAt(timeline, key, t)]);
    return { days: found.days, eventId, at, by: "field", comments: 0, source, provenance: known };
  };
}

import { ratio } from "../model/days.ts";
import type { Effort, Report } from "../model/report.ts";

/** What a report's effort is told in. */
export type Unit = "days" | "tasks";

/**
 * Man-days, or tasks where nobody put an estimate on any: then every sum of days is 0 and says nothing, while the
 * counts still tell what was promised and what came of it. One estimate among them is enough for days.
 */
export function unitOf({ effort }: Pick<Report, "effort">): Unit {
  const { counts, unestimated } = effort;
  const isAnySized = counts.committed > unestimated.committed || counts.final > unestimated.final;
  return isAnySized || counts.committed + counts.final === 0 ? "days" : "tasks";
}

/** Whether it is known that no task was in the sprint, neither at its start nor at its end: then there is no sum. */
export function isEmpty({ effort, provenance }: Pick<Report, "effort" | "provenance">): boolean {
  const { committed, final } = effort.counts;
  return committed + final === 0 && provenance.committed !== "unknown" && provenance.final !== "unknown";
}

/**
 * The report as readers are shown it: as it is, or with counts of tasks in the place of the man-days of
 * {@link unitOf}. What was really spent stays in days. For showing only; what is frozen and handed on is the report.
 */
export function forReaders(report: Report): Report {
  if (unitOf(report) === "days") return report;
  const { counts } = report.effort;
  const { committed, added, removed, final, completed, frozen } = counts;
  const completedInitial = report.explanations.completedInitial?.length ?? 0;
  const effort: Effort = {
    ...report.effort,
    committed,
    added,
    removed,
    reestimated: 0,
    final,
    completed,
    completedInitial,
    notCompleted: final - completed - frozen,
    frozen,
    sayDo: ratio(completed, committed),
    sayDoInitial: ratio(completedInitial, committed),
  };
  return { ...report, effort, sprint: { ...report.sprint, capacityDays: null } };
}

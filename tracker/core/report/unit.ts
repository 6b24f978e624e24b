import { counted } from "../model/counted.ts";
import { ratio } from "../model/days.ts";
import type { Effort, Report } from "../model/report.ts";

/** The unit in which a report shows its effort. */
export type Unit = "days" | "tasks";

/**
 * Man-days, or tasks where no task has an estimate: every sum of days is 0 then, while counts still show what was
 * promised and what came of it. One estimate is enough for days.
 */
export function unitOf({ effort }: Pick<Report, "effort">): Unit {
  const { counts, unestimated } = effort;
  const isAnySized = counts.committed > unestimated.committed || counts.final > unestimated.final;
  return isAnySized || counts.committed + counts.final === 0 ? "days" : "tasks";
}

/** Whether it is known that no task was in the sprint, neither at its start nor at its end. */
export function isEmpty({ effort, provenance }: Pick<Report, "effort" | "provenance">): boolean {
  const { committed, final } = effort.counts;
  return committed + final === 0 && provenance.committed !== "unknown" && provenance.final !== "unknown";
}

/** A sentence for a report that {@link isEmpty}. */
export function emptyText({ notCounted }: Pick<Report, "notCounted">): string {
  if (notCounted === undefined) return "No task was in this sprint, neither at its start nor at its end.";
  const { kind, tasks } = notCounted;
  const [none, one] = kind === "pulls" ? ["issue", "pull request"] : ["pull request", "issue"];
  return `No ${none} was in this sprint, only ${counted(tasks, one)}, and this team counts ${none}s.`;
}

/**
 * The report as readers see it: unchanged, or in tasks ({@link unitOf}) with counts in place of man-days. Actuals stay
 * in days. For display only: what is frozen and passed on is the report itself.
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

import { ratio } from "../model/days.ts";
import type { Effort, Report } from "../model/report.ts";
import type { SizeUnit } from "../model/rules.ts";

/** The unit in which a report shows its effort. */
export type Unit = SizeUnit | "tasks";

/** What sizes and their sums count in a report, a board or a ledger of debt. */
export const sizeUnitOf = ({ unit }: { unit?: "points" | undefined }): SizeUnit => unit ?? "days";

/** The field that says so: none where sizes are man-days. */
export const unitField = (unit: SizeUnit | undefined): { unit?: "points" } =>
  unit === "points" ? { unit } : {};

/**
 * What sizes count, or tasks where no task has an estimate: every sum of sizes is 0 then, while counts still show what was
 * promised and what came of it. One estimate is enough.
 */
export function unitOf(report: Pick<Report, "effort" | "unit">): Unit {
  const { counts, unestimated } = report.effort;
  const isAnySized = counts.committed > unestimated.committed || counts.final > unestimated.final;
  return isAnySized || counts.committed + counts.final === 0 ? sizeUnitOf(report) : "tasks";
}

/** Whether it is known that no task was in the sprint, neither at its start nor at its end. */
export function isEmpty({ effort, provenance }: Pick<Report, "effort" | "provenance">): boolean {
  const { committed, final } = effort.counts;
  return committed + final === 0 && provenance.committed !== "unknown" && provenance.final !== "unknown";
}

/**
 * The report as readers see it: in man-days unchanged, in tasks ({@link unitOf}) with counts in place of sizes. What is
 * not in man-days has no capacity to be held against. Actuals stay in days. For display only: what is frozen and passed on is the report itself.
 */
export function forReaders(report: Report): Report {
  const unit = unitOf(report);
  if (unit === "days") return report;
  const sprint = { ...report.sprint, capacityDays: null };
  if (unit === "points") return { ...report, sprint };
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
  return { ...report, effort, sprint };
}

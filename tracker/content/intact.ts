import type { Report } from "../core/model/report.ts";
import { sprintName } from "../core/model/sprint.ts";
import { isIntact } from "../core/report/freeze.ts";
import { ContentError } from "../errors.ts";

/** Throws ContentError `report-tampered` where a frozen report's figures are not those that were frozen. */
export function requireIntact(file: string, report: Report): void {
  if (isIntact(report)) return;
  throw new ContentError(
    "report-tampered",
    file,
    `sprint ${sprintName(report.sprint)} was frozen at ${report.frozen?.at}, and its content no longer matches its digest`,
    { hint: "Restore the committed file with git restore; newer evidence belongs in a restatement." },
  );
}

import type { Report } from "../../../tracker/core/report.ts";
import { forReaders, unitOf } from "../../../tracker/core/unit.ts";
import { formatDays, formatShare } from "./format.ts";

/** One sentence for link previews and search results. */
export function describeSprint(report: Report): string {
  const { effort, sprint } = forReaders(report);
  const goal = sprint.goal ? `Goal: ${sprint.goal.replace(/\.$/, "")}. ` : "";
  return `${goal}Committed ${formatDays(effort.committed)} ${unitOf(report)}, completed ${formatDays(effort.completed)}, say/do ${formatShare(effort.sayDo)}.`;
}

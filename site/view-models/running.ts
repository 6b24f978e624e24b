import { type Card, isOver, isWorkday, nextDay, type Report } from "sprintcast/report";
import { Temporal } from "temporal-polyfill";

/** What a team that works on a sprint wants to see first. */
export interface Running {
  /** Working days from the last sync's day to the sprint's last, both included. */
  daysLeft: number;
  blocked: Card[];
  inProgress: Card[];
}

/** The newest report of a sprint that is not over. */
export const runningReport = (reports: readonly Report[]): Report | null =>
  reports.findLast((report) => !isOver(report)) ?? null;

export function runningOf(report: Report, calendar: Parameters<typeof isWorkday>[1]): Running {
  const { sprint, asOf, boards } = report;
  const today = Temporal.Instant.from(asOf).toZonedDateTimeISO(sprint.timeZone).toPlainDate().toString();
  let daysLeft = 0;
  for (let day = today > sprint.firstDay ? today : sprint.firstDay; day <= sprint.lastDay; day = nextDay(day))
    if (isWorkday(day, calendar)) daysLeft += 1;
  const open = boards.end.lanes.filter(({ role }) => role === "sprint" || role === "progress");
  return {
    daysLeft,
    blocked: open.flatMap(({ cards }) => cards).filter(({ blockedBy }) => (blockedBy?.length ?? 0) > 0),
    inProgress: open.filter(({ role }) => role === "progress").flatMap(({ cards }) => cards),
  };
}

/** Every sprint with its report, newest first; of one without a report what its file says. */
export function sprintRows<S extends { number: number }>(
  sprints: readonly S[],
  reports: readonly Report[],
): { report: Report | undefined; sprint: S | undefined }[] {
  const reportOf = new Map(reports.map((report) => [report.sprint.number, report]));
  const fileOf = new Map(sprints.map((sprint) => [sprint.number, sprint]));
  return [...new Set([...reportOf.keys(), ...fileOf.keys()])]
    .sort((a, b) => b - a)
    .map((number) => ({ report: reportOf.get(number), sprint: fileOf.get(number) }));
}

import { type Card, isOver, isWorkday, nextDay, type Report, sprintName } from "sprintcast/report";
import { Temporal } from "temporal-polyfill";
import type { NamedSprint } from "./urls.ts";

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

interface Row<S> {
  report: Report | undefined;
  sprint: S | undefined;
}

const nameOf = ({ number, team }: NamedSprint) =>
  sprintName({ number, ...(team === undefined ? {} : { team }) });

const sprintIn = <S extends NamedSprint & { firstDay: string }>({ report, sprint }: Row<S>) =>
  report?.sprint ?? sprint ?? { number: 0, firstDay: "" };

/** Every sprint with its report, newest first; of one without a report what its file says. */
export function sprintRows<S extends NamedSprint & { firstDay: string }>(
  sprints: readonly S[],
  reports: readonly Report[],
): Row<S>[] {
  const reportOf = new Map(reports.map((report) => [nameOf(report.sprint), report]));
  const fileOf = new Map(sprints.map((sprint) => [nameOf(sprint), sprint]));
  const rows = [...new Set([...reportOf.keys(), ...fileOf.keys()])].map((name) => ({
    report: reportOf.get(name),
    sprint: fileOf.get(name),
  }));
  const all = [...sprints, ...reports.map(({ sprint }) => sprint)];
  const hasTeams = all.some(({ team }) => team !== undefined);
  const [day, number] = [(row: Row<S>) => sprintIn(row).firstDay, (row: Row<S>) => sprintIn(row).number];
  // Of several teams each counts for itself: only time has one order.
  return rows.sort((a, b) => (hasTeams ? day(b).localeCompare(day(a)) : 0) || number(b) - number(a));
}

import { slugOf } from "sprintcast/content";
import type { Report } from "sprintcast/report";

/** A team of several, with the reports of its sprints, oldest first. */
export interface TeamView {
  name: string;
  /** Of its page. */
  address: string;
  reports: Report[];
}

/** The teams that the settings list, in that order; empty where there is one team only. */
export function teamsOf(teams: readonly { name: string }[], reports: readonly Report[]): TeamView[] {
  return teams.map(({ name }) => ({
    name,
    address: slugOf(name),
    reports: reports.filter(({ sprint }) => sprint.team === name),
  }));
}

/** Reports team by team, to be shown apart; those of sprints that name no team come last. Of one team, all of them. `withoutTeam`: the heading of the last. */
export function apart(
  teams: readonly TeamView[],
  reports: readonly Report[],
  withoutTeam: string,
): { name: string | null; reports: Report[] }[] {
  if (teams.length === 0) return [{ name: null, reports: [...reports] }];
  const known = new Set(teams.map(({ name }) => name));
  const rest = reports.filter(({ sprint }) => sprint.team === undefined || !known.has(sprint.team));
  return [...teams, { name: withoutTeam, reports: rest }].filter((one) => one.reports.length > 0);
}

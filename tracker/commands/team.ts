import type { Command } from "commander";
import type { Report } from "../core/model/report.ts";
import { UsageError } from "../errors.ts";
import type { OpenReports } from "../reports/open-reports.ts";

export const teamOption = (command: Command): Command =>
  command.option("--team <name>", "only this team's sprints, where the settings list several teams");

/** Whether a sprint is the wanted team's; undefined: every sprint is. Throws UsageError `no-such-team`. */
export function isOfTeam({ content }: OpenReports, wanted: string | undefined): (sprint: number) => boolean {
  if (wanted === undefined) return () => true;
  const names = content.settings.teams.map(({ name }) => name);
  if (!names.includes(wanted))
    throw new UsageError("no-such-team", `no team is called ${JSON.stringify(wanted)}`, {
      hint: names.length === 0 ? "settings.yml lists no teams." : `settings.yml lists ${names.join(", ")}.`,
    });
  const own = new Set(
    content.sprints.filter(({ sprint }) => sprint.team === wanted).map(({ sprint }) => sprint.number),
  );
  return (sprint) => own.has(sprint);
}

/** Reports team by team; `team` undefined: of sprints that name none. */
export function byTeam(reports: readonly Report[]): { team: string | undefined; reports: Report[] }[] {
  return [...Map.groupBy(reports, ({ sprint }) => sprint.team)].map(([team, own]) => ({
    team,
    reports: own,
  }));
}

import type { Command } from "commander";
import type { Report } from "../core/model/report.ts";
import { type SprintName, sprintParts } from "../core/model/sprint.ts";
import { UsageError } from "../errors.ts";
import type { OpenReports } from "../reports/open-reports.ts";

export const teamOption = (command: Command): Command =>
  command.option("--team <name>", "only this team's sprints, where the settings list several teams");

/** How a sprint is named, in the help of every verb that takes one. */
export const sprintToName = "number of the sprint; where teams count their own sprints, such as api/3";

export const sprintTeamOption = (command: Command): Command =>
  command.option("--team <name>", "whose sprint, where several teams have one of that number");

/** Throws UsageError `no-such-team` where the settings list no team of this name. */
export function requireTeamName({ content }: OpenReports, wanted: string | undefined): void {
  const names = content.settings.teams.map(({ name }) => name);
  if (wanted === undefined || names.includes(wanted)) return;
  throw new UsageError("no-such-team", `no team is called ${JSON.stringify(wanted)}`, {
    hint: names.length === 0 ? "settings.yml lists no teams." : `settings.yml lists ${names.join(", ")}.`,
  });
}

/** Whether a sprint is the wanted team's; undefined: every sprint is. Throws UsageError `no-such-team`. */
export function isOfTeam(source: OpenReports, wanted: string | undefined): (sprint: SprintName) => boolean {
  requireTeamName(source, wanted);
  if (wanted === undefined) return () => true;
  return (sprint) => sprintParts(sprint).team === wanted;
}

/**
 * A sprint of the team that is asked for, by a sprint of its own or by name; undefined: of all. Throws UsageError
 * `no-such-team`.
 */
export function sprintOfTeam(
  source: OpenReports,
  sprint: SprintName | null,
  wanted: string | undefined,
): SprintName | undefined {
  const isOwn = isOfTeam(source, wanted);
  if (sprint !== null && !isOwn(sprint))
    throw new UsageError("no-such-team", `sprint ${sprint} is none of the team ${JSON.stringify(wanted)}`, {
      hint: "Leave --team out.",
    });
  if (sprint !== null) return sprint;
  const teams = new Set(source.content.sprints.map((one) => one.sprint.team));
  if (wanted === undefined && teams.size > 1)
    throw new UsageError("team-needed", "each team has its own lanes and pace, and there are several", {
      hint: `Name one with --team: ${source.content.settings.teams.map(({ name }) => name).join(", ")}.`,
    });
  if (wanted === undefined) return source.names[0];
  const found = source.names.find(isOwn);
  if (found !== undefined) return found;
  throw new UsageError("no-such-team", `the team ${JSON.stringify(wanted)} has no sprint yet`, {
    hint: "Name the team in a file of content/sprints/.",
  });
}

/** Reports team by team; `team` undefined: of sprints that name none. */
export function byTeam(reports: readonly Report[]): { team: string | undefined; reports: Report[] }[] {
  return [...Map.groupBy(reports, ({ sprint }) => sprint.team)].map(([team, own]) => ({
    team,
    reports: own,
  }));
}

import { figureKeys } from "sprintcast/render";
import { type Report, sizeUnitOf } from "sprintcast/report";
import { compactReplay } from "../view-models/compact-replay.ts";
import { fewRows, figureOf, type ShownFigure } from "../view-models/figures.ts";
import type { Site } from "./assemble.ts";

/** Parameters of a sprint's pages, below /sprints/ or its team. */
type Place = {
  team: string | undefined;
  number: string;
};

type Reported = Pick<Site, "reports" | "sprintPaths" | "teams">;

/** Reports whose pages are below `/sprints/`, or below their team's page. */
export function reportsAt(
  { reports, sprintPaths, teams }: Reported,
  where: "sprints" | "team",
): { params: Place; props: { report: Report } }[] {
  return reports.flatMap((report) => {
    const isTeams = sprintPaths.isShared && report.sprint.team !== undefined;
    if (isTeams !== (where === "team")) return [];
    const team = teams.find(({ name }) => name === report.sprint.team)?.address;
    return [
      {
        params: { team: isTeams ? team : undefined, number: String(report.sprint.number) },
        props: { report },
      },
    ];
  });
}

/** The same with their figures, only where some figure rests on more than its own place holds. */
export function figuresAt(site: Reported & Pick<Site, "words">, where: "sprints" | "team") {
  return reportsAt(site, where).flatMap(({ params, props: { report } }) => {
    const figures: ShownFigure[] = figureKeys
      .map((key) => figureOf(report, key, site.words))
      .filter(({ rows, parts }) => parts.length === 0 && rows.length > fewRows);
    return figures.length === 0 ? [] : [{ params, props: { report, figures } }];
  });
}

/** Numbers that only sprints of teams have, with those: their old address leads on. */
export function numbersOfTeams({
  reports,
  sprintPaths,
}: Pick<Site, "reports" | "sprintPaths">): { params: { number: string }; props: { of: Report[] } }[] {
  if (!sprintPaths.isShared) return [];
  const groups = Map.groupBy(reports, ({ sprint }) => sprint.number);
  return [...groups]
    .filter(([, of]) => of.every(({ sprint }) => sprint.team !== undefined))
    .map(([number, of]) => ({ params: { number: String(number) }, props: { of } }));
}

/** What the board player of a sprint's page plays. */
export function replayOf({ words }: Pick<Site, "words">, report: Report) {
  const roles = report.boards.end.lanes.map(({ name, role }) => [name, role]);
  const span = { ...report.sprint, unit: sizeUnitOf(report) };
  return { ...compactReplay(report.replay, span, words), roles };
}

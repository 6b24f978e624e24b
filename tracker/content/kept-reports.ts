import { join, relative, sep } from "node:path";
import type { Report } from "../core/model/report.ts";
import { type Sprint, type SprintName, sprintName, sprintParts } from "../core/model/sprint.ts";
import { ContentError } from "../errors.ts";
import { sprintPlace } from "./sprint-place.ts";

/** What the names of sprints rest on. */
interface Written {
  sprints: readonly { sprint: Sprint }[];
  settings: { teams: readonly { name: string }[] };
}

interface Kept extends Written {
  reports: readonly Report[];
}

/**
 * What the sprint of a kept report is called today. A report may have been frozen before its sprint had a team, or under
 * a name that the team has no more: then its number tells, and where several sprints share that, its start.
 */
export function reportedSprint({ sprint }: Report, { sprints, settings }: Written): SprintName {
  const { number, team, start } = sprint;
  const alike = sprints.map((one) => one.sprint).filter((one) => one.number === number);
  const isKnown = settings.teams.some(({ name }) => name === team);
  if (isKnown || alike.some((one) => one.team === team)) return sprintName(sprint);
  const meant = alike.length === 1 ? alike[0] : alike.find((one) => one.start === Date.parse(start));
  return sprintName(meant ?? sprint);
}

/** Whether two teams have a sprint of the same number: then each team counts its own, and files and pages say whose. */
export function numbersAreShared(content: Kept): boolean {
  const names = new Set([
    ...content.sprints.map(({ sprint }) => sprintName(sprint)),
    ...content.reports.map((report) => reportedSprint(report, content)),
  ]);
  return new Set([...names].map((name) => sprintParts(name).number)).size < names.size;
}

/** The report that is kept of a sprint. */
export const keptReport = (content: Kept, name: SprintName) =>
  content.reports.find((report) => reportedSprint(report, content) === name);

/**
 * Where the report of a sprint is kept, or would be: one that is there stays where it is. Throws ContentError
 * `report-place-taken`.
 */
export function reportFile(
  content: Kept & { dir: string; reportFiles: ReadonlyMap<SprintName, string> },
  name: SprintName,
): string {
  const { dir, sprints, reportFiles } = content;
  const kept = reportFiles.get(name);
  if (kept !== undefined) return kept;
  const all = sprints.map(({ sprint }) => sprint);
  const sprint = all.find((one) => sprintName(one) === name);
  if (sprint === undefined) throw new RangeError(`no sprint ${name}`);
  const file = join(dir, "reports", `${sprintPlace(sprint, numbersAreShared(content))}.json`);
  const [owner] = [...reportFiles].find(([, other]) => other === file) ?? [];
  if (owner === undefined) return file;
  const wanted = all.find((one) => sprintName(one) === owner);
  throw new ContentError("report-place-taken", file, `holds the report of sprint ${owner}, not of ${name}`, {
    hint: wanted === undefined ? "Move it away." : `Move it to reports/${sprintPlace(wanted, true)}.json.`,
  });
}

/** Why a report is not read from where it lies; null: it is. */
export function misplaced(file: string, dir: string, { sprint }: Report): string | null {
  const place = relative(join(dir, "reports"), file).split(sep).join("/");
  const places = [false, true].map((isShared) => `${sprintPlace(sprint, isShared)}.json`);
  if (places.includes(place)) return null;
  const whose = sprint.team === undefined ? "" : ` of the team ${sprint.team}`;
  return `it holds the report of sprint ${sprint.number}${whose}, which is read from reports/${[...new Set(places)].join(" or reports/")}`;
}

import type { SprintName } from "../core/model/sprint.ts";
import { promisesOf } from "../core/report/promises.ts";
import type { Io } from "../io.ts";
import type { SprintContext } from "../render/context-document.ts";
import { reportsAsShown, reportToShow } from "./current-report.ts";
import { notesOf } from "./notes.ts";
import type { OpenReports } from "./open-reports.ts";

/** Everything that is known of a sprint. Errors as `reportToShow`. */
export async function sprintContext(io: Io, source: OpenReports, sprint: SprintName): Promise<SprintContext> {
  const report = await reportToShow(io, source, sprint);
  const reports = source.hasHistory ? await reportsAsShown(source) : source.content.reports;
  const upToHere = reports.filter(
    ({ sprint: { start, team } }) => start <= report.sprint.start && team === report.sprint.team,
  );
  return {
    report,
    notes: notesOf(source, report, null),
    flow: source.hasHistory ? source.flowOf(sprint, { weeks: 1 }) : null,
    promises: promisesOf(upToHere).filter(({ kept }) => kept === null),
  };
}

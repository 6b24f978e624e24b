import { dirname, join } from "node:path";
import { slugOf } from "../content/slug.ts";
import { dayOf } from "../core/model/calendar.ts";
import type { Flow } from "../core/model/flow.ts";
import { sprintName } from "../core/model/sprint.ts";
import { canonicalJson } from "../core/report/canonical-json.ts";
import { makeFolder } from "../store/make-folder.ts";
import { forecastFrom, questionOfSprint, usualForecast } from "./forecast.ts";
import type { OpenReports } from "./open-reports.ts";

/** How many weeks the website tells of. */
const weeks = 26;

/** Where the flow that the website shows is kept. `team` undefined: of the only one. */
export const flowPath = (contentDir: string, team: string | undefined): string =>
  join(contentDir, "reports", team === undefined ? "flow.json" : `flow-${slugOf(team)}.json`);

/**
 * Keeps the flow of the newest weeks, team by team, for the website, which is built without a database, and the forecast
 * for the sprint that runs. It is never frozen. A file that says the same, and is of the same day, stays as it is. Resolves to the files that were written.
 * Errors as `flowOf`.
 */
export async function keepFlow(source: OpenReports): Promise<string[]> {
  const { content, contentDir } = source;
  const firsts = new Map(content.sprints.map(({ sprint }) => [sprint.team, sprintName(sprint)]));
  const teams = firsts.size === 0 ? [undefined] : [...firsts.values()];
  const fresh = teams.map((teamOf) => withForecast(source, source.flowOf(null, { weeks, teamOf })));
  const written: string[] = [];
  for (const flow of fresh) {
    const kept = content.flows.find(({ team }) => team === flow.team);
    if (kept !== undefined && newsOf(kept) === newsOf(flow)) continue;
    const file = flowPath(contentDir, flow.team);
    const { default: writeFileAtomic } = await import("write-file-atomic");
    makeFolder(dirname(file));
    await writeFileAtomic(file, `${JSON.stringify(flow, null, 1)}\n`);
    written.push(file);
  }
  return written;
}

/** The flow with the forecast for its team's sprint that runs, of two at a time the later. */
function withForecast(source: OpenReports, flow: Flow): Flow {
  const now = Date.parse(flow.asOf);
  const running = source.content.sprints.findLast(
    ({ sprint: { team, start, end } }) => team === flow.team && start <= now && now < end,
  )?.sprint;
  if (running === undefined) return flow;
  const { periods, periodWeeks, seed } = usualForecast;
  const options = { weeks: periods * periodWeeks, periodWeeks, seed, teamOf: sprintName(running) };
  return {
    ...flow,
    forecast: forecastFrom(source, options, (longer) =>
      questionOfSprint(source, sprintName(running), longer),
    ),
  };
}

/** All of it but what only time moves on within one day. */
function newsOf(flow: Flow): string {
  const { asOf, to, reference, cumulative, ageing, forecast, ...rest } = flow;
  const open = ageing.map(({ lead, cycle, lanes, blocked, past, ...task }) => task);
  const counts = cumulative.points.map((point) => point.counts);
  const told = forecast === undefined ? null : { ...forecast, asOf: null };
  const day = dayOf(Date.parse(to), flow.timeZone);
  return canonicalJson({
    ...rest,
    open,
    counts,
    lanes: cumulative.lanes,
    reference: reference.cycle,
    forecast: told,
    day,
  });
}

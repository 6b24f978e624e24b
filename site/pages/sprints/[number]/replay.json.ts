import type { APIRoute, GetStaticPaths } from "astro";
import { type Report, sizeUnitOf } from "sprintcast/report";
import { loadSite } from "../../../data/site.ts";
import { compactReplay } from "../../../view-models/compact-replay.ts";

export const getStaticPaths: GetStaticPaths = async () =>
  (await loadSite()).reports.map((report) => ({
    params: { number: String(report.sprint.number) },
    props: { report },
  }));

/** What the board player of a sprint's page plays. */
export const GET: APIRoute<{ report: Report }> = async ({ props: { report } }) => {
  const { words } = await loadSite();
  const roles = report.boards.end.lanes.map(({ name, role }) => [name, role]);
  const span = { ...report.sprint, unit: sizeUnitOf(report) };
  const data = { ...compactReplay(report.replay, span, words), roles };
  return new Response(JSON.stringify(data), { headers: { "content-type": "application/json" } });
};
